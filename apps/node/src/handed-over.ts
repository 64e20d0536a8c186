/** How many bytes are kept for who does not ask, at most, beside what comes at once; and in how many pieces, however small. */
const most = 256 * 1024;
const mostPieces = 1024;

/**
 * The same bytes, for another thread. Each piece is a message there and one back, so what comes while nobody asks is kept and
 * given as one; who asks does not wait for more than there is. Says so as soon as the sender is gone: a thread is told only
 * once it has taken what came before, and one that waits for its turn takes nothing.
 */
export function handedOver(body: ReadableStream<Uint8Array>, gone: () => void): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  reader.closed.catch(gone);
  let kept: Uint8Array[] = [];
  let size = 0;
  let over = false;
  let coming: Promise<void> | undefined;

  function readOn(): void {
    if (coming || over || size >= most || kept.length >= mostPieces) return;
    coming = reader.read().then(({ done, value }) => {
      coming = undefined;
      over = done;
      if (value && value.length > 0) {
        kept.push(value);
        size += value.length;
      }
      readOn();
    });
    // Whoever asks next gets it.
    coming.catch(() => undefined);
  }

  function take(): Uint8Array {
    const whole = Buffer.concat(kept, size);
    kept = [];
    size = 0;
    return whole;
  }

  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        readOn();
        while (size === 0 && !over) await coming;
        if (size === 0) return controller.close();
        controller.enqueue(take());
        readOn();
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
