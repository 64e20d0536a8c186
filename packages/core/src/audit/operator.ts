import type { ResultSet, Statement } from "@steward/db";
import type { Services } from "../ports.ts";
import { append, batchWithTrail } from "./chain.ts";
import { sealTrail } from "./seal.ts";

/** What somebody does who may use the command line: in the trail it has no user. */
export interface Act {
  readonly operation: string;
  /** The id of the row that it is about. */
  readonly subject: string;
  /** Never a secret. */
  readonly details?: Readonly<Record<string, unknown>>;
}

const entry = `select ?1 as at, null as user_id, null as token_id, ?2 as operation, ?3 as subject, null as assistant_id,
  null as revision, ?4 as details`;

/** Runs statements in one transaction and appends to the audit trail what they do. Answers with their results. */
export async function actAsOperator(
  services: Pick<Services, "executor" | "sha3" | "clock">,
  { operation, subject, details }: Act,
  statements: readonly Statement[],
): Promise<ResultSet[]> {
  const args = [services.clock.now().getTime(), operation, subject, details ? JSON.stringify(details) : null];
  const [appended, ...results] = await batchWithTrail(services.executor, (sealing) => [
    { sql: append(entry, sealing), args },
    ...statements,
  ]);
  if (appended?.rows[0]?.[0] !== 1) await sealTrail(services);
  return results;
}
