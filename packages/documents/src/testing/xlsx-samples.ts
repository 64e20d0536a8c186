import { cutTo, packedSpaces, type ZipEntry, zipOf } from "./bytes.ts";
import type { Sample } from "./sample.ts";

const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const sheetXml = (rows: string, before = "") =>
  `<?xml version="1.0"?>${before}<worksheet ${main}><sheetData>${rows}</sheetData></worksheet>`;
const strings = (items: readonly string[], before = ""): ZipEntry => ({
  name: "xl/sharedStrings.xml",
  data: `<?xml version="1.0"?>${before}<sst ${main}>${items.map((item) => `<si>${item}</si>`).join("")}</sst>`,
});
const styles: ZipEntry = {
  name: "xl/styles.xml",
  data: `<styleSheet ${main}><numFmts><numFmt numFmtId="164" formatCode="&quot;Day&quot; yyyy\\-mm\\-dd hh:mm"/><numFmt numFmtId="165" formatCode="[Red]0.00 &quot;days&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="20"/></cellXfs></styleSheet>`,
};

/** A workbook with these sheets, each by its XML or what else its entry is made of, and with other entries beside. */
function workbook(
  sheets: readonly (string | Uint8Array | undefined)[],
  more: readonly ZipEntry[] = [],
  properties = "",
): Uint8Array<ArrayBuffer> {
  const listed = sheets
    .map((_, at) => `<sheet name="Sheet ${at + 1}" sheetId="${at + 1}" r:id="r${at + 1}"/>`)
    .join("");
  const related = sheets
    .map((_, at) => `<Relationship Id="r${at + 1}" Type="${office}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`)
    .join("");
  const parts = sheets.flatMap((sheet, at): ZipEntry[] => {
    const name = `xl/worksheets/sheet${at + 1}.xml`;
    if (sheet === undefined) return [];
    return [typeof sheet === "string" ? { name, data: sheet } : { name, packed: sheet }];
  });
  return zipOf([
    {
      name: "xl/workbook.xml",
      data: `<workbook ${main} xmlns:r="${office}">${properties}<sheets>${listed}</sheets></workbook>`,
    },
    {
      name: "xl/_rels/workbook.xml.rels",
      data: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${related}</Relationships>`,
    },
    ...parts,
    ...more,
  ]);
}

const shared = (index: number | string) => `<c t="s"><v>${index}</v></c>`;
const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
const row = (...cells: readonly string[]) => `<row>${cells.join("")}</row>`;
const ordinary = () =>
  workbook(
    [
      sheetXml(
        row(shared(0), shared(1)) +
          row(
            shared(2),
            '<c s="1"><v>45413</v></c>',
            '<c s="2"><v>45413.5625</v></c>',
            '<c s="3"><v>2.5</v></c>',
            '<c s="4"><v>0.5</v></c>',
          ),
      ),
      sheetXml(
        row('<c r="A1"><v>0.30000000000000004</v></c>', '<c r="D1" t="b"><v>1</v></c>', '<c t="e"><v>#N/A</v></c>'),
      ),
    ],
    [strings(["<t>port</t>", "<t>day</t>", "<r><t>Ki</t></r><r><t>el</t></r><rPh><t>kiru</t></rPh>"]), styles],
  );
const declares = { failed: /declares a document type/ };
const laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>';

export const xlsxSamples: readonly Sample[] = [
  {
    name: "an ordinary one",
    format: "xlsx",
    bytes: ordinary,
    comes: {
      contains: ["port\tday\nKiel\t2024-05-01\t2024-05-01 13:30:00\t2.5\t12:00:00", "0.3\t\t\tTRUE\t#N/A"],
      lacks: ["kiru"],
      headings: ["port\tday"],
    },
  },
  {
    name: "dates from 1904 on",
    format: "xlsx",
    bytes: () => workbook([sheetXml(row('<c s="1"><v>1</v></c>'))], [styles], '<workbookPr date1904="1"/>'),
    comes: { contains: ["1904-01-02"] },
  },
  {
    name: "dates that are none",
    format: "xlsx",
    bytes: () =>
      workbook(
        [
          sheetXml(
            row(
              '<c s="1"><v>1e300</v></c>',
              '<c s="1"><v>NaN</v></c>',
              '<c s="1"><v>-99999999</v></c>',
              text("moonlight"),
            ),
          ),
        ],
        [styles],
      ),
    comes: { contains: ["moonlight", "NaN"] },
  },
  {
    name: "16,384 columns",
    format: "xlsx",
    bytes: () => workbook([sheetXml(row(...Array.from({ length: 16_384 }, (_, at) => text(`c${at}`))))]),
    comes: { contains: ["c0\tc1", "c16383"] },
  },
  {
    name: "cells far apart",
    format: "xlsx",
    bytes: () =>
      workbook([sheetXml(`<row r="1048576"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>2</v></c></row>`.repeat(5000))]),
    comes: { contains: ["1\t"] },
  },
  {
    name: "texts that are not there",
    format: "xlsx",
    bytes: () =>
      workbook([sheetXml(row(shared(99), shared(-1), shared("x"), shared(0)))], [strings(["<t>moonlight</t>"])]),
    comes: { contains: ["moonlight"] },
  },
  {
    name: "formulas",
    format: "xlsx",
    bytes: () =>
      workbook([
        sheetXml(row("<c><f>1+1</f><v>2</v></c>", "<c t=\"str\"><f>cmd|' /C calc'!A0</f><v>moonlight</v></c>")),
      ]),
    comes: { contains: ["2\tmoonlight"], lacks: ["calc"] },
  },
  {
    name: "a long text in many cells",
    format: "xlsx",
    bytes: () =>
      workbook(
        [sheetXml(row(...Array.from({ length: 16_000 }, () => shared(0))).repeat(20))],
        [strings([`<t>${"x".repeat(32_767)}</t>`])],
      ),
    comes: { failed: /20,000,000 characters/ },
  },
  {
    name: "a billion laughs",
    format: "xlsx",
    bytes: () => workbook([sheetXml(row(shared(0)))], [strings(["<t>&b;</t>"], laughs)]),
    comes: declares,
  },
  {
    name: "an external entity",
    format: "xlsx",
    bytes: () => workbook([sheetXml(row(text("&x;")), '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>')]),
    comes: declares,
  },
  {
    name: "an entity that nobody declared",
    format: "xlsx",
    bytes: () => workbook([sheetXml(row(text("&x;")))]),
    comes: { failed: /damaged/ },
  },
  {
    name: "a sheet that unpacks to 200 MB",
    format: "xlsx",
    bytes: () => workbook([packedSpaces(200_000_000)]),
    comes: { failed: /too large when it is unpacked/ },
  },
  {
    name: "elements 100,000 deep",
    format: "xlsx",
    bytes: () => workbook([sheetXml("<row>".repeat(100_000) + "</row>".repeat(100_000))]),
    comes: { failed: /too deep/ },
  },
  { name: "a sheet that is missing", format: "xlsx", bytes: () => workbook([undefined]), comes: { failed: /damaged/ } },
  { name: "no sheet at all", format: "xlsx", bytes: () => workbook([]), comes: { contains: [] } },
  { name: "cut off", format: "xlsx", bytes: () => cutTo(ordinary(), 0.6), comes: { failed: /damaged or cut off/ } },
  {
    name: "another office's archive",
    format: "xlsx",
    bytes: () => zipOf([{ name: "word/document.xml", data: "<w/>" }]),
    comes: { failed: /damaged/ },
  },
];
