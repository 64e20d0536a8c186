import type { TextPiece } from "./blocks.ts";
import type { DocumentLimits } from "./limits.ts";
import { isDamaged } from "./refusals.ts";
import { relationsOf } from "./relations.ts";
import { RowJoining } from "./rows.ts";
import { dateStyles, sharedTexts } from "./xlsx-parts.ts";
import { rowsOfSheet } from "./xlsx-rows.ts";
import { attributeOf, visit } from "./xml.ts";
import { Archive } from "./zip.ts";

const workbookPart = "xl/workbook.xml";

/**
 * Each sheet's rows as lines of cells as they are shown, under the first one; of formulas, the values that were stored with them.
 * Nothing is computed, and nothing fetched.
 */
export function* readXlsx(bytes: Uint8Array, limits: DocumentLimits): Generator<TextPiece, void> {
  const archive = new Archive("xlsx", bytes, limits);
  const { sheets, from1904 } = workbookOf(archive, limits);
  const texts = sharedTexts(archive.entry("xl/sharedStrings.xml"), limits);
  const dates = dateStyles(archive.entry("xl/styles.xml"), limits);
  for (const { name, part } of sheets) {
    const sheet = archive.entry(part);
    if (!sheet) throw isDamaged("xlsx");
    const joining = new RowJoining(name);
    for (const row of rowsOfSheet(sheet, { texts, dates, from1904 }, limits)) yield* joining.add(row);
    yield* joining.end();
  }
}

function workbookOf(archive: Archive, limits: DocumentLimits) {
  const workbook = archive.entry(workbookPart);
  if (!workbook) throw isDamaged("xlsx");
  const relations = relationsOf("xlsx", archive, workbookPart, limits);
  const sheets: { readonly name: string; readonly part: string }[] = [];
  let from1904 = false;
  visit("xlsx", workbook, limits, {
    open(name, attributes) {
      if (name === "workbookPr") from1904 = /^(1|true)$/.test(attributes.date1904 ?? "");
      const part = name === "sheet" ? relations.get(attributeOf(attributes, "id") ?? "") : undefined;
      if (part?.includes("worksheets/")) sheets.push({ name: attributes.name ?? "", part });
    },
  });
  return { sheets, from1904 };
}
