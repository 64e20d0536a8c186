import { printTable } from "../report.ts";
import { small, whole } from "./amounts.ts";
import { budgetHeads } from "./ground.ts";
import { measureMemory } from "./memory.ts";
import { measureOthers, othersHeads } from "./others.ts";
import { measureReading } from "./reading.ts";
import { fileSearchHeads, measureFileSearch } from "./search.ts";
import { measureTransfer, transferHeads } from "./transfer.ts";

const megabytes = (bytes: number) => `${bytes / 1_000_000} MB`;

/** What is printed of files, by the name under which each can be asked for alone. */
export function filesTables(folder: string, isSmall: boolean): Readonly<Record<string, () => Promise<void>>> {
  const amounts = isSmall ? small : whole;
  const { bytes, transfers, uploads, pages, readings, many, pagesOfMany, manyRounds } = amounts;
  const print = (title: string, heads: readonly string[], measure: typeof measureTransfer) => async () =>
    printTable(
      isSmall ? `${title} (small amounts: no figures for a budget)` : title,
      heads,
      await measure(folder, amounts),
    );
  return {
    "files-memory": print(
      `Memory of the server while ${uploads} files of ${megabytes(bytes)} come at once`,
      budgetHeads,
      measureMemory,
    ),
    "files-transfer": print(
      `A file of ${megabytes(bytes)} in and out, against bare Hono that pipes to and from the disk (${transfers} rounds in turn, medians)`,
      transferHeads,
      measureTransfer,
    ),
    "files-reading": print(
      `A PDF of ${pages} pages from the answer to its upload until a search finds it, against pdftotext (${readings} rounds, medians)`,
      budgetHeads,
      measureReading,
    ),
    "files-search": print(
      "_search in the files of an assistant, over HTTP, one request after another",
      fileSearchHeads,
      measureFileSearch,
    ),
    "files-others": print(
      `Others' requests while ${many} PDFs of ${pagesOfMany} pages are indexed (${manyRounds} rounds, medians)`,
      othersHeads,
      measureOthers,
    ),
  };
}
