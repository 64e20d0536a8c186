import { describe, expect, test } from "vitest";
import { readRecords } from "./reading.ts";
import { bytesOf, latin, read, readStream, roomy, streamOf } from "./testing/read.ts";

const words = (text: string) => Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
const nasty =
  'sep=;\r\n"näme";count;$x;\r\n\r\n"a;""b""\r\nü";1.50;2024-05-01;\r\n😀;2.25;x\r"c"; 3;;;\n"";4.00;TRUE;""\r\nd\re;"\r";\n;;';
const nastyArray = JSON.stringify(
  [{ a: 'ü"\\\u2028😀', b: [1, { c: null }] }, 5, { a: -1.5e-7, "ké\n": true }, { a: "\u0000" }, {}, { b: 1.5e300 }],
  null,
  "\t",
);
const nastyLines = '{"a":"ü\\"😀"}\r\n\r\n{"a":[1,"\\u00e9"]}\n[]\n{"a":1\n{"bé":2024,"a":"2024-05-01"}\r\n ';
const sheet = {
  rows: [
    ['a;"b"\r\nü', 1.5, Date.UTC(2024, 4, 1), null],
    ["c", " 3", null, null],
    [null, "4.00", "TRUE", null],
  ],
  lines: [6, 9, 10, 11],
};
const files = [
  { of: "CSV", bytes: bytesOf(nasty), format: "csv", ...sheet },
  { of: "CSV with a mark", bytes: bytesOf(`\uFEFF${nasty}`), format: "csv", ...sheet },
  {
    of: "CSV in UTF-16",
    bytes: Uint8Array.from([0xff, 0xfe, ...words(nasty).flatMap((word) => [word & 255, word >> 8])]),
    format: "csv",
    ...sheet,
  },
  {
    of: "CSV in windows-1252",
    bytes: latin("a,b\r\nx,1\r\ncaf\xe9,2\r\n\x80 5,\xe9"),
    format: "csv",
    rows: [
      ["x", 1],
      ["café", 2],
      ["€ 5", "é"],
    ],
    lines: [],
  },
  {
    of: "NDJSON",
    bytes: bytesOf(nastyLines),
    format: "ndjson",
    rows: [
      ['ü"😀', null],
      ['[1,"é"]', null],
      ["2024-05-01", 2024],
    ],
    lines: [4, 5],
  },
  {
    of: "JSON",
    bytes: bytesOf(` ${nastyArray}\n`),
    format: "json",
    rows: [
      ['ü"\\\u2028😀', '[1,{"c":null}]', null],
      ["-1.5e-7", null, 1],
      [null, null, null],
      [null, "1.5e+300", null],
    ],
    lines: [2, 4],
  },
] as const;

describe.each(files)("$of", ({ bytes, format, rows, lines }) => {
  const options = { format };
  test("is the same wherever its pieces end, and whatever the size of batches", async () => {
    const whole = await read(bytes, options);
    expect(whole.rows).toEqual(rows);
    expect(whole.rejected.map(({ line }) => line)).toEqual(lines);
    for (let cut = 0; cut <= bytes.length; cut++) {
      expect(await readStream(streamOf(bytes, { cut }), options)).toEqual(whole);
    }
    for (const size of [1, 2, 3]) expect(await readStream(streamOf(bytes, { size }), options)).toEqual(whole);
  });

  test("gives no more than a batch at once", async () => {
    const reading = readRecords(streamOf(bytes), { format, limits: roomy, batchRows: 1 });
    let count = 0;
    for await (const batch of reading.batches) {
      expect(batch.rows.length + batch.rejected.length).toBe(1);
      expect(batch.written).toHaveLength(batch.rows.length);
      expect(batch.rowsRead).toBe(++count);
    }
  });
});

/** Larger than what is cut into rows at once, so that rows go over from one piece of work to the next. */
test("a large file with quotation marks and all line ends is the same in pieces of any size", async () => {
  const row = (at: number) => `${at},"x ""${at}""\r\ny",${"z".repeat(at % 90)}${["\r\n", "\n", "\r"][at % 3]}`;
  const bytes = bytesOf(`id,text,more\r\n${Array.from({ length: 8000 }, (_, at) => row(at)).join("")}`);
  for (const size of [997, 65_536, bytes.length]) {
    const { rows, rejected } = await readStream(streamOf(bytes, { size }), {});
    expect(rejected).toEqual([]);
    expect(rows).toHaveLength(8000);
    expect(rows.every(([id, text], at) => id === at && text === `x "${at}"\r\ny`)).toBe(true);
  }
});

describe("an encoding", () => {
  const header = "name,city\n";
  test.each([
    ["windows-1252", latin(`${header}Jos\xe9,\x80\n`), "José", "€"],
    ["windows-1252", latin(`${header}${"x,y\n".repeat(60_000)}Jos\xe9,\x80\n`), "José", "€"],
    [
      "windows-1251",
      latin(`${header}\xcf\xf0\xe8\xe2\xe5\xf2 \xec\xe8\xf0 \xea\xe0\xea \xe4\xe5\xeb\xe0,\xcc\xee\xf1\xea\xe2\xe0\n`),
      "Привет мир как дела",
      "Москва",
    ],
    [
      "shift_jis",
      latin(
        `${header}\x82\xb1\x82\xf1\x82\xc9\x82\xbf\x82\xcd\x90\xa2\x8a\x45\x81\x41,\x93\x8c\x8b\x9e\x82\xc5\x82\xb7\n`,
      ),
      "こんにちは世界、",
      "東京です",
    ],
    ["utf-8", bytesOf(`${header}José,日本\n`), "José", "日本"],
  ])("%s is found out", async (encoding, bytes, name, city) => {
    const { rows, ...result } = await read(bytes);
    expect(result.encoding).toBe(encoding);
    expect(rows.at(-1)).toEqual([name, city]);
  });

  test("that is given is taken", async () => {
    const bytes = latin(`${header}Jos\xe9,\xa4\n`);
    expect(await read(bytes, { encoding: "iso-8859-15" })).toMatchObject({
      encoding: "iso-8859-15",
      rows: [["José", "€"]],
    });
    expect(await read(bytesOf(`\uFEFF${header}é,x\n`), { encoding: "UTF8" })).toMatchObject({
      encoding: "utf-8",
      rows: [["é", "x"]],
    });
    await expect(read(bytes, { encoding: "klingon" })).rejects.toThrow(/no encoding "klingon"/);
  });

  test.each([
    ["UTF-8 so far", latin(`${header}Jos\xc3\xa9,x\nJos\xe9,y\n`), {}, "byte 22"],
    ["UTF-8 so far, which ends in the middle", latin(`${header}Jos\xc3\xa9,x\nJos\xe2\x82`), {}, "byte 22"],
    ["UTF-8 by its mark", latin(`\xef\xbb\xbf${header}Jos\xe9,y\n`), {}, "byte 17"],
    ["UTF-8 as given", latin(`${header}Jos\xe9,y\n`), { encoding: "utf-8" }, "byte 14"],
  ])("that is %s is not left again: it says at which byte it ends", async (_, bytes, options, where) => {
    const message = `It is not in the encoding utf-8, as ${where} shows: name the right one as \`encoding\``;
    for (const size of [1, 5, bytes.length]) {
      await expect(readStream(streamOf(bytes, { size }), options)).rejects.toMatchObject({
        code: "validation_failed",
        message,
      });
    }
  });

  test("other than UTF-8 that does not fit is refused, too", async () => {
    const odd = Uint8Array.from([0xff, 0xfe, 97, 0, 10, 0, 97]);
    await expect(read(odd)).rejects.toThrow(/not in the encoding utf-16le/);
    const half = Uint8Array.from([0xff, 0xfe, 97, 0, 10, 0, 0, 0xd8, 97, 0]);
    await expect(read(half)).rejects.toThrow(/not in the encoding utf-16le/);
  });
});

describe("a stream", () => {
  /** Gives a row whenever it is asked, and knows how often it was. */
  function counting(rows: number) {
    const seen = { pulled: 0, cancelled: false };
    const stream = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          seen.pulled++;
          if (seen.pulled > rows) controller.close();
          else controller.enqueue(bytesOf(seen.pulled === 1 ? "a\n" : `${"x".repeat(50_000)}\n`));
        },
        cancel() {
          seen.cancelled = true;
        },
      },
      { highWaterMark: 0 },
    );
    return { seen, stream };
  }
  const options = { format: "csv", limits: { ...roomy, fieldLength: 100_000 }, batchRows: 1 } as const;

  test("is asked only for what is taken, and cancelled by who takes no more", async () => {
    const { seen, stream } = counting(100);
    const { batches } = readRecords(stream, options);
    expect(seen.pulled).toBe(0);
    for await (const { rowsRead, bytesRead } of batches) {
      expect(bytesRead).toBeGreaterThanOrEqual(rowsRead * 50_001);
      expect(seen.pulled).toBeLessThan(rowsRead + 6);
      if (rowsRead === 10) break;
    }
    expect(seen.pulled).toBeLessThan(16);
    expect(seen.cancelled).toBe(true);
  });

  test.each([
    ["csv", "a\nx\n"],
    ["ndjson", '{"a":1}\n'],
    ["json", '[{"a":1},'],
  ] as const)("that fails passes on its failure: %s", async (format, text) => {
    const failure = new Error("the connection was lost");
    const stream = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(bytesOf(text));
        controller.error(failure);
      },
    });
    await expect(readStream(stream, { format })).rejects.toBe(failure);
  });

  test.each(["csv", "ndjson", "json"] as const)("is cancelled when it cannot be read on: %s", async (format) => {
    let cancelled = false;
    const stream = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(bytesOf(format === "json" ? "nonsense" : `${"x".repeat(200)}\n`));
      },
      cancel() {
        cancelled = true;
      },
    });
    await expect(readStream(stream, { format, limits: { bytes: 100_000 } })).rejects.toMatchObject({
      name: "StewardError",
    });
    expect(cancelled).toBe(true);
  });

  test("tells what was found out only after its end", async () => {
    const reading = readRecords(streamOf(bytesOf("a\n1\n2\n")), options);
    expect(() => reading.result()).toThrow(/when all of them have been read/);
    for await (const _ of reading.batches) expect(() => reading.result()).toThrow();
    expect(reading.result().fields).toHaveLength(1);
  });
});
