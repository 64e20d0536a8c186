import { type Block, Headings, joined, type TextPiece } from "./blocks.ts";
import { decodedText } from "./encoding.ts";

/** Markdown as it stands, under its headings. */
export function* readMarkdown(bytes: Uint8Array): Generator<TextPiece, void> {
  yield* joined(blocksOf(linesOf(decodedText("markdown", bytes).replace(/\r\n?/g, "\n"))));
}

/** No line is looked at beyond it: what is longer is no heading, and no fence. */
const longestLine = 1000;

function* linesOf(text: string): Generator<string, void> {
  for (let from = 0; from <= text.length; ) {
    const end = text.indexOf("\n", from);
    const to = end === -1 ? text.length : end;
    yield text.slice(from, to);
    from = to + 1;
  }
}

/** A block for each line, so that a heading has the line in which it stands as its first. */
function* blocksOf(lines: Iterable<string>): Generator<Block, void> {
  const headings = new Headings();
  let fence: string | undefined;
  let before: string | undefined;
  const block = (text: string): Block => ({ text, headings: headings.current, separator: "\n" });
  for (const line of lines) {
    const short = line.slice(0, longestLine);
    const level = fence === undefined && before !== undefined ? underlineLevel(short, before) : undefined;
    if (level !== undefined && before !== undefined) headings.enter(level, before.trim());
    if (before !== undefined) yield block(before);
    before = line;
    if (level !== undefined) {
      yield block(line);
      before = undefined;
      continue;
    }
    if (fence !== undefined) {
      if (closesFence(short, fence)) fence = undefined;
      continue;
    }
    fence = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/.exec(short)?.[1];
    const heading = headingOf(short);
    if (heading === undefined) continue;
    headings.enter(heading.level, heading.text);
    yield block(line);
    before = undefined;
  }
  if (before !== undefined) yield block(before);
}

/** An underline of `=` or `-` beneath a line of text makes that a heading. */
function underlineLevel(line: string, before: string): number | undefined {
  if (before.length > longestLine || !/^ {0,3}[^\s>#`~|+*-]/.test(before)) return undefined;
  if (/^ {0,3}=+\s*$/.test(line)) return 1;
  return /^ {0,3}-+\s*$/.test(line) ? 2 : undefined;
}

function headingOf(line: string): { readonly level: number; readonly text: string } | undefined {
  const match = /^ {0,3}(#{1,6})(?:\s+(.*))?$/.exec(line);
  if (!match) return undefined;
  const text = (match[2] ?? "")
    .trim()
    .replace(/(^|\s)#+$/, "")
    .trim();
  return text === "" ? undefined : { level: match[1]?.length ?? 1, text };
}

function closesFence(line: string, fence: string): boolean {
  const run = /^ {0,3}(`{3,}|~{3,})\s*$/.exec(line)?.[1];
  return run !== undefined && run.charAt(0) === fence.charAt(0) && run.length >= fence.length;
}
