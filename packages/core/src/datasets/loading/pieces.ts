/** How long one piece of the background's work is to take, in milliseconds: others wait for the same lock. */
const aim = 20;
/** Fewer would hardly take less: a piece has its own costs, those of merging the index for one. */
const least = 500;
/** Unless so many would probably take longer than this, in milliseconds, because each of them is large. */
const tooLong = 200;
/** Before it is known how large they are. */
const first = 50;
const most = 5000;

/**
 * How many rows make a piece: as many as take about as long as one may. `piece` does so many and answers how many it has
 * found; with fewer, nothing is left. Stops when `isOver` says so; answers whether all has been done.
 */
export async function inPieces(piece: (rows: number) => Promise<number>, isOver: () => boolean): Promise<boolean> {
  let rows = first;
  for (;;) {
    if (isOver()) return false;
    const began = performance.now();
    const found = await piece(rows);
    const took = performance.now() - began;
    if (found < rows) return true;
    const fewest = (took / rows) * least > tooLong ? 1 : least;
    rows = Math.round(Math.min(most, Math.max(fewest, rows * Math.min(2, Math.max(0.25, aim / Math.max(took, 0.1))))));
    await pause();
  }
}

/**
 * Does one after the other, also when one before has failed, so that it does not keep the others from being done for good;
 * fails with the first failure after that. Stops where one answers that it is not done; answers whether all are.
 */
export async function allInTurn(works: Iterable<() => Promise<boolean>>): Promise<boolean> {
  const failures: unknown[] = [];
  let done = true;
  for (const work of works) {
    try {
      done = await work();
    } catch (error) {
      failures.push(error);
    }
    if (!done) break;
  }
  if (failures.length > 0) throw failures[0];
  return done;
}

/** Others have their turn: at this process, and at the lock of the database. */
const pause = () => new Promise((resolve) => setTimeout(resolve, 1));
