import fc from "fast-check";
import { expect, test } from "vitest";
import { type Chunk, Chunker, mostTokens, type TextPiece } from "./chunks.ts";
import { tokensOf } from "./tokens.ts";

const piece = (text: string, more: Partial<TextPiece> = {}): TextPiece => ({
  kind: "text",
  text,
  page: null,
  sheet: null,
  headings: [],
  ...more,
});

function chunksOf(pieces: readonly TextPiece[]): Chunk[] {
  const chunker = new Chunker();
  return [...pieces.flatMap((one) => chunker.add(one)), ...chunker.end()];
}

const words = (count: number, word: (index: number) => string = (index) => `word${index}`) =>
  Array.from({ length: count }, (_, index) => word(index)).join(" ");

test("a short text is one chunk, without the blanks around it", () => {
  expect(chunksOf([piece("\n  Hello there. \n", { page: 3, headings: ["One", "Two"] })])).toEqual([
    { text: "Hello there.", start: 3, end: 15, page: 3, sheet: null, heading: "One > Two" },
  ]);
  expect(chunksOf([piece("  \n\t "), piece("")])).toEqual([]);
});

test("a long text is cut between sentences, and each chunk repeats the end of the one before", () => {
  const sentence = (index: number) => `This is the sentence with the number ${index}, which says nothing else.`;
  const text = words(100, sentence);
  const chunks = chunksOf([piece(text)]);
  expect(chunks.length).toBeGreaterThan(4);
  for (const [index, chunk] of chunks.entries()) {
    expect(chunk.text).toMatch(/^This is .* else\.$/s);
    const next = chunks[index + 1];
    if (!next) continue;
    const repeated = chunk.end - next.start;
    expect(repeated).toBeGreaterThan(0);
    expect(tokensOf(text.slice(next.start, chunk.end))).toBeLessThanOrEqual(60);
  }
});

test("it is rather cut between paragraphs than between sentences, and rather before a heading than between paragraphs", () => {
  const some = words(150);
  const [first] = chunksOf([piece(`${some}.\n\n${words(30)}. ${words(200)}`)]);
  expect(first?.text).toBe(`${some}.`);
  const [alone, second] = chunksOf([
    piece(`${some}\n\n`, { headings: ["A"] }),
    piece(`${words(40)}\n\n${words(400)}`, { headings: ["B"] }),
  ]);
  expect(alone?.text).toBe(some);
  expect(second).toMatchObject({ heading: "B" });
  expect(second?.text.startsWith("word0 word1")).toBe(true);
});

test("a chunk begins with each page, and that of the page before goes on to the end of a sentence", () => {
  const [one, two] = ["One page ends with a sentence that", "runs over to the next. Another one."];
  expect(chunksOf([piece(one, { page: 1 }), piece(two, { page: 2 })])).toEqual([
    { text: `${one}\n${two.slice(0, 22)}`, start: 0, end: 57, page: 1, sheet: null, heading: null },
    { text: two, start: 35, end: 70, page: 2, sheet: null, heading: null },
  ]);
  const long = Array.from({ length: 4 }, (_, page) =>
    piece(
      words(700, (index) => `p${page}w${index}`),
      { page },
    ),
  );
  const chunks = chunksOf(long);
  for (const [index, { text, page }] of chunks.entries()) {
    expect(text.startsWith(`p${page}w`)).toBe(true);
    if (chunks[index - 1] && chunks[index - 1]?.page !== page) expect(text.startsWith(`p${page}w0 `)).toBe(true);
  }
  const ends = [
    ["One.", "two."],
    ["One", "Two."],
    ["One\n\n", "two."],
    ["One", words(90)],
  ];
  for (const [end = "", next = ""] of ends)
    expect(chunksOf([piece(end, { page: 1 }), piece(next, { page: 2 })])).toMatchObject([
      { text: end.trim(), page: 1 },
      { text: next, page: 2 },
    ]);
});

test("chunks never go on over sheets", () => {
  expect(chunksOf([piece("a", { sheet: "X" }), piece("b", { sheet: "X" }), piece("c", { sheet: "Y" })])).toMatchObject([
    { text: "a\nb", start: 0, end: 3, sheet: "X" },
    { text: "c", start: 4, end: 5, sheet: "Y" },
  ]);
});

test("the last word of a piece stays another one than the first of the next", () => {
  expect(chunksOf([piece("in"), piece("voice"), piece(" ends")])).toMatchObject([{ text: "in\nvoice ends" }]);
});

const writings = [
  "x",
  "Ab ",
  "wörter ",
  "слово ",
  "12 345 ",
  "文",
  "文。",
  "かな",
  "😀",
  "\ud83d",
  "\ude00",
  "\0",
  ". ",
  "!)",
  "\n",
].concat(["\n\n", "   ", "\u00a0", "\t", "กข"]);
const texts = fc
  .array(
    fc.tuple(
      fc.array(fc.constantFrom(...writings), { maxLength: 40 }),
      fc.integer({ min: 1, max: 60 }),
      fc.record({
        page: fc.option(fc.integer({ min: 1, max: 3 })),
        sheet: fc.option(fc.constantFrom("X", "Y")),
        headings: fc.array(fc.constantFrom("One", "Two"), { maxLength: 2 }),
      }),
    ),
    { maxLength: 8 },
  )
  .map((all) => all.map(([parts, times, place]) => piece(parts.join("").repeat(times), place)));

test("what stands on a page is in a chunk of that page, the last one that has it", () => {
  fc.assert(
    fc.property(texts, (pieces) => {
      const shown = new Map<number, number | null>();
      for (const { text, start, page } of chunksOf(pieces))
        for (const [index, unit] of text.split("").entries()) if (/\S/.test(unit)) shown.set(start + index, page);
      const given = pieces.flatMap(({ text, page }) =>
        Array<number | null>(text.replaceAll(/[\s\0]/g, "").length).fill(page),
      );
      expect([...shown.entries()].sort(([one], [other]) => one - other).map(([, page]) => page)).toEqual(given);
    }),
    { numRuns: 200 },
  );
});

test("chunks cover all that is no blank, say exactly where they are, and are bounded and well formed", () => {
  fc.assert(
    fc.property(texts, (pieces) => {
      const chunks = chunksOf(pieces);
      const whole = new Map<number, string>();
      for (const { text, start, end } of chunks) {
        expect(text.length).toBe(end - start);
        expect(text).toBe(text.trim());
        expect(text.isWellFormed()).toBe(true);
        expect(text).not.toContain("\0");
        expect(tokensOf(text)).toBeLessThanOrEqual(mostTokens);
        for (let index = 0; index < text.length; index++) {
          const unit = text.charAt(index);
          expect(whole.get(start + index) ?? unit).toBe(unit);
          whole.set(start + index, unit);
        }
      }
      const seen = [...whole.entries()]
        .sort(([one], [other]) => one - other)
        .map(([, unit]) => unit)
        .join("");
      const given = pieces.map(({ text }) => text.toWellFormed().replaceAll("\0", " ")).join("");
      expect(seen.replaceAll(/\s/g, "")).toBe(given.replaceAll(/\s/g, ""));
    }),
    { numRuns: 300 },
  );
});

test("chunks come in their order, none within another, and none holds text of two sheets", () => {
  fc.assert(
    fc.property(texts, (pieces) => {
      const chunks = chunksOf(pieces);
      for (const [index, chunk] of chunks.entries()) {
        const next = chunks[index + 1];
        if (!next) continue;
        expect(next.start).toBeGreaterThan(chunk.start);
        expect(next.end).toBeGreaterThanOrEqual(chunk.end);
        if (next.sheet !== chunk.sheet) expect(next.start).toBeGreaterThanOrEqual(chunk.end);
      }
    }),
    { numRuns: 200 },
  );
});

test("ten million letters are cut in seconds", () => {
  const began = performance.now();
  const text = words(50_000);
  let count = 0;
  const chunker = new Chunker();
  for (let part = 0; part < 20; part++) count += chunker.add(piece(text)).length;
  count += chunker.end().length;
  expect(count).toBeGreaterThan(5000);
  expect(performance.now() - began).toBeLessThan(10_000);
});
