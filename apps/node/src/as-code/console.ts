import { createInterface } from "node:readline/promises";
import type { Readable, Writable } from "node:stream";

/** How a command speaks with whoever has called it. Never says the token, and nothing that steers a terminal. */
export interface Console {
  /** What was asked for. */
  say(text: string): void;
  /** What goes on beside it, and what fails. */
  note(text: string): void;
  /** False unless the answer is yes, null where nobody could be asked. */
  confirm(question: string): Promise<boolean | null>;
}

export interface Streams {
  readonly input: Readable & { readonly isTTY?: boolean | undefined };
  readonly output: Writable;
  readonly errors: Writable & { readonly isTTY?: boolean | undefined };
}

/** What steers a terminal, or turns the direction of what follows. */
const steering = /[\p{Cc}\p{Bidi_Control}]/gu;

const escaped = (character: string) =>
  character === "\n" || character === "\t" ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** What is shorter is no token, and may be in any word. */
const shortestToken = 10;

export function openConsole({ input, output, errors }: Streams, token = ""): Console {
  const hidden = (text: string) => (token.length < shortestToken ? text : text.replaceAll(token, "(the token)"));
  const clean = (text: string) => hidden(text).replaceAll(steering, escaped);
  return {
    say: (text) => void output.write(`${clean(text)}\n`),
    note: (text) => void errors.write(`${clean(text)}\n`),
    async confirm(question) {
      if (!input.isTTY || !errors.isTTY) return null;
      const reader = createInterface({ input, output: errors });
      // Ctrl-D leaves the question open for ever, and Ctrl-C makes it fail: both are no.
      const ended = new Promise<string>((resolve) => reader.once("close", () => resolve("")));
      const asked = reader.question(`${clean(question)} [y/N] `).catch(() => "");
      const answer = await Promise.race([asked, ended]);
      reader.close();
      return /^y(es)?$/i.test(answer.trim());
    },
  };
}
