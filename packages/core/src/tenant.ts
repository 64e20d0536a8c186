import { type Executor, tables } from "@steward/db";
import { StewardError } from "./errors.ts";
import type { Services } from "./ports.ts";
import { guard, type Read, read } from "./statement.ts";

const tenants = new WeakMap<Executor, string>();

const one = read((database) => database.select({ tenantId: tables.settings.tenantId }).from(tables.settings));

type Ask = (statement: Read<{ tenantId: string }>) => Promise<{ tenantId: string }[]>;

/** The id of the tenant whose database this is. It never changes, so a process asks for it once. */
export async function tenantOf(executor: Executor, ask: Ask): Promise<string> {
  const known = tenants.get(executor);
  if (known !== undefined) return known;
  const [row] = await ask(one({}));
  if (!row) throw new Error("The database has no settings");
  tenants.set(executor, row.tenantId);
  return row.tenantId;
}

/** The same ahead of any request: where there is a start, it spares the first request that needs it a trip. */
export const learnTenant = ({ executor }: Pick<Services, "executor">): Promise<string> =>
  tenantOf(executor, async ({ query, values }) => {
    const [result] = await executor.batch([{ sql: query.sql, args: query.args(values) }], "read");
    return query.map(result?.rows ?? []);
  });

const stillThe = guard<{ tenant: string }>("(select tenant_id from settings) = :tenant");
const replaced = new StewardError("internal", {
  message: "The database is another tenant's now: start the server again",
});

/** Stands before what is written for this tenant, should the database have been replaced under a running server. */
export const ofTenant = (tenant: string) => stillThe({ tenant }, new StewardError("internal", { cause: replaced }));
