/** Ends the command with one line for a person to read, and exit code 1. */
export class Failure extends Error {
  override readonly name = "Failure";
}

/** What an error says in one line, with what lies behind it: `fetch failed: connect ECONNREFUSED ...`. */
export function sayings(error: unknown): string {
  const said: string[] = [];
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { message, errors } = cause as AggregateError;
    said.push(message || (errors ?? []).map(({ message }: Error) => message).join(", "));
  }
  return [...new Set(said.filter(Boolean))].join(": ").replaceAll(/\s+/g, " ");
}
