import type { ResultSet } from "@steward/db";
import * as z from "zod";
import { me } from "./access.ts";
import type { Step } from "./context.ts";
import { StewardError } from "./errors.ts";
import type { Services } from "./ports.ts";
import { text } from "./schemas.ts";
import { type Query, rawQuery } from "./statement.ts";

/**
 * For an operation that creates, so that it can be sent again where its answer was lost. Its handler commits once, and
 * takes all that it answers from what that commit reads and its inserts return: only this is kept. The moment and the new
 * ids that the handler itself is given are others the second time.
 */
export const idempotent = {
  idempotencyKey: text(255, 1).optional().meta({
    description:
      "Any text of your own (`Idempotency-Key` over REST): the same again within 24 hours gives the first answer again, and with another input `conflict`",
  }),
};

/** What a request was sent with so that it is done once: its key, and what distinguishes what it asks for. */
export interface Once {
  readonly idempotencyKey: string;
  readonly fingerprint: string;
}

/** What is only written and never read is not compared, so that nothing is kept by which it could be guessed. */
const isCompared = (schema: z.core.$ZodType | undefined) =>
  schema === undefined || z.globalRegistry.get(schema)?.writeOnly !== true;

const sorted = (_: string, value: unknown) =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;

/** SHA-256 of what a request asks for, in whichever order it says it. */
export async function fingerprintOf(shape: z.core.$ZodLooseShape, input: object): Promise<string> {
  const compared = Object.entries(input).filter(([key]) => isCompared(shape[key]));
  const bytes = new TextEncoder().encode(JSON.stringify(Object.fromEntries(compared), sorted));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const day = 24 * 60 * 60 * 1000;
const own = `user_id = ${me} and operation = :operation and key = :idempotencyKey`;

const claim = rawQuery(`insert into idempotent_requests (user_id, operation, key, fingerprint, rows, expires_at)
  values (${me}, :operation, :idempotencyKey, :fingerprint, '[]', :now + ${day})
  on conflict (user_id, operation, key) do update
    set fingerprint = excluded.fingerprint, rows = excluded.rows, expires_at = excluded.expires_at
    where expires_at <= :now`);
const mustClaim = rawQuery("select case when changes() = 0 then json_extract('{}', 'refused:' || 'replay') end");

/** What stands before all that such a request does: the first one goes on, any other ends here. */
export const claims: readonly Query<never>[] = [claim, mustClaim];

type Rows = readonly (readonly unknown[])[];
type Reading = Pick<Query<unknown>, "sql" | "args">;

/** The row that an insert has just made, as it returned it: the places of what it returns are its last. */
function rowInserted({ sql, args }: Query<unknown>): Reading {
  const [, table, returned = ""] = /^insert into "(\w+)" .* returning (.*)$/s.exec(sql) ?? [];
  if (table === undefined) throw new Error("What an update or a delete returns cannot be kept: read it instead");
  const places = returned.split("?").length - 1;
  return {
    sql: `select ${returned} from "${table}" where rowid = last_insert_rowid()`,
    args: (values) => {
      const all = args(values);
      return all.slice(all.length - places);
    },
  };
}

const keepers = new WeakMap<Query<unknown>, Query<unknown>>();

/**
 * What keeps the rows that a query gives, and answers with them as one text of JSON: for a read in its stead, for an insert
 * right behind it. Undefined where a query gives none. The rows are put down before they are made JSON, so that what is
 * JSON already is text within it.
 */
export function keeperOf(query: Query<unknown>): Query<unknown> | undefined {
  if (query.width === 0) return undefined;
  let keeper = keepers.get(query);
  if (!keeper) {
    const names = Array.from({ length: query.width }, (_, index) => `c${index}`).join(", ");
    const { sql, args } = query.sql.startsWith("select ") ? query : rowInserted(query);
    keeper = {
      ...query,
      sql: `update idempotent_requests set rows = json_insert(rows, '$[#]', json((
          with answer(${names}) as materialized (${sql}) select json_group_array(json_array(${names})) from answer)))
        where user_id = (select user_id from credentials where hash = ?) and operation = ? and key = ?
        returning json_extract(rows, '$[#-1]')`,
      args: (values) => [...args(values), values.credential, values.operation, values.idempotencyKey],
    };
    keepers.set(query, keeper);
  }
  return keeper;
}

/** What a keeper has answered. */
export const keptRows = (result: ResultSet | undefined): Rows => JSON.parse(String(result?.rows[0]?.[0]));

/** What the steps of a commit gave the first time, of what was kept of them in their order. */
export function givenAgain(steps: readonly Step[], kept: readonly Rows[]): unknown[] {
  const rest = kept.values();
  return steps.map((step) => {
    if (step.mode === "guard") return undefined;
    return step.query.width === 0 ? [] : step.query.map(rest.next().value ?? []);
  });
}

/** What is kept of a request that was sent before. */
export const recalled: Query<{ fingerprint: string; rows: Rows[] }> = {
  ...rawQuery(`select fingerprint, rows from idempotent_requests where ${own}`),
  width: 2,
  map: (found) =>
    found.map(([fingerprint, rows]) => ({ fingerprint: String(fingerprint), rows: JSON.parse(String(rows)) })),
};

export const otherRequest = () =>
  new StewardError("conflict", {
    message: "This Idempotency-Key was sent with another request: take a new one for each thing that is to be made",
  });

const forget = `delete from idempotent_requests where rowid in (
  select rowid from idempotent_requests where expires_at <= ?1 order by expires_at limit 200)`;

/** Keys of more than 24 hours ago, some at a time. */
export async function forgetExpired({ executor, clock }: Services): Promise<void> {
  await executor.batch([{ sql: forget, args: [clock.now().getTime()] }], "write");
}
