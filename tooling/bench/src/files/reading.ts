import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Amounts } from "./amounts.ts";
import { createAssistant, median, untilIndexed, uploadBytes, withGround } from "./ground.ts";
import { inOtherBytes, reportPdf } from "./pdf.ts";

const pollEvery = 20;

/** Milliseconds that `pdftotext` takes for this file; undefined where it is not installed. */
function timeOfPdftotext(pdf: string, text: string): number | undefined {
  const began = performance.now();
  const { error, status, stderr } = spawnSync("pdftotext", [pdf, text], { encoding: "utf8" });
  if (error && "code" in error && error.code === "ENOENT") return undefined;
  if (error ?? status !== 0) throw error ?? new Error(`pdftotext ended with ${status}: ${stderr}`);
  return performance.now() - began;
}

/** A PDF from the answer to its upload until a search finds it, against what `pdftotext` takes to read it. */
export async function measureReading(folder: string, { pages, readings }: Amounts): Promise<string[][]> {
  return withGround(folder, "files-reading", async (ground) => {
    const pdf = await reportPdf(pages, 7);
    const assistant = await createAssistant(ground.client, "Reading");
    const [ours, theirs]: [number[], number[]] = [[], []];
    for (let edition = 0; edition <= readings; edition++) {
      const bytes = inOtherBytes(pdf, edition);
      const path = join(ground.folder, `${edition}.pdf`);
      writeFileSync(path, bytes);
      const bare = timeOfPdftotext(path, join(ground.folder, "text.txt"));
      if (bare !== undefined) theirs.push(bare);
      const { id } = await uploadBytes(ground.client, assistant, `${edition}.pdf`, bytes);
      ours.push(await untilIndexed(ground.client, assistant, [id], pollEvery));
    }
    const [first = Number.NaN, ...warm] = ours;
    const limit = median(theirs.slice(1));
    const missing = "not measured: apt-get install poppler-utils";
    return [
      ["until it is indexed, the first since the start, ms", first.toFixed(0), "", ""],
      ["until it is indexed, afterwards, ms", median(warm).toFixed(0), "", ""],
      ["pdftotext, ms", theirs.length > 0 ? limit.toFixed(0) : missing, "", ""],
      ["times", theirs.length > 0 ? (median(warm) / limit).toFixed(1) : missing, "<= 15", "6"],
    ];
  });
}
