import { expect, test, vi } from "vitest";
import { allInTurn, inPieces } from "./pieces.ts";

/** How many rows the pieces have had, where a row takes so many milliseconds and a piece some of its own. */
async function piecesOf(rows: number, perRow: number, perPiece = 3): Promise<readonly number[]> {
  let now = 0;
  const clock = vi.spyOn(performance, "now").mockImplementation(() => now);
  const pieces: number[] = [];
  let left = rows;
  try {
    const piece = async (most: number) => {
      const done = Math.min(left, most);
      pieces.push(most);
      left -= done;
      now += perPiece + done * perRow;
      return done;
    };
    await inPieces(piece, () => false);
  } finally {
    clock.mockRestore();
  }
  return pieces;
}

test("rows that are quick come by hundreds, whatever a piece takes", async () => {
  const [first, ...others] = await piecesOf(20_000, 0.016);
  expect(first).toBe(50);
  expect(Math.min(...others)).toBe(500);
  expect(Math.min(...(await piecesOf(20_000, 0.2)).slice(1))).toBe(500);
});

test("rows that are large come by as few as others can wait for", async () => {
  const pieces = await piecesOf(300, 100);
  expect(pieces.slice(0, 4)).toEqual([50, 13, 3, 1]);
  expect(Math.max(...pieces.slice(3))).toBe(1);
});

test("one that fails keeps no other from being done, and is told", async () => {
  const done: number[] = [];
  const work = (number: number, answer: () => boolean) => async () => {
    done.push(number);
    return answer();
  };
  const fails = () => {
    throw new Error("It cannot be read");
  };
  await expect(allInTurn([work(1, fails), work(2, () => true)])).rejects.toThrow("It cannot be read");
  expect(await allInTurn([work(3, () => true), work(4, () => false), work(5, () => true)])).toBe(false);
  expect(done).toEqual([1, 2, 3, 4]);
});
