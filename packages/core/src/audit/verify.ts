import type { Statement } from "@steward/db";
import { sealedText } from "./chain.ts";
import type { Sealing } from "./seal.ts";

/** Where the trail is not what was written: at the row of this number, or where it should be. */
export interface Break {
  readonly number: number;
  readonly what: "changed" | "missing" | "inserted";
}

export interface Verdict {
  /** How many rows have been looked at: all, or those before the break. */
  readonly rows: number;
  readonly unsealed: number;
  readonly broken: Break | null;
  /** The last row that is sealed, and sound. */
  readonly last: Sealed | null;
}

/** The number and the hash of a row, noted when it was sound. */
export interface Sealed {
  readonly number: number;
  readonly hash: string;
}

type Row = [number: number, text: string, hash: string | null];

const rowsBehind = `select number, ${sealedText("audit")}, hash from audit where number > ?1 order by number limit ?2`;
const lastGiven = "select coalesce((select seq from sqlite_sequence where name = 'audit'), 0)";
const unsealedTail = `select (select hash from audit where number = ?1),
  (select count(*) from audit where number > ?1 and hash is not null),
  (select count(*) from audit where number >= ?1),
  (select min(number) + 1 from audit a where number >= ?1 and not exists (select 1 from audit b where b.number = a.number + 1))`;

const atOnce = 1000;
const beforeAll = Number.MIN_SAFE_INTEGER;

/**
 * Reads the whole trail and computes every hash anew. `expected` is a row that was noted elsewhere: who can write to the
 * database can also make a new chain, but not one with the same hash at that place.
 */
export const verifyTrail = (sealing: Sealing, expected?: Sealed): Promise<Verdict> =>
  new Verification(sealing, expected).run();

class Verification {
  readonly #sealing: Sealing;
  readonly #expected: Sealed | undefined;
  #last: Sealed | null = null;
  #rows = 0;
  #unsealed = 0;

  constructor(sealing: Sealing, expected: Sealed | undefined) {
    this.#sealing = sealing;
    this.#expected = expected;
  }

  async run(): Promise<Verdict> {
    const broken = (await this.#walk()) ?? this.#notReached();
    return { rows: this.#rows, unsealed: this.#unsealed, broken, last: this.#last };
  }

  get #number(): number {
    return this.#last?.number ?? 0;
  }

  async #read(...statements: Statement[]): Promise<unknown[][][]> {
    const results = await this.#sealing.executor.batch(statements, "read");
    return results.map(({ rows }) => rows.map((row) => [...row]));
  }

  async #walk(): Promise<Break | null> {
    for (;;) {
      const after = this.#last?.number ?? beforeAll;
      const [rows = [], given] = await this.#read(
        { sql: rowsBehind, args: [after, atOnce] },
        { sql: lastGiven, args: [] },
      );
      if (rows.length === 0) return this.#ended(Number(given?.[0]?.[0]));
      for (const row of rows as Row[]) {
        const [number, , hash] = row;
        if (number !== this.#number + 1) return gap(this.#number + 1, number);
        if (hash === null) {
          const end = await this.#tail(number);
          if (end === "sealed meanwhile") break;
          return end;
        }
        const broken = await this.#judge(row, hash);
        if (broken) return broken;
      }
    }
  }

  #hash(number: number, text: string, previous = this.#last?.hash ?? ""): string {
    return this.#sealing.sha3(`${previous}${number}${text}`);
  }

  async #judge([number, text]: Row, hash: string): Promise<Break | null> {
    if (this.#hash(number, text) !== hash) return this.#explain(number, hash);
    if (this.#expected?.number === number && this.#expected.hash !== hash) return { number, what: "changed" };
    this.#last = { number, hash };
    this.#rows++;
    return null;
  }

  /** Whoever takes a row out or puts one in may have numbered those behind it anew: the next one tells. */
  async #explain(number: number, hash: string): Promise<Break> {
    const [[next] = []] = await this.#read({ sql: rowsBehind, args: [number, 1] });
    if (!next) return { number, what: "changed" };
    const [nextNumber, text, sealed] = next as Row;
    if (this.#hash(nextNumber - 1, text) === sealed) return { number, what: "inserted" };
    return { number, what: this.#hash(nextNumber + 1, text, hash) === sealed ? "missing" : "changed" };
  }

  /** From the first row that is not sealed on, in one look: sealing goes on while this reads. */
  async #tail(first: number): Promise<Break | null | "sealed meanwhile"> {
    const [[tail = []] = [], given] = await this.#read(
      { sql: unsealedTail, args: [first] },
      { sql: lastGiven, args: [] },
    );
    const [hash, sealed, count, end] = tail as [string | null, number, number, number];
    if (hash !== null) return "sealed meanwhile";
    if (sealed > 0) return { number: first, what: "inserted" };
    this.#unsealed = Math.min(count, end - first);
    this.#rows += this.#unsealed;
    return end - first < count || Number(given?.[0]?.[0]) >= end ? { number: end, what: "missing" } : null;
  }

  #ended(given: number): Break | null {
    return given > this.#number ? { number: this.#number + 1, what: "missing" } : null;
  }

  #notReached(): Break | null {
    const { number } = this.#expected ?? { number: 0 };
    return number > this.#number ? { number, what: "missing" } : null;
  }
}

const gap = (wanted: number, found: number): Break =>
  found < wanted ? { number: found, what: "inserted" } : { number: wanted, what: "missing" };
