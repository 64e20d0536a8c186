import { tables } from "@steward/db";
import { and, eq, type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { level, me, meSuperuser, meUnnarrowed, teams as resource } from "../access.ts";
import { StewardError } from "../errors.ts";
import { fragment } from "../fragment.ts";
import { type TeamRole, teamRoles } from "../grants.ts";
import { operation } from "../operation.ts";
import { listOf, withItems } from "../pages.ts";
import { Moment, Nothing, PrincipalId, page, paging, Reference, Version, versioned } from "../schemas.ts";
import { guard, type Places, read, versionIs, write } from "../statement.ts";

const { memberships } = tables;

const Member = z
  .object({
    userId: PrincipalId,
    teamId: PrincipalId,
    username: z.string(),
    displayName: z.string(),
    role: z.enum(teamRoles),
    permissions: z.object({ manageMembers: z.boolean(), delete: z.boolean() }),
    version: Version,
    createdAt: Moment,
    updatedAt: Moment,
  })
  .meta({ id: "TeamMember", description: "A user in a team" });

const nameOf = (column: string, name: string) =>
  sql.raw(`(select p.${name} from principals p where p.id = memberships.${column})`) as SQL<string>;

const columns = {
  username: nameOf("user_id", "name"),
  displayName: nameOf("user_id", "display_name"),
  team: nameOf("team_id", "name"),
  role: memberships.role,
  self: sql<boolean>`${fragment(meUnnarrowed)} and memberships.user_id = ${fragment(me)}`.mapWith(Boolean),
  administered:
    sql<boolean>`${fragment(meUnnarrowed)} and (${fragment(meSuperuser)} or exists (select 1 from memberships m
    where m.team_id = memberships.team_id and m.user_id = ${fragment(me)} and m.role = 'admin'))`.mapWith(Boolean),
  version: memberships.version,
  createdAt: memberships.createdAt,
  updatedAt: memberships.updatedAt,
};

const toMember = <R extends { username: string; team: string; self: boolean; administered: boolean }>(row: R) => ({
  ...row,
  userId: `user:${row.username}`,
  teamId: `team:${row.team}`,
  permissions: { manageMembers: row.administered, delete: row.administered || row.self },
});

const teamId = fragment<string>(resource.id);
/** The user that the request names beside the team. */
const memberId = "(select id from principals where name = :memberName and kind = 'user')";
const asMember = (username: string) => ({ memberName: username.replace(/^user:/, "") });
const named = and(eq(memberships.teamId, teamId), eq(memberships.userId, fragment(memberId)));

const one = read((database, _: Places<{ memberName: string }>) =>
  database.select(columns).from(memberships).where(named),
);

const membersList = listOf({
  columns,
  from: "memberships cross join principals on principals.id = memberships.user_id",
  where: `memberships.team_id = ${resource.id}`,
  key: "principals.name",
});

export const listMembers = operation({
  http: "GET /teams/{id}/members",
  rel: "inf:team-members",
  summary: "List the members of a team of yours",
  needs: level(resource, 1, "read", "read"),
  input: { id: Reference, ...paging },
  output: page(Member),
  items: { rel: "inf:team-member", at: "/teams/{id}/members/{username}" },
  run: async (ctx, { id: _resolved, ...input }) => withItems(await membersList(ctx, input), toMember),
});

export const getMember = operation({
  http: "GET /teams/{id}/members/{username}",
  summary: "Read a member of a team of yours",
  needs: level(resource, 1, "read", "read"),
  input: { id: Reference, username: Reference },
  output: Member,
  run: async (ctx, { username }) => {
    const [row] = await ctx.read(one(asMember(username)));
    if (!row) throw new StewardError("not_found");
    return toMember(row);
  },
});

/** The maker of a team, as its first member. */
export const insertMembership = write((database, places: Places<{ teamId: string; role: TeamRole; at: Date }>) =>
  database.insert(memberships).values({
    teamId: places.teamId,
    userId: fragment<string>(me),
    role: places.role,
    createdAt: places.at,
    updatedAt: places.at,
  }),
);

const put = write((database, places: Places<{ memberName: string; role: TeamRole; at: Date }>) =>
  database
    .insert(memberships)
    .values({
      teamId,
      userId: fragment<string>(memberId),
      role: places.role,
      createdAt: places.at,
      updatedAt: places.at,
    })
    .onConflictDoUpdate({
      target: [memberships.userId, memberships.teamId],
      set: { role: sql`excluded.role`, updatedAt: sql`excluded.updated_at`, version: sql`version + 1` },
    })
    .returning(columns),
);

const ofMember = `select version from memberships where team_id = ${resource.id} and user_id = ${memberId}`;
const there = guard<{ memberName: string }>(`exists (${ofMember})`);
const unchanged = versionIs(`(${ofMember})`);
const userExists = guard<{ memberName: string }>(`${memberId} is not null`);
const adminLeft = guard(`exists (select 1 from memberships where team_id = ${resource.id} and role = 'admin')
  or not exists (select 1 from memberships where team_id = ${resource.id})`);
const lastAdmin = new StewardError("conflict", {
  message: "A team with members needs an admin: make another one first",
});

/** What the trail keeps: whom it is about, and which role it had. */
const whom = `json_object('username', (select name from principals where id = ${memberId}),
  'before', (select role from memberships where team_id = ${resource.id} and user_id = ${memberId}))`;

export const setMember = operation({
  http: "PUT /teams/{id}/members/{username}",
  summary: "Add a member to a team, or give it another role",
  needs: level(resource, 3, "manageMembers", "write"),
  input: { id: Reference, username: Reference, ...versioned, role: z.enum(teamRoles) },
  output: Member,
  errors: ["conflict", "version_mismatch"],
  ownVersion: true,
  created: ({ version }) => version === 1,
  run: async (ctx, { username, role, expectedVersion }) => {
    const member = asMember(username);
    const [, , [row]] = await ctx.commit(
      [
        userExists(member, new StewardError("not_found")),
        unchanged({ ...member, expectedVersion }),
        put({ ...member, role, at: ctx.now }),
        adminLeft({}, lastAdmin),
      ],
      { details: { role }, found: { object: whom, values: member } },
    );
    if (!row) throw new StewardError("not_found");
    return toMember(row);
  },
});

const mayRemove = guard<{ memberName: string }>(`${memberId} = ${me} or ${meSuperuser}
  or exists (select 1 from memberships where team_id = ${resource.id} and user_id = ${me} and role = 'admin')`);
const remove = write((database, _: Places<{ memberName: string }>) => database.delete(memberships).where(named));

export const removeMember = operation({
  http: "DELETE /teams/{id}/members/{username}",
  summary: "Take a member out of a team; anybody may leave",
  needs: level(resource, 1, "read", "write"),
  input: { id: Reference, username: Reference, ...versioned },
  output: Nothing,
  errors: ["forbidden", "conflict", "version_mismatch"],
  ownVersion: true,
  run: async (ctx, { username, expectedVersion }) => {
    const member = asMember(username);
    await ctx.commit(
      [
        mayRemove(member, new StewardError("forbidden")),
        there(member, new StewardError("not_found")),
        unchanged({ ...member, expectedVersion }),
        remove(member),
        adminLeft({}, lastAdmin),
      ],
      { found: { object: whom, values: member } },
    );
  },
});
