import { tables } from "@steward/db";
import { eq, sql } from "drizzle-orm";
import * as z from "zod";
import { level, me, meSuperuser, nothing, sessions as resource, signedIn } from "../access.ts";
import { StewardError } from "../errors.ts";
import { fragment } from "../fragment.ts";
import type { Facts } from "../gate.ts";
import { grants, grantsIn, roles, teamRoles } from "../grants.ts";
import { operation } from "../operation.ts";
import { listOf, withItems } from "../pages.ts";
import { Id, Moment, Nothing, PrincipalId, page, paging, Reference, text, Version, versioned } from "../schemas.ts";
import { guard, onMiss, type Places, read, write } from "../statement.ts";
import { countAttempt, forgiveAttempt } from "./throttle.ts";

const { sessions, users, principals, memberships, seats } = tables;

const SignedInUser = z
  .object({ id: PrincipalId, username: z.string(), displayName: z.string() })
  .meta({ id: "SignedInUser", description: "Whom a session belongs to" });

const found = read((database, places: Places<{ username: string }>) =>
  database
    .select({
      id: users.id,
      passwordHash: users.passwordHash,
      enabled: users.enabled,
      displayName: principals.displayName,
      sessionDays: sql<number>`(select session_days from settings where id = 1)`,
    })
    .from(users)
    .innerJoin(principals, eq(principals.id, users.id))
    .where(eq(principals.name, places.username)),
);

interface NewSession {
  readonly id: string;
  readonly hash: string;
  readonly userId: string;
  readonly expiresAt: Date;
  readonly address: string | null;
  readonly createdAt: Date;
}

const insert = write((database, places: Places<NewSession>) =>
  database.insert(sessions).values({
    id: places.id,
    hash: places.hash,
    userId: places.userId,
    expiresAt: places.expiresAt,
    address: places.address,
    createdAt: places.createdAt,
  }),
);

/** That the user was not disabled, and the password not changed, while it was checked. */
const unchanged = guard<{ userId: string; passwordHash: string | null }>(
  "exists (select 1 from users where id = :userId and enabled and password_hash = :passwordHash)",
);

/** Whoever's they were: more at once than a sign-in makes, and never so many that it would be slow. */
const deleteExpired = write((database) =>
  database
    .delete(sessions)
    .where(fragment("sessions.id in (select id from sessions where expires_at <= :now order by expires_at limit 100)")),
);

export const login = operation({
  http: "POST /login/local",
  aliases: ["POST /auth/login"],
  rel: "inf:login",
  summary: "Sign in with name and password",
  description:
    "Answers with the session id, and over REST sets it as the cookie `sid`. An unknown user and a wrong password look alike, in text and time. After repeated failures of one account or one address: 429.",
  needs: nothing,
  input: { username: text(100, 1), password: text(256, 1) },
  output: z.object({ user: SignedInUser, sid: z.string(), expiresAt: Moment }),
  errors: ["unauthenticated", "rate_limited"],
  status: 200,
  cookie: "set",
  trips: { most: 4, because: "the attempt is counted before the password is checked, and the session made afterwards" },
  run: async (ctx, { username, password }) => {
    const [[user]] = await Promise.all([ctx.read(found({ username })), countAttempt(ctx, username)]);
    const matches = await ctx.passwords.verify(password, user?.passwordHash ?? null);
    const wrong = new StewardError("unauthenticated", { message: "The username or the password is wrong" });
    if (!user || !matches || !user.enabled) throw wrong;
    const { sid, hash, expiresAt } = await ctx.sessions.issue(user.id, user.sessionDays);
    const session = { id: ctx.newId(), hash, userId: user.id, expiresAt, address: ctx.address, createdAt: ctx.now };
    await ctx.commit(
      [
        unchanged({ userId: user.id, passwordHash: user.passwordHash }, wrong),
        insert(session),
        onMiss("ignore", deleteExpired({})),
        ...forgiveAttempt(ctx, username),
      ],
      { subject: session.id, userId: user.id },
    );
    return { user: { id: `user:${username}`, username, displayName: user.displayName }, sid, expiresAt };
  },
});

const own = write((database) => database.delete(sessions).where(fragment("hash = :credential")));

export const logout = operation({
  http: "POST /logout",
  rel: "inf:logout",
  summary: "End this session",
  needs: signedIn("write", { credential: "session" }),
  input: {},
  output: Nothing,
  status: 204,
  cookie: "clear",
  run: async (ctx) => {
    await ctx.commit([own({})]);
  },
});

const Me = z
  .object({
    user: z.object({
      id: PrincipalId,
      username: z.string(),
      displayName: z.string(),
      email: z.string().nullable(),
      role: z.enum(roles),
    }),
    teams: z.array(z.object({ id: PrincipalId, name: z.string(), displayName: z.string(), role: z.enum(teamRoles) })),
    permissions: z.array(z.enum(grants)).meta({ description: "What you may do in the whole tenant" }),
    seat: z
      .object({ active: z.boolean(), expiresAt: Moment.nullable() })
      .meta({ description: "Whether you may use AI" }),
  })
  .meta({ id: "Me", description: "Who you are and what you may do" });

const mine = read((database) =>
  database
    .select({
      username: principals.name,
      displayName: principals.displayName,
      email: users.email,
      role: users.role,
      seatExpiresAt: seats.expiresAt,
    })
    .from(users)
    .innerJoin(principals, eq(principals.id, users.id))
    .leftJoin(seats, eq(seats.userId, users.id))
    .where(eq(users.id, fragment(me))),
);

const myTeams = read((database) =>
  database
    .select({ name: principals.name, displayName: principals.displayName, role: memberships.role })
    .from(memberships)
    .innerJoin(principals, eq(principals.id, memberships.teamId))
    .where(eq(memberships.userId, fragment(me)))
    .orderBy(principals.name),
);

const whoami = operation({
  http: "GET /me",
  rel: "inf:me",
  summary: "Who you are: user, teams, permissions and seat",
  needs: signedIn("read"),
  input: {},
  output: Me,
  run: async (ctx) => {
    const [[row], teams, facts] = await Promise.all([ctx.read(mine({})), ctx.read(myTeams({})), ctx.facts()]);
    if (!row) throw new StewardError("unauthenticated");
    const { seatExpiresAt, ...user } = row;
    return {
      user: { id: `user:${user.username}`, ...user },
      teams: teams.map((team) => ({ id: `team:${team.name}`, ...team })),
      permissions: grantsIn(facts.permissions),
      seat: { active: facts.seat, expiresAt: seatExpiresAt },
    };
  },
});

export { whoami as me };

const Session = z
  .object({
    id: Id,
    userId: PrincipalId,
    current: z.boolean().meta({ description: "Whether it is the one you ask with" }),
    address: z.string().nullable().meta({ description: "Where it began" }),
    version: Version,
    createdAt: Moment,
    expiresAt: Moment,
    permissions: z.object({ delete: z.boolean() }),
  })
  .meta({ id: "Session", description: "Somebody who has signed in" });

const columns = {
  id: sessions.id,
  userId: sql<string>`(select 'user:' || name from principals where principals.id = sessions.user_id)`,
  current: sql<boolean>`sessions.hash = ${fragment(":credential")}`.mapWith(Boolean),
  address: sessions.address,
  createdAt: sessions.createdAt,
  expiresAt: sessions.expiresAt,
};

const toSession = <R extends object>(row: R, { maxLevel }: Facts) => ({
  ...row,
  version: 1,
  permissions: { delete: maxLevel >= 3 },
});

const sessionsList = listOf({
  columns,
  from: "sessions",
  // Not `or`: that would walk everybody's sessions to find one's own.
  where: `sessions.expires_at > :now and sessions.user_id in (select ${me} union all select id from users where ${meSuperuser})`,
  key: "sessions.id",
  descending: true,
});

export const list = operation({
  http: "GET /sessions",
  rel: "inf:sessions",
  summary: "Where you are signed in; for a superuser, where anybody is",
  needs: signedIn("read"),
  input: paging,
  output: page(Session),
  items: { rel: "inf:session", at: "/sessions/{id}" },
  run: async (ctx, input) => {
    const [found, facts] = await Promise.all([sessionsList(ctx, input), ctx.facts()]);
    return withItems(found, (row) => toSession(row, facts));
  },
});

const one = read((database) =>
  database
    .select(columns)
    .from(sessions)
    .where(eq(sessions.id, fragment(resource.id))),
);

export const get = operation({
  http: "GET /sessions/{id}",
  summary: "Read a session of yours",
  needs: level(resource, 1, "read", "read"),
  input: { id: Reference },
  output: Session,
  run: async (ctx) => {
    const [[row], facts] = await Promise.all([ctx.read(one({})), ctx.facts()]);
    if (!row) throw new StewardError("not_found");
    return toSession(row, facts);
  },
});

const remove = write((database) => database.delete(sessions).where(eq(sessions.id, fragment(resource.id))));

export const revoke = operation({
  http: "DELETE /sessions/{id}",
  summary: "End a session at once",
  needs: level(resource, 3, "delete", "write"),
  input: { id: Reference, ...versioned },
  output: Nothing,
  errors: ["version_mismatch"],
  run: async (ctx) => {
    await ctx.commit([remove({})]);
  },
});
