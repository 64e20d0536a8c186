/** The worker is to stop: nothing is wrong with the job. */
export class Stopped extends Error {
  override readonly name = "Stopped";
}

/** The items of a source until the signal is aborted, which is told at once, also while one is awaited. */
export async function* untilStopped<T>(
  source: AsyncIterable<T>,
  signal: AbortSignal | undefined,
): AsyncGenerator<T, void> {
  const items = source[Symbol.asyncIterator]();
  const stopped = Promise.withResolvers<never>();
  stopped.promise.catch(() => undefined);
  const stop = () => stopped.reject(new Stopped("The server stops"));
  signal?.addEventListener("abort", stop);
  if (signal?.aborted) stop();
  let isOver = false;
  try {
    for (;;) {
      const { done, value } = await Promise.race([items.next(), stopped.promise]);
      isOver = done === true;
      if (done) return;
      yield value;
    }
  } finally {
    signal?.removeEventListener("abort", stop);
    // It may be in the middle of something that takes long: nobody waits for that.
    if (!isOver) items.return?.()?.catch(() => undefined);
  }
}
