import { tables } from "@steward/db";
import { eq, type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { granted, level, meSuperuser, users as resource } from "../access.ts";
import type { Context } from "../context.ts";
import { StewardError } from "../errors.ts";
import { fragment } from "../fragment.ts";
import type { Facts } from "../gate.ts";
import { bitsOf, grants, grantsIn, type Role, roles } from "../grants.ts";
import { idempotent } from "../idempotency.ts";
import { operation } from "../operation.ts";
import { listOf, withItems } from "../pages.ts";
import { insertPrincipal, insertUser, type NewUser } from "../principals/statements.ts";
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
import { giveSeat, putSeat, takeSeat } from "../seats/statements.ts";
import { assign, guard, onMiss, type Places, read, write } from "../statement.ts";

export { transfer } from "./transfer.ts";

const { principals, users, sessions, tokens } = tables;

const Password = text(256, 10).meta({ description: "10 to 256 characters; never shown again" });

const fields = {
  displayName: text(255, 1),
  email: z.email().max(254).nullable(),
  role: z.enum(roles).meta({ description: "A preset of grants: member none, creator the first three, admin all" }),
  grants: z.array(z.enum(grants)).max(grants.length).meta({ description: "Single grants beside the role's" }),
  enabled: z.boolean().meta({ description: "A disabled user's sessions and tokens end at once" }),
};

const User = z
  .object({
    id: PrincipalId,
    username: z.string(),
    ...fields,
    seat: z.boolean().meta({ description: "Whether the user has an active AI seat" }),
    permissions: z.object({ write: z.boolean(), administer: z.boolean(), delete: z.boolean() }),
    version: Version,
    createdAt: Moment,
    updatedAt: Moment,
  })
  .meta({ id: "User", description: "Somebody who can sign in" });

/** Of `principals`, so that `select` and `returning` can share them. */
const ofUser = <T>(column: string) => sql.raw(`(select u.${column} from users u where u.id = principals.id)`) as SQL<T>;

const columns = {
  username: principals.name,
  displayName: principals.displayName,
  email: ofUser<string | null>("email"),
  role: ofUser<Role>("role"),
  grants: ofUser<number>("grants"),
  enabled: ofUser<boolean>("enabled").mapWith(Boolean),
  seat: sql<boolean>`exists (select 1 from seats s where s.user_id = principals.id
    and (s.expires_at is null or s.expires_at > ${fragment(":now")}))`.mapWith(Boolean),
  version: principals.version,
  createdAt: principals.createdAt,
  updatedAt: principals.updatedAt,
};

type Row = Omit<z.output<typeof User>, "id" | "permissions" | "grants"> & { readonly grants: number };

/** A superuser administers anybody; everybody else sees and changes oneself. */
const toUser = (row: Row, { superuser, maxLevel }: Pick<Facts, "superuser" | "maxLevel">) => ({
  ...row,
  id: `user:${row.username}`,
  grants: grantsIn(row.grants),
  permissions: { write: maxLevel >= 2, administer: superuser && maxLevel >= 3, delete: superuser && maxLevel >= 3 },
});

const userId = fragment<string>(resource.id);

const one = read((database) => database.select(columns).from(principals).where(eq(principals.id, userId)));

const made = read((database, places: Places<{ id: string }>) =>
  database.select(columns).from(principals).where(eq(principals.id, places.id)),
);

const usersList = listOf({ columns, from: "principals", where: "principals.kind = 'user'", key: "principals.name" });

export const list = operation({
  http: "GET /users",
  rel: "inf:users",
  summary: "List all users",
  needs: granted("tenant:superuser", "read"),
  input: paging,
  output: page(User),
  items: { rel: "inf:user", at: "/users/{username}" },
  run: async (ctx, input) => {
    const [found, facts] = await Promise.all([usersList(ctx, input), ctx.facts()]);
    return withItems(found, (row) => toUser(row, facts));
  },
});

export const get = operation({
  http: "GET /users/{username}",
  summary: "Read a user: yourself, or as a superuser anybody",
  needs: level(resource, 2, "write", "read"),
  input: { username: Reference },
  output: User,
  run: async (ctx) => {
    const [[row], facts] = await Promise.all([ctx.read(one({})), ctx.facts()]);
    if (!row) throw new StewardError("not_found");
    return toUser(row, facts);
  },
});

export const create = operation({
  http: "POST /users",
  summary: "Create a user, with an AI seat unless `seat` is false",
  needs: granted("tenant:superuser", "write", { credential: "session" }),
  input: {
    ...idempotent,
    username: PrincipalName,
    displayName: fields.displayName.optional(),
    email: fields.email.default(null),
    role: fields.role.default("member"),
    grants: fields.grants.default([]),
    enabled: fields.enabled.default(true),
    password: Password.optional().meta({
      description: "Without one, the user cannot sign in until it is set",
      writeOnly: true,
    }),
    seat: z.boolean().default(true),
  },
  output: User,
  errors: ["conflict"],
  trips: { most: 2, because: "a password is hashed only for somebody who may set it" },
  run: async (ctx, { idempotencyKey: _kept, username, displayName = username, password, seat, ...given }) => {
    const id = ctx.newId();
    const passwordHash = password === undefined ? null : await hashFor(ctx, password);
    const at = ctx.now;
    const user = { ...given, grants: bitsOf(given.grants) };
    const results = await ctx.commit(
      [
        insertPrincipal({ id, kind: "user", name: username, displayName, at }),
        insertUser({ id, ...user, passwordHash }),
        ...(seat ? [putSeat({ userId: id, expiresAt: null, at })] : []),
        made({ id }),
      ],
      { subject: id, details: { username, role: given.role, grants: given.grants, enabled: given.enabled, seat } },
    );
    const [[row], facts] = [last(results), await ctx.facts()];
    if (!row) throw new StewardError("internal");
    return toUser(row, facts);
  },
});

/** A hash takes long to make: only somebody who may have one made gets so far, and only a person who has signed in. */
async function hashFor(ctx: Context, password: string): Promise<string> {
  const { sessionId } = await ctx.facts();
  if (sessionId === null) throw new StewardError("token_scope");
  return ctx.passwords.hash(password);
}

const touch = write((database, places: Places<Touch>, keys: readonly (keyof Touch)[]) =>
  database
    .update(principals)
    .set({ ...assign(principals, places, keys), version: sql`version + 1` })
    .where(eq(principals.id, userId))
    .returning(columns),
);

interface Touch {
  readonly displayName?: string;
  readonly updatedAt: Date;
}
type Changes = Partial<NewUser>;

const change = write((database, places: Places<Changes>, keys: readonly (keyof Changes)[]) =>
  database
    .update(users)
    .set(assign(users, places, keys))
    .where(eq(users.id, userId)),
);

const endSessions = write((database, _: object, kept: "all" | "all others") =>
  database
    .delete(sessions)
    .where(fragment(`user_id = ${resource.id}${kept === "all others" ? " and hash <> :credential" : ""}`)),
);
const endTokens = write((database) => database.delete(tokens).where(fragment(`user_id = ${resource.id}`)));

/** One may put back what one has read of oneself, but only a superuser changes what a user may do. */
const byWhom = (who: string) =>
  guard<Record<"role" | "grants" | "enabled" | "seat", unknown>>(`${who} or exists (
  select 1 from users u, (select exists (select 1 from seats s where s.user_id = ${resource.id}
    and (s.expires_at is null or s.expires_at > :now)) as seat)
  where u.id = ${resource.id} and u.role = coalesce(:role, u.role) and u.grants = coalesce(:grants, u.grants)
    and u.enabled = coalesce(:enabled, u.enabled) and seat = coalesce(:seat, seat))`);
const bySuperuser = byWhom(meSuperuser);
/** What a user may do, and whether it has a seat, is changed by a person and never by a token. */
const bySession = byWhom("exists (select 1 from sessions where hash = :credential)");
const superuserLeft = guard("exists (select 1 from users where enabled and permissions & 32 <> 0)");
const lastSuperuser = new StewardError("conflict", {
  message: "This is the last superuser who can sign in: make another one first",
});

export const update = operation({
  http: "PUT /users/{username}",
  summary: "Change a user: yourself (not role, grants, enabled, seat), or as a superuser anybody",
  description: "A new password ends the user's other sessions; disabling ends all its sessions and tokens.",
  needs: level(resource, 2, "write", "write"),
  input: {
    username: Reference,
    ...versioned,
    ...z.object(fields).partial().shape,
    password: Password.optional().meta({ description: "Set by a person who has signed in, never with a token" }),
    seat: z.boolean().optional(),
  },
  output: User,
  errors: ["conflict", "version_mismatch"],
  trips: { most: 2, because: "a password is hashed only for somebody who may set it" },
  run: async (
    ctx,
    { username: _resolved, expectedVersion: _checked, displayName, password, seat, grants: single, ...given },
  ) => {
    const passwordHash = password === undefined ? undefined : await hashFor(ctx, password);
    const values: Changes = defined({ ...given, grants: single && bitsOf(single), passwordHash });
    const touched: Touch = defined({ displayName, updatedAt: ctx.now });
    const { role = null, grants = null, enabled = null } = values;
    const steps = [
      bySuperuser({ role, grants, enabled, seat: seat ?? null }, new StewardError("forbidden")),
      bySession({ role, grants, enabled: null, seat: seat ?? null }, new StewardError("token_scope")),
      ...(keysOf(values).length > 0 ? [change(values, keysOf(values))] : []),
      ...(seat === undefined ? [] : [onMiss("ignore", seat ? giveSeat({ at: ctx.now }) : takeSeat({}))]),
      ...(passwordHash !== undefined || enabled === false
        ? [onMiss("ignore", endSessions({}, enabled === false ? "all" : "all others"))]
        : []),
      ...(enabled === false ? [onMiss("ignore", endTokens({}))] : []),
      superuserLeft({}, lastSuperuser),
      touch(touched, keysOf(touched)),
    ] as const;
    const rights = defined({ role: given.role, grants: single, enabled: given.enabled, seat });
    const fields = keysOf(defined({ ...given, displayName, password, ...rights }));
    const results = await ctx.commit(steps, { details: { fields, ...rights } });
    const [[row], facts] = [last(results), await ctx.facts()];
    if (!row) throw new StewardError("not_found");
    return toUser(row, facts);
  },
});

const remove = write((database) => database.delete(principals).where(eq(principals.id, userId)));
/** No team of more than this user has it as its only admin. */
const teamsKeepAdmin =
  guard(`not exists (select 1 from memberships m where m.user_id = ${resource.id} and m.role = 'admin'
  and exists (select 1 from memberships o where o.team_id = m.team_id and o.user_id <> m.user_id)
  and not exists (select 1 from memberships o where o.team_id = m.team_id and o.user_id <> m.user_id and o.role = 'admin'))`);
const lastAdmin = new StewardError("conflict", {
  message: "The user is the only admin of a team with other members: make another one first",
});
const ownsNothing = guard(`not exists (select 1 from assistants where owner_id = ${resource.id})
  and not exists (select 1 from datasets where owner_id = ${resource.id})`);

const remove_ = operation({
  http: "DELETE /users/{username}",
  summary: "Delete a user who owns no assistants and no datasets",
  description:
    "Its sessions, tokens, shares and memberships go too. A user made later under the same name inherits nothing. `users.transfer` moves what it owns to somebody else.",
  needs: level(resource, 3, "delete", "write"),
  input: { username: Reference, ...versioned },
  output: Nothing,
  errors: ["conflict", "version_mismatch"],
  run: async (ctx) => {
    const owns = new StewardError("conflict", {
      message: "The user owns assistants or datasets: move them all with POST /users/{username}/_transfer first",
    });
    await ctx.commit(
      [ownsNothing({}, owns), teamsKeepAdmin({}, lastAdmin), remove({}), superuserLeft({}, lastSuperuser)],
      { found: { object: `json_object('username', (select name from principals where id = ${resource.id}))` } },
    );
  },
});

export { remove_ as delete };
