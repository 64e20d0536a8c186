import type { Made } from "./arrange.ts";
import { doors } from "./doors.ts";
import type { State } from "./drafts-model.ts";
import { withPart } from "./drafts-model.ts";
import type { Expected, Side, Stage, Step } from "./drafts-story.ts";
import { expectSuccess } from "./expectations.ts";

/** Of what an assistant knows of a dataset, what decides on what it reaches. */
interface Known {
  readonly mode: string;
  readonly filter: unknown;
  readonly access: string;
}

const filter = { total: 1 };
const all: readonly Known[] = [
  { mode: "full", filter: null, access: "asker" },
  { mode: "full", filter: null, access: "assistant" },
  { mode: "subset", filter, access: "assistant" },
  { mode: "subset", filter, access: "asker" },
];

/** As a state holds it: under which id a commit or a revision has it, and what it is. */
const written = (id: string, { mode, filter, access }: Known) => `${id} ${mode} ${JSON.stringify(filter)} ${access}`;
const meaningOf = (known: string) => known.slice(known.indexOf(" ") + 1);
const isBrought = (known: string) => known.endsWith(" assistant");

/** Ada owns the datasets, and Ben reads them: only she may let an assistant bring one along. */
export async function arrangeDatasets({ world, people: [ada, ben] }: Omit<Stage, "datasets">): Promise<Made[]> {
  if (!ada || !ben) throw new Error("There are two");
  const fields = [{ name: "total", dataType: "number" }] as const;
  const share = [ben, { level: 1 }] as const;
  return Promise.all(
    ["one", "two", "three"].map((name) => world.dataset({ owner: ada, name, fields, shares: [share] })),
  );
}

/** What its readers find, by the ids of the datasets. */
export async function knowledgeOf({ world, people }: Stage, id: string): Promise<ReadonlyMap<string, string>> {
  const answer = await doors.core(world, people[0] ?? null, "knowledge.list", { id });
  const { items } = expectSuccess(answer) as { items: (Known & { id: string; datasetId: string })[] };
  const origins = await world.rows("select id, coalesce(origin_id, id) from assistant_datasets");
  const originOf = new Map(origins.map(([own, origin]) => [own, String(origin)]));
  return new Map(items.map((known) => [known.datasetId, written(originOf.get(known.id) ?? "", known)]));
}

/** The same of a revision's content. */
export const knowledgeIn = (list: readonly Record<string, unknown>[]): ReadonlyMap<string, string> =>
  new Map(list.map((known) => [String(known.datasetId), written(String(known.id), known as unknown as Known)]));

/** Whether a commit of the draft would bring along what the live assistant does not. */
export const bringsMore = ({ knowledge }: State, live: State): boolean =>
  [...knowledge].some(([dataset, known]) => isBrought(known) && !sameIn(live, dataset, known));

const sameIn = ({ knowledge }: State, dataset: string, known: string): boolean => {
  const there = knowledge.get(dataset);
  return there !== undefined && meaningOf(there) === meaningOf(known);
};

/** What was taken out of a draft and put in again as it was is the same to a commit. */
export const committedKnowledge = (draft: State, live: State): ReadonlyMap<string, string> =>
  new Map(
    [...draft.knowledge].map(([dataset, known]) => [
      dataset,
      sameIn(live, dataset, known) ? (live.knowledge.get(dataset) ?? known) : known,
    ]),
  );

/** What Ben restores asks anew where the live assistant does not bring it along already. */
export const restoredKnowledge = (wanted: State, live: State, who: number): ReadonlyMap<string, string> =>
  new Map(
    [...wanted.knowledge].map(([dataset, known]) => [
      dataset,
      who === 1 && isBrought(known) && !sameIn(live, dataset, known) ? known.replace(/ assistant$/, " asker") : known,
    ]),
  );

const datasetOf = ({ datasets }: Stage, which: number) => datasets[which % datasets.length]?.id ?? "";

export function expectKnowing(side: Side, stage: Stage, { who, which, value }: Step): Expected {
  const { id, state, becomes } = side;
  const datasetId = datasetOf(stage, which);
  const known = all[value] as Known;
  const input = { id, datasetId, ...known };
  const code = known.access === "assistant" && who === 1 ? "forbidden" : "conflict";
  if (code === "forbidden" || state.knowledge.has(datasetId))
    return { name: "knowledge.create", input, refused: code, after: async (model) => model };
  return {
    name: "knowledge.create",
    input,
    async after(model, on) {
      const [made = ""] = (await knowledgeOf(on, id)).get(datasetId)?.split(" ") ?? [];
      return becomes(model, on, (before) => withPart(before, "knowledge", datasetId, written(made, known)));
    },
  };
}

export function expectKnowingOtherwise({ id, state, becomes }: Side, { who, which, value }: Step): Expected | null {
  const [datasetId, before] = [...state.knowledge][which % Math.max(1, state.knowledge.size)] ?? [];
  if (datasetId === undefined || before === undefined) return null;
  const known = all[value] as Known;
  const after = written(before.slice(0, before.indexOf(" ")), known);
  const isRefused = who === 1 && isBrought(after) && after !== before;
  return {
    name: "knowledge.update",
    input: { id, datasetId, ...known },
    ...(isRefused && { refused: "forbidden" }),
    after: (model, on) => becomes(model, on, (was) => withPart(was, "knowledge", datasetId, after)),
  };
}
