import { tables } from "@steward/db";
import { eq, inArray, sql } from "drizzle-orm";
import type { Context } from "../context.ts";
import { StewardError } from "../errors.ts";
import { fragment } from "../fragment.ts";
import { guard, onMiss, type Places, read, type Write, write } from "../statement.ts";
import { networkOf } from "./network.ts";

const { signInAttempts } = tables;

/** How many attempts may fail within the window: of one account, and of one address, behind which many may sit. */
const allowed = { account: 10, address: 100 } as const;
const windowMilliseconds = 15 * 60 * 1000;

/** Under which the failed attempts of an account are counted. */
export const accountKey = (username: string) => `account:${username.toLowerCase()}`;
const addressKey = (ctx: Context) => `address:${networkOf(ctx.address ?? "unknown")}`;

const forgetOver = write((database) => database.delete(signInAttempts).where(fragment("resets_at <= :now")));

const count = write((database, places: Places<{ key: string; resetsAt: Date }>) =>
  database
    .insert(signInAttempts)
    .values({ key: places.key, count: 1, resetsAt: places.resetsAt })
    .onConflictDoUpdate({ target: signInAttempts.key, set: { count: sql`${signInAttempts.count} + 1` } }),
);

const mayTry = guard<{ key: string; most: number }>(
  "not exists (select 1 from sign_in_attempts where key = :key and count >= :most)",
);

const resets = read((database, places: Places<{ account: string; address: string }>) =>
  database
    .select({ at: sql<number>`max(${signInAttempts.resetsAt})` })
    .from(signInAttempts)
    .where(inArray(signInAttempts.key, [places.account as never, places.address as never])),
);

/**
 * Whose account it is about, where there is one. Never the name that was tried: many a password is typed into the wrong
 * field.
 */
const whose = `json_object('userId',
  (select id from principals where name = :username and kind = 'user'))`;

/**
 * Counts an attempt before it is judged, so that many at once gain nothing. `rate_limited` with the seconds to wait,
 * for an account or an address that has failed too often.
 */
export async function countAttempt(ctx: Context, username: string): Promise<void> {
  const [account, address] = [accountKey(username), addressKey(ctx)];
  const resetsAt = new Date(ctx.now.getTime() + windowMilliseconds);
  const limited = new StewardError("rate_limited");
  try {
    await ctx.commit(
      [
        onMiss("ignore", forgetOver({})),
        mayTry({ key: account, most: allowed.account }, limited),
        mayTry({ key: address, most: allowed.address }, limited),
        count({ key: account, resetsAt }),
        count({ key: address, resetsAt }),
      ],
      { details: { address: ctx.address }, found: { object: whose, values: { username } } },
    );
  } catch (error) {
    if (error !== limited) throw error;
    const [row] = await ctx.read(resets({ account, address }));
    const retryAfter = Math.max(1, Math.ceil(((row?.at ?? 0) - ctx.now.getTime()) / 1000));
    throw new StewardError("rate_limited", { retryAfter });
  }
}

const forget = write((database, places: Places<{ key: string }>) =>
  database.delete(signInAttempts).where(eq(signInAttempts.key, places.key)),
);

const takeBack = write((database, places: Places<{ key: string }>) =>
  database
    .update(signInAttempts)
    .set({ count: sql`${signInAttempts.count} - 1` })
    .where(eq(signInAttempts.key, places.key)),
);

/** What a success writes: the account begins anew; the address, which others use too, gets this attempt back. */
export const forgiveAttempt = (ctx: Context, username: string): Write<never>[] => [
  onMiss("ignore", forget({ key: accountKey(username) })),
  onMiss("ignore", takeBack({ key: addressKey(ctx) })),
];
