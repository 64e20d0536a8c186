import { type Break, type Sealed, verifyTrail } from "@steward/core";
import type { Env } from "./env.ts";
import { Failure } from "./failure.ts";
import { withServices } from "./operator.ts";

/** `audit verify`. Fails where the trail is not what was written; `expected` is a row that was noted elsewhere. */
export const verifyAudit = (env: Env, expected: Sealed | undefined): Promise<void> =>
  withServices(env, async (services) => {
    const { rows, unsealed, broken, last } = await verifyTrail(services, expected);
    if (broken)
      throw new Failure(
        `The audit trail is broken ${reasonFor(broken)} ${count(rows)} before that ${are(rows)} sound.`,
      );
    console.log(`${count(rows)} checked: the audit trail is sound.`);
    if (unsealed > 0)
      console.log(
        `${count(unsealed)} at its end ${are(unsealed)} not sealed yet: the next change seals ${unsealed === 1 ? "it" : "them"}, or \`steward migrate\`.`,
      );
    if (last) console.log(`Note this elsewhere, to compare with later: --expect ${last.number}:${last.hash}`);
  });

const are = (rows: number) => (rows === 1 ? "is" : "are");
const count = (rows: number) => (rows === 1 ? "1 row" : `${rows} rows`);

function reasonFor({ number, what }: Break): string {
  switch (what) {
    case "changed":
      return `at row ${number}: it is not what it was when it was sealed.`;
    case "missing":
      return `at row ${number}: it is missing.`;
    case "inserted":
      return `at row ${number}: it was put in later.`;
  }
}

/** The number and the hash of a row, as `audit verify` prints them; undefined where the text is not that. */
export function parseSealed(text: string): Sealed | undefined {
  const [, number, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  return number === undefined || hash === undefined ? undefined : { number: Number(number), hash };
}
