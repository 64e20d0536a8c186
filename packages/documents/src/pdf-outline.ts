import type { getDocumentProxy } from "unpdf";
import { Headings } from "./blocks.ts";

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;
type Item = Awaited<ReturnType<Pdf["getOutline"]>>[number];

/** No more of an outline is looked at. */
const mostItems = 5_000;
const deepest = 6;

/** The headings under which each page begins. */
export interface Outline {
  headingsOn(page: number): readonly string[];
}

/** Asked for its pages in their order. A PDF with none, or with a broken one, has no headings. */
export async function outlineOf(pdf: Pdf): Promise<Outline> {
  const entries = await entriesOf(pdf);
  const headings = new Headings();
  let next = 0;
  return {
    headingsOn(page) {
      for (let entry = entries[next]; entry && entry.page <= page; entry = entries[++next]) {
        headings.enter(entry.level, entry.title);
      }
      return headings.current;
    },
  };
}

interface Entry {
  readonly title: string;
  readonly level: number;
  readonly page: number;
}

async function entriesOf(pdf: Pdf): Promise<readonly Entry[]> {
  // The text can be read all the same, whatever is wrong with what it is found by.
  const items: readonly Item[] | null = await pdf.getOutline().catch(() => null);
  const entries: Entry[] = [];
  for (const { item, level } of flattened(items ?? [], 1)) {
    if (entries.length >= mostItems) break;
    const page = await pageOf(pdf, item.dest);
    const title = item.title.trim();
    if (page !== undefined && title !== "") entries.push({ title, level, page });
  }
  return entries.sort((one, other) => one.page - other.page);
}

function* flattened(items: readonly Item[], level: number): Generator<{ item: Item; level: number }, void> {
  if (level > deepest) return;
  for (const item of items) {
    yield { item, level };
    yield* flattened(item.items, level + 1);
  }
}

async function pageOf(pdf: Pdf, destination: Item["dest"]): Promise<number | undefined> {
  try {
    const [target]: unknown[] =
      (typeof destination === "string" ? await pdf.getDestination(destination) : destination) ?? [];
    if (typeof target === "number") return target + 1;
    return isReference(target) ? (await pdf.getPageIndex(target)) + 1 : undefined;
  } catch {
    // It leads nowhere.
    return undefined;
  }
}

const isReference = (value: unknown): value is { num: number; gen: number } =>
  typeof value === "object" && value !== null && "num" in value && "gen" in value;
