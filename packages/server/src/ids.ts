import type { Clock, Ids } from "@steward/core";

const largestCount = 0xfff;

/**
 * UUIDs of version 7 (RFC 9562, method 1): those of one process are strictly ascending, also within a millisecond and
 * when the clock is set back.
 */
export function timeOrderedIds(clock: Clock): Ids {
  let milliseconds = 0;
  let count = 0;
  return {
    next() {
      const random = crypto.getRandomValues(new Uint8Array(10));
      const now = clock.now().getTime();
      if (now > milliseconds) {
        milliseconds = now;
        // The upper half stays free for counting on.
        count = (((random[8] ?? 0) << 8) | (random[9] ?? 0)) & (largestCount >> 1);
      } else if (++count > largestCount) {
        milliseconds++;
        count = 0;
      }
      const time = milliseconds.toString(16).padStart(12, "0");
      const [first = 0, ...rest] = random.subarray(0, 8);
      const tail = [(first & 0x3f) | 0x80, ...rest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
      const counted = count.toString(16).padStart(3, "0");
      return `${time.slice(0, 8)}-${time.slice(8)}-7${counted}-${tail.slice(0, 4)}-${tail.slice(4)}`;
    },
  };
}
