import type { Statement } from "@steward/db";
import { embeddedExecutor } from "@steward/db/node";
import { expect } from "vitest";
import type { Presented } from "./arrange.ts";
import { doors } from "./doors.ts";
import { expectSuccess } from "./expectations.ts";
import type { OperationName } from "./operations.ts";
import type { World } from "./world.ts";

interface Program {
  readonly sql: string;
  /** The tables and indexes that it opens. */
  readonly opens: readonly string[];
  /** Those that it may walk from one end: what has no condition that an index helps with. */
  readonly walks: readonly string[];
}

const gate = ["sessions_by_hash", "tokens_by_hash", "sqlite_autoindex_users_1", "sqlite_autoindex_seats_1"];
/** The one has a row for each table that counts on, the other a single row. */
const small = ["sqlite_sequence", "settings"];

export interface Inspector {
  /**
   * Performs an operation that must succeed, and looks at what SQLite makes of each of its statements: that it opens `uses`
   * beside what the gate does, and walks nothing but what `walks` names.
   */
  inspect(
    as: Presented,
    name: OperationName,
    input: object,
    uses: readonly string[],
    walks?: Readonly<Record<string, string>>,
  ): Promise<void>;
  close(): void;
}

/** Beside the world's own executor, for a server refuses to explain what writes. */
export function inspectorOf(world: World): Inspector {
  const explainer = embeddedExecutor(world.path);

  async function programsOf(as: Presented, name: OperationName, input: object): Promise<Program[]> {
    const { trips } = world;
    await world.settle();
    const before = trips.length;
    expectSuccess(await doors.core(world, as, name, input as Record<string, unknown>));
    const sent = trips.slice(before).flatMap(({ statements }) => statements);
    const roots = new Map(
      (await world.rows("select rootpage, name from sqlite_master where rootpage > 0")) as [number, string][],
    );
    return Promise.all(sent.map((statement) => programOf(statement, roots)));
  }

  /** Read from the bytecode, which names no aliases: a cursor that is rewound is walked, one that is sought is not. */
  async function programOf({ sql, args }: Statement, roots: ReadonlyMap<number, string>): Promise<Program> {
    const [explained] = await explainer.batch([{ sql: `explain ${sql}`, args }], "read");
    // The programs of triggers follow that of the statement, each with addresses and cursors of its own.
    let program = -1;
    const steps = (explained?.rows ?? []).map(([address, code, cursor, root, database]) => {
      if (address === 0) program++;
      return { code: String(code), cursor: `${program}/${cursor}`, root: Number(root), database };
    });
    const opened = steps.filter(
      ({ code, database }) => /^(OpenRead|ReopenIdx|OpenWrite)$/.test(code) && database === 0,
    );
    const nameOf = (wanted: string) => roots.get(opened.find(({ cursor }) => cursor === wanted)?.root ?? 0);
    const walked = steps.filter(({ code }) => code === "Rewind" || code === "Last").map(({ cursor }) => nameOf(cursor));
    return {
      sql,
      opens: opened.map(({ root }) => roots.get(root) ?? "?"),
      walks: [...new Set(walked.filter((table) => table !== undefined))],
    };
  }

  return {
    async inspect(as, name, input, uses, walks = {}) {
      const programs = await programsOf(as, name, input);
      for (const { sql, walks: walked } of programs) {
        const unexpected = walked.filter((table) => !small.includes(table) && !(table in walks));
        expect(unexpected, sql).toEqual([]);
      }
      expect(programs.flatMap(({ opens }) => opens)).toEqual(expect.arrayContaining([...gate, ...uses]));
    },
    close: () => explainer.close(),
  };
}
