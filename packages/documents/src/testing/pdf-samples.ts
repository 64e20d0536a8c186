import { constants, deflateRawSync, deflateSync } from "node:zlib";
import { PDFDocument, StandardFonts } from "pdf-lib";
import { bytesOf, cutTo, joined, latin } from "./bytes.ts";
import { pngOf } from "./pictures.ts";
import type { Sample } from "./sample.ts";

/** A PDF of these objects, numbered from 1 on; the first is its catalogue. */
export function rawPdf(objects: readonly (string | Uint8Array)[], trailer = ""): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [latin("%PDF-1.7\n")];
  const places: number[] = [];
  let at = 9;
  const add = (part: Uint8Array) => {
    parts.push(part);
    at += part.length;
  };
  for (const [index, object] of objects.entries()) {
    places.push(at);
    add(latin(`${index + 1} 0 obj\n`));
    add(typeof object === "string" ? latin(object) : object);
    add(latin("\nendobj\n"));
  }
  const table = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("");
  const start = at;
  add(
    latin(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`,
    ),
  );
  return joined(...parts);
}

const streamOf = (data: Uint8Array, dictionary = ""): Uint8Array =>
  joined(latin(`<< /Length ${data.length} ${dictionary} >>\nstream\n`), data, latin("\nendstream"));
const drawn = (text: string) => streamOf(latin(`BT /F1 12 Tf 50 700 Td (${text}) Tj ET`));
const font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>";
const page = (contents: number, resources = "/Font << /F1 5 0 R >>") =>
  `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents ${contents} 0 R /Resources << ${resources} >> >>`;

/** A PDF of one page with the text "moonlight", and what else is told; further objects begin with number 6. */
export const onePage = ({
  catalogue = "",
  resources = "/Font << /F1 5 0 R >>",
  contents = drawn("moonlight"),
  more = [],
  trailer = "",
}: {
  readonly catalogue?: string;
  readonly resources?: string;
  readonly contents?: string | Uint8Array;
  readonly more?: readonly (string | Uint8Array)[];
  readonly trailer?: string;
} = {}): Uint8Array<ArrayBuffer> =>
  rawPdf(
    [
      `<< /Type /Catalog /Pages 2 0 R ${catalogue} >>`,
      "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      page(4, resources),
      contents,
      font,
      ...more,
    ],
    trailer,
  );

/** So many pages, each with its number. */
export async function pagesPdf(pages: number, lines = 1): Promise<Uint8Array<ArrayBuffer>> {
  const document = await PDFDocument.create();
  const helvetica = await document.embedFont(StandardFonts.Helvetica);
  for (let number = 1; number <= pages; number++) {
    const added = document.addPage();
    for (let line = 0; line < lines; line++) {
      const text = `Page ${number}, line ${line}: the quick brown fox ${number * line} jumps over the lazy dog ${line % 17} times.`;
      added.drawText(text, { x: 40, y: 770 - line * 14, size: 10, font: helvetica });
    }
  }
  return Uint8Array.from(await document.save());
}

async function illustrated(): Promise<Uint8Array<ArrayBuffer>> {
  const document = await PDFDocument.create();
  const image = await document.embedPng(await pngOf(64, 48));
  for (let number = 0; number < 3; number++) document.addPage().drawImage(image, { x: 10, y: 10 });
  return Uint8Array.from(await document.save());
}

const imageObject = (width: number, height: number, data = latin("x")) =>
  streamOf(
    data,
    `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB /BitsPerComponent 8`,
  );
const withImage = "/Font << /F1 5 0 R >> /XObject << /Im 6 0 R >>";
const drawnWithImage = streamOf(latin("BT /F1 12 Tf 50 700 Td (moonlight) Tj ET q 10 0 0 10 0 0 cm /Im Do Q"));
const moonlight = { contains: ["moonlight"] };
const damaged = { failed: /damaged or cut off/ };
const many = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => make(index));

/** A square without light, packed piece by piece. */
const blackImage = (side: number) => {
  const million = deflateRawSync(Buffer.alloc(1_000_000), { finishFlush: constants.Z_FULL_FLUSH });
  const rows = Array.from({ length: (side * side * 3) / 1_000_000 }, () => million);
  const data = joined(Uint8Array.of(0x78, 0x9c), ...rows, deflateRawSync(""));
  const what = "/Type /XObject /Subtype /Image /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode";
  return streamOf(data, `${what} /Width ${side} /Height ${side}`);
};

/** Draws the next one twice; the last one has a text. */
const nestedForm = (index: number) => {
  const isLast = index === 29;
  const data = isLast ? "BT /F1 1 Tf (x) Tj ET" : "/A Do /A Do";
  const next = isLast ? "/Font << /F1 5 0 R >>" : `/XObject << /A ${index + 7} 0 R >>`;
  const dictionary = `/Length ${data.length} /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << ${next} >>`;
  return `<< ${dictionary} >>\nstream\n${data}\nendstream`;
};

export const pdfSamples: readonly Sample[] = [
  {
    name: "three pages",
    format: "pdf",
    bytes: () => pagesPdf(3, 5),
    comes: { contains: ["Page 1, line 0", "Page 3, line 4"] },
  },
  { name: "an image on three pages", format: "pdf", bytes: illustrated, comes: { contains: [], images: 1 } },
  {
    name: "an outline",
    format: "pdf",
    bytes: () =>
      onePage({
        catalogue: "/Outlines 6 0 R",
        more: [
          "<< /First 7 0 R /Last 7 0 R /Count 1 >>",
          "<< /Title (Chapter one) /Parent 6 0 R /Dest [3 0 R /Fit] /First 8 0 R /Last 8 0 R >>",
          "<< /Title (Part two) /Parent 7 0 R /Dest [3 0 R /Fit] >>",
        ],
      }),
    comes: { contains: ["moonlight"], headings: ["Chapter one", "Part two"] },
  },
  { name: "a preface of junk", format: "pdf", bytes: () => joined(latin("junk\n"), onePage()), comes: moonlight },
  {
    name: "10,000 pages",
    format: "pdf",
    bytes: () =>
      rawPdf([
        "<< /Type /Catalog /Pages 2 0 R >>",
        `<< /Type /Pages /Count 10000 /Kids [${many(10_000, () => "3 0 R").join(" ")}] >>`,
        page(4),
        drawn("moonlight"),
        font,
      ]),
    comes: { failed: /10,000 pages, and at most 5,000/ },
  },
  {
    name: "a count of pages that lies",
    format: "pdf",
    bytes: () =>
      rawPdf([
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Count 2000000000 /Kids [3 0 R] >>",
        page(4),
        drawn("moonlight"),
        font,
      ]),
    comes: moonlight,
  },
  {
    name: "no page",
    format: "pdf",
    bytes: () => rawPdf(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 0 /Kids [] >>"]),
    comes: { contains: [] },
  },
  {
    name: "a password",
    format: "pdf",
    bytes: () =>
      onePage({
        trailer: `/ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>] /Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <${"ab".repeat(32)}> /U <${"cd".repeat(32)}> >>`,
      }),
    comes: { unsupported: /protected by a password: remove it/ },
  },
  {
    name: "an unknown encryption",
    format: "pdf",
    bytes: () => onePage({ trailer: "/ID [<00> <00>] /Encrypt << /Filter /Own /V 9 >>" }),
    comes: damaged,
  },
  ...[0.1, 0.5, 0.9, 0.99].map(
    (share): Sample => ({
      name: `cut off at ${share * 100} %`,
      format: "pdf",
      bytes: async () => cutTo(await pagesPdf(40, 30), share),
      comes: damaged,
    }),
  ),
  {
    name: "cut off in what was appended",
    format: "pdf",
    bytes: () => joined(onePage(), latin("6 0 obj\n<< /Length 200000 >>\nstream\n"), new Uint8Array(100_000)),
    comes: damaged,
  },
  {
    name: "all of an image of 12,000 by 12,000",
    format: "pdf",
    bytes: () => onePage({ resources: withImage, contents: drawnWithImage, more: [blackImage(12_000)] }),
    comes: moonlight,
  },
  { name: "a PNG", format: "pdf", bytes: () => pngOf(32, 32), comes: { failed: /no PDF, but a PNG image/ } },
  { name: "nothing", format: "pdf", bytes: () => new Uint8Array(), comes: { failed: /no PDF/ } },
  {
    name: "junk behind its beginning",
    format: "pdf",
    bytes: () =>
      joined(
        latin("%PDF-1.7\n"),
        Uint8Array.from({ length: 100_000 }, (_, at) => (at * 7919) % 256),
        latin("startxref\n5\n%%EOF"),
      ),
    comes: damaged,
  },
  {
    name: "pages that are their own children",
    format: "pdf",
    bytes: () =>
      rawPdf([
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Count 3 /Kids [2 0 R 3 0 R 2 0 R] >>",
        page(4),
        drawn("moonlight"),
        font,
      ]),
    comes: damaged,
  },
  {
    name: "a table of places that refers to itself",
    format: "pdf",
    bytes: () => {
      const plain = Buffer.from(onePage()).toString("latin1");
      return latin(plain.replace("/Root 1 0 R", `/Root 1 0 R /Prev ${plain.indexOf("xref\n0")}`));
    },
    comes: moonlight,
  },
  {
    name: "arrays in arrays",
    format: "pdf",
    bytes: () => onePage({ catalogue: "/Names 6 0 R", more: ["[".repeat(200_000) + "]".repeat(200_000)] }),
    comes: moonlight,
  },
  {
    name: "arrays in arrays where text should be",
    format: "pdf",
    bytes: () => onePage({ contents: streamOf(latin(`${"[".repeat(500_000)} Tj`)) }),
    comes: { contains: [] },
  },
  {
    name: "dictionaries in dictionaries",
    format: "pdf",
    bytes: () =>
      onePage({ resources: `/Font << /F1 5 0 R >> /A ${"<< /A ".repeat(100_000)} 1 ${">> ".repeat(100_000)}` }),
    comes: damaged,
  },
  {
    name: "an outline 10,000 deep",
    format: "pdf",
    bytes: () =>
      onePage({
        catalogue: "/Outlines 6 0 R",
        more: many(10_000, (index) => `<< /Title (Level ${index}) /Dest [3 0 R /Fit] /First ${index + 7} 0 R >>`),
      }),
    comes: { failed: /./ },
    needsThread: true,
  },
  {
    name: "an outline that goes in circles",
    format: "pdf",
    bytes: () =>
      onePage({
        catalogue: "/Outlines 6 0 R",
        more: ["<< /First 7 0 R >>", "<< /Title (Again) /Dest [3 0 R /Fit] /Next 7 0 R /First 6 0 R >>"],
      }),
    comes: moonlight,
  },
  {
    name: "an image of 100,000 by 100,000",
    format: "pdf",
    bytes: () => onePage({ resources: withImage, contents: drawnWithImage, more: [imageObject(100_000, 100_000)] }),
    comes: moonlight,
  },
  {
    name: "an image with too few bytes",
    format: "pdf",
    bytes: () => onePage({ resources: withImage, contents: drawnWithImage, more: [imageObject(400, 400)] }),
    comes: moonlight,
  },
  {
    name: "a broken JPEG",
    format: "pdf",
    bytes: () =>
      onePage({
        resources: withImage,
        contents: drawnWithImage,
        more: [
          streamOf(
            latin("\xff\xd8\xff\xdbnonsense"),
            "/Type /XObject /Subtype /Image /Width 40 /Height 40 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode",
          ),
        ],
      }),
    comes: moonlight,
  },
  {
    name: "contents that unpack to 100 MB",
    format: "pdf",
    bytes: () => onePage({ contents: streamOf(deflateSync(Buffer.alloc(100_000_000, " ")), "/Filter /FlateDecode") }),
    comes: { contains: [] },
  },
  {
    name: "scripts",
    format: "pdf",
    bytes: () => onePage({ catalogue: "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>" }),
    comes: { contains: ["moonlight"], lacks: ["alert"] },
  },
  {
    name: "a form that draws itself",
    format: "pdf",
    bytes: () =>
      onePage({
        resources: "/Font << /F1 5 0 R >> /XObject << /Fm 6 0 R >>",
        contents: streamOf(latin("BT /F1 12 Tf 50 700 Td (moonlight) Tj ET /Fm Do")),
        more: [
          streamOf(
            latin("/Fm Do"),
            "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /Fm 6 0 R >> >>",
          ),
        ],
      }),
    comes: moonlight,
  },
  {
    name: "forms that draw one another a billion times",
    format: "pdf",
    bytes: () =>
      onePage({ resources: `/XObject << /A 6 0 R >>`, contents: streamOf(latin("/A Do")), more: many(30, nestedForm) }),
    comes: { failed: /was not read within/ },
    needsThread: true,
  },
  {
    name: "a font that is not there",
    format: "pdf",
    bytes: () => onePage({ resources: "/Font << /F1 99 0 R >>" }),
    comes: { contains: [] },
  },
  {
    name: "a stream that is longer than the file",
    format: "pdf",
    bytes: () => onePage({ contents: "<< /Length 999999999 >>\nstream\nBT /F1 12 Tf (moonlight) Tj ET\nendstream" }),
    comes: moonlight,
  },
  { name: "text that says what it is not", format: "pdf", bytes: () => bytesOf("<html>%PDF-</html>"), comes: damaged },
];
