import { openConnection } from "./connection.ts";
import type { Executor, ResultSet } from "./executor.ts";
import { isBusy } from "./sqlite.ts";

export interface EmbeddedOptions {
  /** Milliseconds that a batch may sleep on another process's lock, the event loop with it, before it steps aside. */
  readonly lockTimeout?: number;
  /** Milliseconds after which a batch that still finds the database locked fails with SQLITE_BUSY. */
  readonly giveUpAfter?: number;
  /** How many prepared statements each of the two connections keeps. */
  readonly statements?: number;
  /** Kibibytes of the file that each of them keeps in memory. */
  readonly cache?: number;
}

/**
 * Milliseconds of batches after which the event loop gets its turn. What runs synchronously resolves at once, so a loop
 * over `await batch()` would otherwise never let go of it.
 */
const LONGEST_TURN = 10;

/**
 * A libSQL file of this machine, created when missing (its folder must exist). A batch runs within one turn of the
 * event loop, so no two can interleave; writes of this process wait for each other in order, and for other processes
 * without blocking. `close()` refuses what still waits with SQLITE_MISUSE. Throws a DatabaseError when the file cannot
 * be opened.
 */
export function embeddedExecutor(path: string, options: EmbeddedOptions = {}): Executor & { close(): void } {
  const { lockTimeout = 2, giveUpAfter = 10_000, statements: kept = 500, cache = 32_768 } = options;
  const writer = openConnection({ path, mode: "write", lockTimeout, statements: kept, cache });
  const reader = openConnection({ path, mode: "read", lockTimeout, statements: kept, cache });
  const turn = { spent: 0 };
  let pending = 0;
  let lastWrite: Promise<void> = Promise.resolve();
  const settled = (): void => {
    pending--;
  };

  return {
    batch(statements, mode) {
      if (statements.length === 0) return Promise.resolve([]);
      const deadline = performance.now() + giveUpAfter;
      if (mode === "read") return whenFree(() => reader.batch(statements), deadline, turn);
      const write = () => whenFree(() => writer.batch(statements), deadline, turn);
      const result = pending === 0 ? write() : lastWrite.then(write);
      pending++;
      lastWrite = result.then(settled, settled);
      return result;
    },
    close() {
      reader.close();
      writer.close();
    },
  };
}

async function whenFree(run: () => ResultSet[], deadline: number, turn: { spent: number }): Promise<ResultSet[]> {
  for (let attempt = 0; ; attempt++) {
    const started = performance.now();
    try {
      return run();
    } catch (error) {
      if (!isBusy(error) || started > deadline) throw error;
    } finally {
      turn.spent += performance.now() - started;
      if (turn.spent > LONGEST_TURN) {
        turn.spent = 0;
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
    const longest = Math.min(2 ** attempt, 20);
    await new Promise((resolve) => setTimeout(resolve, 1 + Math.random() * longest));
  }
}
