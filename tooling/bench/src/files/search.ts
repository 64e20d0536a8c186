import { join } from "node:path";
import { ask, type Client } from "../datasets/measure.ts";
import { quantile } from "../datasets/probe.ts";
import { startSteward } from "../servers.ts";
import type { Amounts } from "./amounts.ts";
import { emptyFolder } from "./ground.ts";
import { common, makeSearchWorld, next, searched, syllable, word, words } from "./search-world.ts";

export const fileSearchHeads = ["assistant", "asks for", "found", "p50 ms", "p99 ms", "budget", "aim"] as const;

const question = (length: number, of: () => string) => Array.from({ length }, of).join(" ");
const between = (from: number, to: number) => from + Math.floor(next() * (to - from));
/** One that no other word of the vocabulary is: every third. */
const ownWord = (from: number, to: number) => words[3 * between(Math.ceil(from / 3), Math.floor(to / 3))] ?? "the";

/** What people ask for: of this the budget is. */
const usual: Readonly<Record<string, () => string>> = {
  "a rare word": () => ownWord(5000, 30_000),
  "a middling word": () => ownWord(100, 1000),
  "a word in every passage": () => "the",
  "two words": () => question(2, word),
  "common and rare": () => `the of and ${ownWord(2000, 12_000)}`,
  "beginning of a word": () => word().slice(0, 2 + Math.floor(next() * 3)),
};

/** What is as hard as can be. */
const hard: Readonly<Record<string, () => string>> = {
  "ten words in most passages": () => common.join(" "),
  "twenty words": () => question(20, word),
  "two letters": syllable,
  "a phrase": () => `"${question(2, word)}"`,
};

interface Searched {
  readonly found: number;
  /** Milliseconds. */
  readonly took: readonly number[];
}

async function measure(client: Client, assistant: string, make: () => string, searches: number): Promise<Searched> {
  const took: number[] = [];
  let found = 0;
  for (let index = 0; index < searches; index++) {
    const path = `/api/assistants/${assistant}/files/_search?q=${encodeURIComponent(make())}`;
    const began = performance.now();
    const page = (await (await ask(client, path)).json()) as { readonly total: number; readonly pending: number };
    took.push(performance.now() - began);
    if (page.pending > 0) throw new Error("Not all files are indexed");
    found += page.total / searches;
  }
  return { found, took };
}

async function measureAll(client: Client, name: string, assistant: string, searches: number): Promise<string[][]> {
  for (const make of Object.values(usual)) await measure(client, assistant, make, 5); // So that all is measured warm.
  const rows: string[][] = [];
  const times = (took: readonly number[]) => [quantile(took, 0.5).toFixed(1), quantile(took, 0.99).toFixed(1)];
  const usually: number[] = [];
  for (const [title, make] of Object.entries({ ...usual, ...hard })) {
    const { found, took } = await measure(client, assistant, make, searches);
    if (title in usual) usually.push(...took);
    rows.push([name, title, found.toFixed(0), ...times(took), "", ""]);
  }
  const all = `the first ${Object.keys(usual).length} together, ${usually.length} searches`;
  return [...rows, [name, all, "", ...times(usually), "<= 50", "15"]];
}

/** How long a search takes over HTTP, over 100,000 passages, for whom all of them are and for whom those of five files are. */
export async function measureFileSearch(folder: string, amounts: Amounts): Promise<string[][]> {
  const path = join(emptyFolder(folder, "files-search"), "steward.db");
  const { token, indexedIn } = await makeSearchWorld(path, amounts);
  const server = await startSteward(path);
  try {
    const client = { url: server.url, token };
    const rows: string[][] = [];
    for (const [name, assistant] of Object.entries(searched))
      rows.push(...(await measureAll(client, name, assistant, amounts.searches)));
    const passages = (amounts.searchedFiles * amounts.chunksOfFile).toLocaleString("en");
    return [...rows, ["", `s to index ${passages} passages`, (indexedIn / 1000).toFixed(1), "", "", "", ""]];
  } finally {
    await server.stop();
  }
}
