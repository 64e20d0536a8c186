import { Document, HeadingLevel, ImageRun, Packer, Paragraph, Table, TableCell, TableRow } from "docx";
import { bytesOf, cutTo, joined, latin, packedSpaces, wide, type ZipEntry, zipOf } from "./bytes.ts";
import { onePage } from "./pdf-samples.ts";
import { lyingPng, pngOf, talkingJpeg } from "./pictures.ts";
import type { Sample } from "./sample.ts";

const cell = (text: string) => new TableCell({ children: [new Paragraph(text)] });

async function ordinary(): Promise<Uint8Array<ArrayBuffer>> {
  const image = new ImageRun({ type: "png", data: await pngOf(64, 48), transformation: { width: 64, height: 48 } });
  const children = [
    new Paragraph({ text: "The voyage", heading: HeadingLevel.TITLE }),
    new Paragraph({ text: "Moonlight", heading: HeadingLevel.HEADING_2 }),
    new Paragraph("Käthe sailed at noon."),
    new Paragraph({ children: [image] }),
    new Table({
      rows: [
        new TableRow({ children: [cell("port"), cell("day")] }),
        new TableRow({ children: [cell("Kiel"), cell("7")] }),
      ],
    }),
  ];
  return Uint8Array.from(await Packer.toBuffer(new Document({ sections: [{ children }] })));
}

const types = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="png" ContentType="image/png"/><Default Extension="jpeg" ContentType="image/jpeg"/><Default Extension="svg" ContentType="image/svg+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`;
const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const packageRelations = "http://schemas.openxmlformats.org/package/2006/relationships";
const relations = (inner: string) =>
  `<?xml version="1.0"?><Relationships xmlns="${packageRelations}">${inner}</Relationships>`;
const rootRelations = relations(`<Relationship Id="r1" Type="${office}/officeDocument" Target="word/document.xml"/>`);
const paragraph = (text: string) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`;
const documentXml = (body: string, before = "") =>
  `<?xml version="1.0"?>${before}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="${office}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><w:body>${body}</w:body></w:document>`;
const image = (attribute: string) =>
  `<w:p><w:r><w:drawing><wp:inline><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:${attribute}/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`;
const base: readonly ZipEntry[] = [
  { name: "[Content_Types].xml", data: types },
  { name: "_rels/.rels", data: rootRelations },
];

/** A Word document with this body, and with other entries beside. */
export const docxOf = (body: string, more: readonly ZipEntry[] = [], before = "") =>
  zipOf([...base, { name: "word/document.xml", data: documentXml(body, before) }, ...more]);
const withPacked = (packed: Uint8Array, size?: number) =>
  zipOf([...base, { name: "word/document.xml", packed, ...(size !== undefined && { size }) }]);
const withImage = (name: string, data: Uint8Array) =>
  docxOf(paragraph("moonlight") + image('embed="i1"'), [
    {
      name: "word/_rels/document.xml.rels",
      data: relations(`<Relationship Id="i1" Type="${office}/image" Target="media/${name}"/>`),
    },
    { name: `word/media/${name}`, data },
  ]);
/** With images of which nothing but their bytes is told. */
const withImages = (images: readonly Omit<ZipEntry, "name">[]) => {
  const related = images.map((_, at) => `<Relationship Id="i${at}" Type="${office}/image" Target="media/${at}.png"/>`);
  const body = images.map((_, at) => image(`embed="i${at}"`)).join("");
  return zipOf([
    ...images.map((entry, at) => ({ ...entry, name: `word/media/${at}.png` })),
    ...base,
    { name: "word/document.xml", data: documentXml(body) },
    { name: "word/_rels/document.xml.rels", data: relations(related.join("")) },
  ]);
};
const inner = (depth: number): Uint8Array =>
  depth === 0
    ? zipOf([{ name: "spaces", packed: packedSpaces(150_000_000) }])
    : zipOf([{ name: "inner.zip", data: inner(depth - 1) }]);
const laughs = `<!DOCTYPE w [<!ENTITY a "ha">${Array.from({ length: 30 }, (_, at) => `<!ENTITY ${String.fromCharCode(98 + (at % 25))}${at} "${"&a;".repeat(10)}">`).join("")}]>`;
const compound = (text: string) =>
  joined(
    Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1),
    new Uint8Array(1024),
    wide(text, true),
    new Uint8Array(4096),
  );

const moonlight = { contains: ["moonlight"] };
const damaged = { failed: /damaged or cut off/ };
const tooLarge = { failed: /too large when it is unpacked/ };
const declares = { failed: /declares a document type/ };

export const docxSamples: readonly Sample[] = [
  {
    name: "an ordinary one",
    format: "docx",
    bytes: ordinary,
    comes: {
      contains: ["Käthe sailed at noon.", "port\tday\nKiel\t7"],
      images: 1,
      headings: ["The voyage", "Moonlight"],
    },
  },
  {
    name: "a part that unpacks to 2 GB",
    format: "docx",
    bytes: () => withPacked(packedSpaces(2_000_000_000)),
    comes: tooLarge,
  },
  {
    name: "a part that says that it is small, and unpacks to 2 GB",
    format: "docx",
    bytes: () => withPacked(packedSpaces(2_000_000_000), 10),
    comes: tooLarge,
  },
  {
    name: "many images that unpack to 100 MB each",
    format: "docx",
    bytes: () => withImages(Array.from({ length: 4 }, () => ({ packed: packedSpaces(100_000_000) }))),
    comes: tooLarge,
  },
  {
    name: "500 images that are the same bytes",
    format: "docx",
    bytes: () => {
      const packed = packedSpaces(2_000_000);
      return withImages(Array.from({ length: 500 }, (_, at) => ({ packed, isFirst: at > 0 })));
    },
    comes: tooLarge,
  },
  {
    name: "archives in archives",
    format: "docx",
    bytes: () => docxOf(paragraph("moonlight"), [{ name: "word/embeddings/inner.zip", data: inner(5) }]),
    comes: moonlight,
  },
  {
    name: "a bomb where nobody looks",
    format: "docx",
    bytes: () =>
      docxOf(paragraph("moonlight"), [{ name: "docProps/thumbnail.wmf", packed: packedSpaces(2_000_000_000) }]),
    comes: moonlight,
  },
  {
    name: "20,000 entries",
    format: "docx",
    bytes: () =>
      docxOf(
        paragraph("moonlight"),
        Array.from({ length: 20_000 }, (_, at) => ({ name: `word/x${at}.bin`, data: "" })),
      ),
    comes: { failed: /20,003 files within, and at most 10,000/ },
  },
  {
    name: "30 million characters",
    format: "docx",
    bytes: () => docxOf(paragraph("moonlight ".repeat(100)).repeat(30_000)),
    comes: { failed: /more than 20,000,000 characters/ },
  },
  {
    name: "a password",
    format: "docx",
    bytes: () => compound("EncryptedPackage"),
    comes: { unsupported: /Word document is protected by a password/ },
  },
  {
    name: "a password of ZIP",
    format: "docx",
    bytes: () => zipOf([...base, { name: "word/document.xml", data: documentXml(""), isEncrypted: true }]),
    comes: { unsupported: /protected by a password/ },
  },
  {
    name: "a Word of 1997",
    format: "docx",
    bytes: () => compound("WordDocument"),
    comes: { unsupported: /before 2007: save it as DOCX/ },
  },
  ...[0.02, 0.5, 0.95].map(
    (share): Sample => ({
      name: `cut off at ${share * 100} %`,
      format: "docx",
      bytes: async () => cutTo(await ordinary(), share),
      comes: damaged,
    }),
  ),
  { name: "a PDF", format: "docx", bytes: () => onePage(), comes: { failed: /no Word document, but a PDF/ } },
  { name: "nothing", format: "docx", bytes: () => new Uint8Array(), comes: { failed: /no Word document/ } },
  {
    name: "an archive of something else",
    format: "docx",
    bytes: () => zipOf([{ name: "readme.txt", data: "moonlight" }]),
    comes: damaged,
  },
  {
    name: "an external entity",
    format: "docx",
    bytes: () => docxOf(paragraph("&x;"), [], '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    comes: declares,
  },
  {
    name: "an external document type",
    format: "docx",
    bytes: () => docxOf(paragraph("moonlight"), [], '<!DOCTYPE w SYSTEM "http://127.0.0.1:9/evil.dtd">'),
    comes: declares,
  },
  { name: "a billion laughs", format: "docx", bytes: () => docxOf(paragraph("&z24;"), [], laughs), comes: declares },
  {
    name: "an entity in a part beside",
    format: "docx",
    bytes: () => docxOf(paragraph("moonlight"), [{ name: "word/styles.xml", data: `${laughs}<w/>` }]),
    comes: declares,
  },
  {
    name: "elements 100,000 deep",
    format: "docx",
    bytes: () => docxOf("<w:p>".repeat(100_000) + "</w:p>".repeat(100_000)),
    comes: { failed: /too deep/ },
  },
  { name: "XML that ends too early", format: "docx", bytes: () => docxOf("<w:p>"), comes: damaged },
  {
    name: "UTF-8 that is broken",
    format: "docx",
    bytes: () =>
      zipOf([...base, { name: "word/document.xml", data: latin(documentXml(paragraph("moonlight \xff\xfe \xc3"))) }]),
    comes: moonlight,
  },
  {
    name: "images that are elsewhere",
    format: "docx",
    bytes: () =>
      docxOf(paragraph("moonlight") + image('link="i1"') + image('embed="i2"'), [
        {
          name: "word/_rels/document.xml.rels",
          data: relations(
            `<Relationship Id="i1" Type="${office}/image" Target="file:///etc/passwd" TargetMode="External"/><Relationship Id="i2" Type="${office}/image" Target="http://127.0.0.1:9/x.png" TargetMode="External"/>`,
          ),
        },
      ]),
    comes: { contains: ["moonlight"], lacks: ["root:"] },
  },
  {
    name: "an image elsewhere, and its name here",
    format: "docx",
    bytes: async () =>
      docxOf(paragraph("moonlight") + image('embed="i1"'), [
        {
          name: "word/_rels/document.xml.rels",
          data: relations(`<Relationship Id="i1" Type="${office}/image" Target="media/a.png" TargetMode="External"/>`),
        },
        { name: "word/media/a.png", data: await pngOf(32, 32) },
      ]),
    comes: moonlight,
  },
  {
    name: "macros",
    format: "docx",
    bytes: () => docxOf(paragraph("moonlight"), [{ name: "word/vbaProject.bin", data: "Sub AutoOpen() Shell" }]),
    comes: { contains: ["moonlight"], lacks: ["AutoOpen"] },
  },
  {
    name: "a page of HTML within",
    format: "docx",
    bytes: () =>
      docxOf(`${paragraph("moonlight")}<w:altChunk r:id="h1"/>`, [
        {
          name: "word/_rels/document.xml.rels",
          data: relations(`<Relationship Id="h1" Type="${office}/aFChunk" Target="evil.html"/>`),
        },
        { name: "word/evil.html", data: "<script>alert(1)</script>" },
      ]),
    comes: { contains: ["moonlight"], lacks: ["alert"] },
  },
  {
    name: "text that would be HTML",
    format: "docx",
    bytes: () => docxOf(paragraph("&lt;script&gt;moonlight&lt;/script&gt;")),
    comes: { contains: ["<script>moonlight</script>"] },
  },
  {
    name: "a PNG and a name that lies",
    format: "docx",
    bytes: async () => withImage("picture.jpeg", await pngOf(32, 32)),
    comes: { contains: ["moonlight"], images: 1 },
  },
  {
    name: "a JPEG with a comment",
    format: "docx",
    bytes: () => withImage("picture.jpeg", talkingJpeg()),
    comes: { contains: ["moonlight"], images: 1 },
  },
  {
    name: "an image of 60,000 by 60,000",
    format: "docx",
    bytes: async () => withImage("picture.png", await lyingPng(60_000, 60_000)),
    comes: moonlight,
  },
  {
    name: "an image of SVG with a script",
    format: "docx",
    bytes: () =>
      withImage("picture.svg", bytesOf('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')),
    comes: { contains: ["moonlight"], lacks: ["alert"] },
  },
  {
    name: "names that lead elsewhere",
    format: "docx",
    bytes: () =>
      docxOf(paragraph("moonlight"), [
        { name: "../../../etc/passwd", data: "root:" },
        { name: "word/../../x.xml", data: "<" },
        { name: "__proto__", data: "" },
      ]),
    comes: { contains: ["moonlight"], lacks: ["root:"] },
  },
  {
    name: "two entries of one name",
    format: "docx",
    bytes: () =>
      docxOf(paragraph("moonlight"), [{ name: "word/document.xml", data: documentXml(paragraph("sunlight")) }]),
    comes: damaged,
  },
  {
    name: "a way of packing that nobody knows",
    format: "docx",
    bytes: () => zipOf([...base, { name: "word/document.xml", data: documentXml(""), method: 99 }]),
    comes: damaged,
  },
  {
    name: "packed bytes that are none",
    format: "docx",
    bytes: () => withPacked(latin("\xff\xff\xff\xffnonsense")),
    comes: damaged,
  },
];
