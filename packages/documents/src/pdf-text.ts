import type { getDocumentProxy } from "unpdf";

type Page = Awaited<ReturnType<Awaited<ReturnType<typeof getDocumentProxy>>["getPage"]>>;

/** So many times its height beneath the one before, a line begins a paragraph. */
const paragraphGap = 1.7;

/** The text of a page, line by line in the order in which it was written, with an empty line between paragraphs. */
export async function pageText(page: Page): Promise<string> {
  const { items } = await page.getTextContent();
  const parts: string[] = [];
  let isLineOver = false;
  let before: number | undefined;
  for (const item of items) {
    if (!("str" in item)) continue;
    if (item.str !== "") {
      const y: unknown = item.transform[5];
      const height = item.height;
      if (isLineOver) {
        const gap = typeof y === "number" && before !== undefined ? before - y : 0;
        parts.push(height > 0 && gap > height * paragraphGap ? "\n\n" : "\n");
      }
      isLineOver = false;
      if (typeof y === "number") before = y;
      parts.push(item.str);
    }
    isLineOver ||= item.hasEOL;
  }
  return parts.join("").trim();
}
