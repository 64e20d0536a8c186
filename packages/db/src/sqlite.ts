import { DatabaseError } from "./executor.ts";

const WRITE = /^\s*(?:with\b[\s\S]*\)\s*)?(?:insert|replace|update|delete)\b/i;
const READ = /^\s*(?:select|with|values|explain)\b/i;

/** Whether the statement inserts, updates or deletes rows. */
export const changesRows = (sql: string): boolean => WRITE.test(sql);

/** Whether the statement may stand in a read batch. */
export const onlyReads = (sql: string): boolean => READ.test(sql) && !WRITE.test(sql);

/** Whether another connection held the lock: nothing of the batch has taken effect and it may be tried again. */
export const isBusy = (error: unknown): error is DatabaseError =>
  error instanceof DatabaseError && /^SQLITE_(?:BUSY|LOCKED)/.test(error.code);

const CONSTRAINTS: readonly (readonly [prefix: string, code: string])[] = [
  ["UNIQUE constraint failed", "SQLITE_CONSTRAINT_UNIQUE"],
  ["NOT NULL constraint failed", "SQLITE_CONSTRAINT_NOTNULL"],
  ["CHECK constraint failed", "SQLITE_CONSTRAINT_CHECK"],
  ["FOREIGN KEY constraint failed", "SQLITE_CONSTRAINT_FOREIGNKEY"],
  ["cannot store ", "SQLITE_CONSTRAINT_DATATYPE"],
];

/**
 * The error with one code and one message whichever executor met it. A libSQL server tells the primary code only, and
 * calls SQLITE_ERROR unknown, so the kind of a constraint is read from SQLite's message. A primary key is reported as
 * SQLITE_CONSTRAINT_UNIQUE for the same reason: the server's answer does not tell one from the other.
 */
export function databaseError(code: string, message: string, cause: unknown): DatabaseError {
  const plain = message.replace(/^SQL(?:ite| input) error: /, "").replace(/ \(at offset \d+\)$/, "");
  return new DatabaseError(commonCode(code, plain), plain, { cause });
}

function commonCode(code: string, message: string): string {
  if (code === "SQLITE_UNKNOWN" || code === "SQL_INPUT_ERROR") return "SQLITE_ERROR";
  if (!/^(?:SQLITE_CONSTRAINT|UNKNOWN_SQLITE_ERROR)/.test(code)) return code;
  const known = CONSTRAINTS.find(([prefix]) => message.startsWith(prefix));
  if (known) return known[1];
  return code === "SQLITE_CONSTRAINT" ? "SQLITE_CONSTRAINT_TRIGGER" : code;
}
