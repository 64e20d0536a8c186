import { ask } from "../datasets/measure.ts";
import { probe, quantile } from "../datasets/probe.ts";
import type { Amounts } from "./amounts.ts";
import { createAssistant, type Ground, median, untilIndexed, uploadBytes, withGround } from "./ground.ts";
import { inOtherBytes, reportPdf } from "./pdf.ts";

export const othersHeads = ["request", "idle p99 ms", "while indexed p99 ms", "times", "budget", "aim"] as const;

interface Others {
  readonly one: readonly number[];
  readonly list: readonly number[];
}

/** What others than the one who sends files meet: one assistant and a list of them in turn, until told to stop. */
async function watch({ world, server }: Ground, until: () => boolean): Promise<Others> {
  const member = { url: server.url, token: world.callers.halfTeam };
  const paths = [`/api/assistants/${world.readable[0]}`, "/api/assistants?limit=20"];
  let turn = 0;
  const took = await probe(() => ask(member, paths[turn++ % paths.length] ?? ""), until);
  const every = (remainder: number) => took.filter((_, index) => index % paths.length === remainder);
  return { one: every(0), list: every(1) };
}

function forSome(milliseconds: number): () => boolean {
  const began = performance.now();
  return () => performance.now() - began > milliseconds;
}

async function round(ground: Ground, pdfs: readonly Uint8Array[], edition: number, idleFor: number) {
  const idle = await watch(ground, forSome(idleFor));
  const assistant = await createAssistant(ground.client, `Indexed ${edition}`);
  const files: string[] = [];
  for (const [index, pdf] of pdfs.entries())
    files.push((await uploadBytes(ground.client, assistant, `${index}.pdf`, inOtherBytes(pdf, edition))).id);
  let over = false;
  const watched = watch(ground, () => over);
  const took = await untilIndexed(ground.client, assistant, files, 100);
  over = true;
  return { idle, busy: await watched, took };
}

/** The p99 of others' requests while files are indexed, against the same before anything is. */
export async function measureOthers(
  folder: string,
  { pagesOfMany, many, manyRounds, idle }: Amounts,
): Promise<string[][]> {
  return withGround(folder, "files-others", async (ground) => {
    const pdfs: Uint8Array[] = [];
    for (let index = 0; index < many; index++) pdfs.push(await reportPdf(pagesOfMany, 100 + index));
    await watch(ground, forSome(idle)); // So that all is measured warm.
    const rounds: Awaited<ReturnType<typeof round>>[] = [];
    for (let edition = 0; edition < manyRounds; edition++) rounds.push(await round(ground, pdfs, edition, idle));
    const row = (what: string, of: keyof Others) => {
      const p99 = rounds.map(
        ({ idle: before, busy }) => [quantile(before[of], 0.99), quantile(busy[of], 0.99)] as const,
      );
      return [
        what,
        median(p99.map(([before]) => before)).toFixed(1),
        median(p99.map(([, busy]) => busy)).toFixed(1),
        median(p99.map(([before, busy]) => busy / before)).toFixed(1),
        "<= 3",
        "1.5",
      ];
    };
    const requests = rounds.reduce((sum, { busy }) => sum + busy.one.length + busy.list.length, 0);
    return [
      row("GET one", "one"),
      row("list 20", "list"),
      ["requests meanwhile, in all rounds", "", String(requests), "", "", ""],
      ["seconds that it takes to index all", "", median(rounds.map(({ took }) => took / 1000)).toFixed(1), "", "", ""],
    ];
  });
}
