/** How long one piece of the background's work is to take, in milliseconds: others wait for the same lock. */
const aim = 20;
/** Fewer would hardly take less: a piece has its own costs, those of merging the index for one. */
const least = 500;
const most = 5000;

/**
 * How many rows make a piece: as many as take about as long as one may. `piece` does so many and answers how many it has
 * found; with fewer, nothing is left. Stops when `isOver` says so; answers whether all has been done.
 */
export async function inPieces(piece: (rows: number) => Promise<number>, isOver: () => boolean): Promise<boolean> {
  let rows = least;
  for (;;) {
    if (isOver()) return false;
    const began = performance.now();
    const found = await piece(rows);
    const took = performance.now() - began;
    if (found < rows) return true;
    rows = Math.round(Math.min(most, Math.max(least, rows * Math.min(2, Math.max(0.25, aim / Math.max(took, 0.1))))));
    await pause();
  }
}

/** Others have their turn: at this process, and at the lock of the database. */
const pause = () => new Promise((resolve) => setTimeout(resolve, 1));
