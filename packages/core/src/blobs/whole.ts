import type { IncomingBytes } from "../ports.ts";
import type { Bound } from "./store.ts";

/** All bytes at once, of what is small. More than may come are refused as soon as they are announced, or there. */
export async function wholeOf({ stream, length }: IncomingBytes, { most, tooLarge }: Bound): Promise<Uint8Array> {
  if ((length ?? 0) > most) throw tooLarge;
  const whole = new Uint8Array(most);
  let size = 0;
  for (const reader = stream.getReader(); ; ) {
    const { value } = await reader.read();
    if (!value) return whole.slice(0, size);
    if (size + value.length > most) {
      await reader.cancel();
      throw tooLarge;
    }
    whole.set(value, size);
    size += value.length;
  }
}

/** Bytes that were made here, as if they came in. */
export const cameIn = (bytes: Uint8Array<ArrayBuffer>): IncomingBytes => ({
  stream: new Blob([bytes]).stream(),
  length: bytes.length,
  type: null,
  name: null,
});
