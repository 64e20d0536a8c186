import { expect, test } from "vitest";
import { openBody } from "./body.ts";

const mebibyte = 1024 * 1024;

/** Blanks, a piece at a time, then what `then` says. */
function blanksBefore(then: string, pieces: number) {
  const seen = { pulled: 0 };
  const source = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        seen.pulled++;
        if (seen.pulled <= pieces) return controller.enqueue(new Uint8Array(1024).fill(32));
        controller.enqueue(new TextEncoder().encode(then));
        controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  return { seen, body: openBody(source) };
}

test("blanks without end are not read on for a format, and nothing of them is lost", async () => {
  const { seen, body } = blanksBefore("[]", mebibyte / 1024);
  expect(await body.format()).toBe("csv");
  expect(seen.pulled).toBe(64);
  const all = await new Response(body.stream).bytes();
  expect(all).toHaveLength(mebibyte + 2);
});

test.each([
  ["json", "[]"],
  ["ndjson", "{}"],
  ["csv", "a"],
])("%s is told by the first character behind some blanks", async (format, then) => {
  expect(await blanksBefore(then, 60).body.format()).toBe(format);
});
