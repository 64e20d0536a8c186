import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { openConsole } from "./console.ts";

function consoleWith({ terminal, token = "" }: { readonly terminal: boolean; readonly token?: string }) {
  const [input, output, errors] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const streams = {
    input: Object.assign(input, { isTTY: terminal }),
    output,
    errors: Object.assign(errors, { isTTY: terminal }),
  };
  return { console: openConsole(streams, token), input, output, errors };
}

test("says neither the token nor what steers a terminal", async () => {
  const { console, output, errors } = consoleWith({ terminal: true, token: "stw_0123456789" });
  console.say("a\u001b[2Jb\tc\nd\u202ee\u0085\r stw_0123456789");
  console.note("no stw_0123456789!");
  output.end();
  errors.end();
  expect(await text(output)).toBe("a\\u001b[2Jb\tc\nd\\u202ee\\u0085\\u000d (the token)\n");
  expect(await text(errors)).toBe("no (the token)!\n");
});

test.each([
  ["y\n", true],
  ["YES\n", true],
  ["n\n", false],
  ["\n", false],
  ["yesterday\n", false],
  [null, false],
])("the answer %j to a question means %j", async (answer, meant) => {
  const { console, input } = consoleWith({ terminal: true });
  const confirmed = console.confirm("Do it?");
  if (answer === null) input.end();
  else input.write(answer);
  expect(await confirmed).toBe(meant);
});

test("without a terminal nobody is asked", async () => {
  const { console, errors } = consoleWith({ terminal: false });
  expect(await console.confirm("Do it?")).toBeNull();
  expect(errors.read()).toBeNull();
});
