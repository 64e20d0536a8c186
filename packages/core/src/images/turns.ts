import { StewardError } from "../errors.ts";
import type { ImageModel } from "../ports.ts";

/** How many pictures are drawn at once: for one user, and in one process. */
const [mostOfUser, mostOfAll] = [2, 16];
/** Seconds until another attempt makes sense: most models take about as long. */
const wait = 10;

const drawingBy = new WeakMap<ImageModel, Map<string, number>>();

/** Draws when it is the user's turn; refuses at once (`rate_limited`) when as many pictures are being drawn as may. */
export async function inTurn<T>(model: ImageModel, userId: string, draw: () => Promise<T>): Promise<T> {
  const drawing = drawingBy.get(model) ?? new Map<string, number>();
  drawingBy.set(model, drawing);
  const own = drawing.get(userId) ?? 0;
  const all = Array.from(drawing.values()).reduce((total, count) => total + count, 0);
  if (own >= mostOfUser || all >= mostOfAll) {
    throw new StewardError("rate_limited", {
      message:
        own >= mostOfUser
          ? `You have ${own} pictures drawn at once already: wait for one`
          : "Too many pictures are being drawn: wait, then try again",
      retryAfter: wait,
    });
  }
  drawing.set(userId, own + 1);
  try {
    return await draw();
  } finally {
    const left = (drawing.get(userId) ?? 1) - 1;
    if (left > 0) drawing.set(userId, left);
    else drawing.delete(userId);
  }
}
