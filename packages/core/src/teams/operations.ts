import { tables } from "@steward/db";
import { eq, type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { granted, level, me, meSuperuser, meUnnarrowed, teams as resource, signedIn } from "../access.ts";
import { StewardError } from "../errors.ts";
import { fragment } from "../fragment.ts";
import { idempotent } from "../idempotency.ts";
import { operation } from "../operation.ts";
import { listOf, withItems } from "../pages.ts";
import { insertPrincipal } from "../principals/statements.ts";
import { defined, keysOf, last } from "../records.ts";
import {
  Moment,
  Nothing,
  PrincipalId,
  PrincipalName,
  page,
  paging,
  Reference,
  text,
  Version,
  versioned,
} from "../schemas.ts";
import { assign, guard, type Places, read, write } from "../statement.ts";
import { insertMembership } from "./members.ts";

export { getMember, listMembers, removeMember, setMember } from "./members.ts";

const { principals, teams } = tables;

const fields = {
  displayName: text(255, 1),
  description: text(4000).nullable(),
};

const Team = z
  .object({
    id: PrincipalId,
    name: z.string(),
    ...fields,
    permissions: z.object({ write: z.boolean(), delete: z.boolean(), manageMembers: z.boolean() }),
    version: Version,
    createdAt: Moment,
    updatedAt: Moment,
  })
  .meta({ id: "Team", description: "People who own and share assistants together" });

const administered =
  sql<boolean>`${fragment(meUnnarrowed)} and (${fragment(meSuperuser)} or exists (select 1 from memberships m
  where m.team_id = principals.id and m.user_id = ${fragment(me)} and m.role = 'admin'))`.mapWith(Boolean);

const columns = {
  name: principals.name,
  displayName: principals.displayName,
  description: sql.raw("(select t.description from teams t where t.id = principals.id)") as SQL<string | null>,
  administered,
  version: principals.version,
  createdAt: principals.createdAt,
  updatedAt: principals.updatedAt,
};

const toTeam = <R extends { name: string; administered: boolean }>(row: R) => ({
  ...row,
  id: `team:${row.name}`,
  permissions: { write: row.administered, delete: row.administered, manageMembers: row.administered },
});

const teamId = fragment<string>(resource.id);

const one = read((database) => database.select(columns).from(principals).where(eq(principals.id, teamId)));

const teamsList = listOf({
  columns,
  from: "principals",
  where: `principals.kind = 'team' and (${meSuperuser}
    or exists (select 1 from memberships m where m.team_id = principals.id and m.user_id = ${me}))`,
  key: "principals.name",
});

export const list = operation({
  http: "GET /teams",
  rel: "inf:teams",
  summary: "List your teams; for a superuser, all",
  needs: signedIn("read"),
  input: paging,
  output: page(Team),
  items: { rel: "inf:team", at: "/teams/{id}" },
  run: async (ctx, input) => withItems(await teamsList(ctx, input), toTeam),
});

export const get = operation({
  http: "GET /teams/{id}",
  summary: "Read a team of yours",
  needs: level(resource, 1, "read", "read"),
  input: { id: Reference },
  output: Team,
  run: async (ctx) => {
    const [row] = await ctx.read(one({}));
    if (!row) throw new StewardError("not_found");
    return toTeam(row);
  },
});

const made = read((database, places: Places<{ id: string }>) =>
  database.select(columns).from(principals).where(eq(principals.id, places.id)),
);

const insertTeam = write((database, places: Places<{ id: string; description: string | null }>) =>
  database.insert(teams).values({ id: places.id, description: places.description }),
);

export const create = operation({
  http: "POST /teams",
  summary: "Create a team; its maker becomes its admin",
  needs: granted("teams:create", "write"),
  input: {
    ...idempotent,
    name: PrincipalName,
    displayName: fields.displayName.optional(),
    description: fields.description.default(null),
  },
  output: Team,
  errors: ["conflict"],
  run: async (ctx, { name, displayName = name, description }) => {
    const id = ctx.newId();
    const at = ctx.now;
    const results = await ctx.commit(
      [
        insertPrincipal({ id, kind: "team", name, displayName, at }),
        insertTeam({ id, description }),
        insertMembership({ teamId: id, role: "admin", at }),
        made({ id }),
      ],
      { subject: id, details: { name } },
    );
    const [row] = last(results);
    if (!row) throw new StewardError("internal");
    return toTeam(row);
  },
});

interface Touch {
  readonly displayName?: string;
  readonly updatedAt: Date;
}

const touch = write((database, places: Places<Touch>, keys: readonly (keyof Touch)[]) =>
  database
    .update(principals)
    .set({ ...assign(principals, places, keys), version: sql`version + 1` })
    .where(eq(principals.id, teamId))
    .returning(columns),
);

const describe = write((database, places: Places<{ description: string | null }>) =>
  database
    .update(teams)
    .set(assign(teams, places, ["description"]))
    .where(eq(teams.id, teamId)),
);

export const update = operation({
  http: "PUT /teams/{id}",
  summary: "Change a team",
  needs: level(resource, 3, "write", "write"),
  input: { id: Reference, ...versioned, ...z.object(fields).partial().shape },
  output: Team,
  errors: ["version_mismatch"],
  run: async (ctx, { displayName, description }) => {
    const touched: Touch = defined({ displayName, updatedAt: ctx.now });
    const results = await ctx.commit(
      [...(description === undefined ? [] : [describe({ description })]), touch(touched, keysOf(touched))],
      { details: { fields: keysOf(defined({ displayName, description })) } },
    );
    const [row] = last(results);
    if (!row) throw new StewardError("not_found");
    return toTeam(row);
  },
});

const named = `(select json_object('name', name) from principals where id = ${resource.id})`;
const remove = write((database) => database.delete(principals).where(eq(principals.id, teamId)));
const ownsNothing = guard(`not exists (select 1 from assistants where owner_id = ${resource.id})
  and not exists (select 1 from datasets where owner_id = ${resource.id})`);

const remove_ = operation({
  http: "DELETE /teams/{id}",
  summary: "Delete a team that owns no assistants and no datasets, with its memberships and shares",
  needs: level(resource, 3, "delete", "write"),
  input: { id: Reference, ...versioned },
  output: Nothing,
  errors: ["conflict", "version_mismatch"],
  run: async (ctx) => {
    const owns = new StewardError("conflict", {
      message: "The team owns assistants or datasets: give them to somebody else first",
    });
    await ctx.commit([ownsNothing({}, owns), remove({})], { found: { object: named } });
  },
});

export { remove_ as delete };
