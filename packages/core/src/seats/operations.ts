import { tables } from "@steward/db";
import { eq, sql } from "drizzle-orm";
import * as z from "zod";
import { granted, level, users } from "../access.ts";
import { StewardError } from "../errors.ts";
import { fragment } from "../fragment.ts";
import { operation } from "../operation.ts";
import { listOf, withItems } from "../pages.ts";
import { Moment, Nothing, PrincipalId, page, paging, Reference, Version, versioned } from "../schemas.ts";
import { guard, type Places, read, versionIs, write } from "../statement.ts";
import { takeSeat } from "./statements.ts";

const { seats } = tables;

const Seat = z
  .object({
    userId: PrincipalId,
    username: z.string(),
    expiresAt: Moment.nullable(),
    active: z.boolean().meta({ description: "False once it has expired" }),
    permissions: z.object({ delete: z.boolean() }),
    version: Version,
    createdAt: Moment,
  })
  .meta({ id: "AiSeat", description: "A user's right to use AI" });

const columns = {
  username: sql<string>`(select p.name from principals p where p.id = seats.user_id)`,
  expiresAt: seats.expiresAt,
  active: sql<boolean>`(seats.expires_at is null or seats.expires_at > ${fragment(":now")})`.mapWith(Boolean),
  version: seats.version,
  createdAt: seats.createdAt,
};

const toSeat = <R extends { username: string }>(row: R) => ({
  ...row,
  userId: `user:${row.username}`,
  permissions: { delete: true },
});

const seatsList = listOf({
  columns,
  from: "seats cross join principals on principals.id = seats.user_id",
  where: "true",
  key: "principals.name",
});

export const list = operation({
  http: "GET /ai-seats",
  rel: "inf:ai-seats",
  summary: "List who has an AI seat",
  needs: granted("tenant:superuser", "read"),
  input: paging,
  output: page(Seat),
  items: { rel: "inf:ai-seat", at: "/ai-seats/{username}" },
  run: async (ctx, input) => withItems(await seatsList(ctx, input), toSeat),
});

const one = read((database) =>
  database
    .select(columns)
    .from(seats)
    .where(eq(seats.userId, fragment(users.id))),
);

export const get = operation({
  http: "GET /ai-seats/{username}",
  summary: "Read an AI seat: your own, or as a superuser anybody's",
  needs: level(users, 1, "read", "read"),
  input: { username: Reference },
  output: Seat,
  run: async (ctx) => {
    const [row] = await ctx.read(one({}));
    if (!row) throw new StewardError("not_found");
    return toSeat(row);
  },
});

const put = write((database, places: Places<{ expiresAt: Date | null; at: Date }>) =>
  database
    .insert(seats)
    .values({ userId: fragment<string>(users.id), expiresAt: places.expiresAt, createdAt: places.at })
    .onConflictDoUpdate({
      target: seats.userId,
      set: { expiresAt: sql`excluded.expires_at`, version: sql`version + 1` },
    })
    .returning(columns),
);

/** Whose seat it is, for the trail: by name, for the id may be all that is left of the user. */
const whose = `json_object('username', (select name from principals where id = ${users.id}))`;

export const give = operation({
  http: "POST /ai-seats",
  summary: "Give a user an AI seat, or another end to the one it has",
  needs: level(users, 3, "administer", "write", { credential: "session" }),
  input: { username: Reference, expiresAt: Moment.nullable().default(null).meta({ description: "Null for no end" }) },
  output: Seat,
  errors: ["not_found"],
  run: async (ctx, { expiresAt }) => {
    const [[row]] = await ctx.commit([put({ expiresAt, at: ctx.now })], {
      details: { expiresAt },
      found: { object: whose },
    });
    if (!row) throw new StewardError("not_found");
    return toSeat(row);
  },
});

const ofUser = `select version from seats where user_id = ${users.id}`;
const seated = guard(`exists (${ofUser})`);
const unchanged = versionIs(`(${ofUser})`);

export const take = operation({
  http: "DELETE /ai-seats/{username}",
  summary: "Take a user's AI seat away, at once",
  needs: level(users, 3, "administer", "write", { credential: "session" }),
  input: { username: Reference, ...versioned },
  output: Nothing,
  errors: ["version_mismatch"],
  ownVersion: true,
  run: async (ctx, { expectedVersion }) => {
    await ctx.commit([seated({}, new StewardError("not_found")), unchanged({ expectedVersion }), takeSeat({})], {
      found: { object: whose },
    });
  },
});
