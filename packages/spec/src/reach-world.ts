import type { Person } from "./arrange.ts";
import type { ArrangedRecord, DatasetShareOptions, FieldOptions } from "./arrange-datasets.ts";
import { openWorld, type World } from "./world.ts";

type Cell = string | number | boolean | Date | null;
export type Row = Readonly<Record<string, Cell>>;

export const fields: readonly FieldOptions[] = [
  { name: "region", dataType: "string" },
  { name: "name", dataType: "string" },
  { name: "note", dataType: "string" },
  { name: "amount", dataType: "number" },
  { name: "day", dataType: "date" },
  { name: "open", dataType: "boolean" },
  { name: "secret", dataType: "string" },
];
export const fieldNames = fields.map(({ name }) => name);

const regions = ["north", "south", "east"];

/** Every text, number and date is one that occurs nowhere else, so that an answer that holds it tells of its cell. */
export const rows: readonly Row[] = Array.from({ length: 12 }, (_, index) => ({
  region: `${regions[index % 3]}ern`,
  name: `name${index}anary`,
  note: index % 4 === 3 ? null : `common note${index}anary`,
  amount: index % 5 === 4 ? null : 700_111 + index * 1013,
  day: new Date(Date.UTC(2013 + index, index, 3 + index, 4, 5, 6, 700 + index)),
  open: index % 2 === 0,
  secret: `secret${index}anary`,
}));

/** A way to the data, as a share gives it: which rows and which fields. What it says in JSON, `holds` says for the reference. */
interface Way {
  readonly share: DatasetShareOptions;
  readonly holds: (row: Row) => boolean;
}
const all = () => true;
const north = { filter: { region: "northern" }, holds: (row: Row) => row.region === "northern" };
const large = { filter: { amount: { $gt: 705_000 } }, holds: (row: Row) => Number(row.amount ?? 0) > 705_000 };
const way = (holds: Way["holds"], share: Partial<DatasetShareOptions>): Way => ({
  holds,
  share: { level: 1, ...share },
});

/** Who asks: by which shares of its own, by which of its team's, and by what else. */
export interface Asker {
  readonly own?: Way;
  readonly team?: Way;
  readonly special?: "owner" | "member" | "superuser";
}

export const askers = {
  none: {},
  plain: { own: way(all, {}) },
  filtered: { own: way(north.holds, { filter: north.filter }) },
  fields: { own: way(all, { visibleFields: ["name", "amount", "open"] }) },
  both: { own: way(north.holds, { filter: north.filter, visibleFields: ["note", "day", "amount"] }) },
  unseen: {
    own: way((row) => row.secret === "secret3anary", {
      filter: { secret: "secret3anary" },
      visibleFields: ["name", "note"],
    }),
  },
  blind: { own: way(all, { visibleFields: [] }) },
  broken: { own: way(() => false, { filter: { gone: 1 } }) },
  brokenWithTeam: {
    own: way(() => false, { filter: { gone: 1 } }),
    team: way(north.holds, { filter: north.filter, visibleFields: ["name"] }),
  },
  two: {
    own: way(north.holds, { filter: north.filter, visibleFields: ["region", "name", "amount", "open"] }),
    team: way(large.holds, { filter: large.filter, visibleFields: ["region", "note", "day"] }),
  },
  twoOfOneAll: {
    own: way(all, { visibleFields: ["region", "amount"] }),
    team: way(north.holds, { filter: north.filter, visibleFields: ["region", "note", "secret"] }),
  },
  partly: {
    own: way(all, { visibleFields: ["name", "note"] }),
    team: way(north.holds, { filter: north.filter, visibleFields: ["region", "name"] }),
  },
  throughTeam: { team: way(large.holds, { filter: large.filter }) },
  filteredAndPlain: { own: way(north.holds, { filter: north.filter }), team: way(all, {}) },
  writerWithFilter: { own: way(all, { level: 2, filter: north.filter }) },
  writer: { own: way(all, { level: 2 }) },
  admin: { team: way(all, { level: 3 }) },
  owner: { special: "owner" },
  member: { special: "member" },
  superuser: { special: "superuser" },
} as const satisfies Record<string, Asker>;
export type AskerName = keyof typeof askers;
export const askerNames = Object.keys(askers) as AskerName[];

export const modes = ["full", "subset", "schema", "sample"] as const;
export const accesses = ["assistant", "asker"] as const;
export type Mode = (typeof modes)[number];
export type Access = (typeof accesses)[number];
export const sampleSize = 5;
const subset = {
  filter: { region: { $in: ["northern", "eastern"] } },
  speaksOf: "region",
  holds: ({ region }: Row) => region === "northern" || region === "eastern",
};

/** What somebody is to see: rows in their order, each with the fields that are seen at all, and null where a cell is not. */
export interface Seen {
  readonly fields: readonly string[];
  readonly rows: readonly Row[];
  /** Whether the assistant's filter speaks of a field that is not seen: no record is reached then. */
  readonly unfit: boolean;
  /** What is to occur in no answer. */
  readonly canaries: readonly string[];
}

const shows = ({ share: { visibleFields } }: Way, field: string) => visibleFields?.includes(field) ?? true;

const waysOf = ({ own, team, special }: Asker): Way[] =>
  special ? [way(all, {})] : [own, team].filter((one) => one !== undefined);

const canaryOf = (value: Cell | undefined): string[] => {
  if (value instanceof Date) return [value.toISOString(), String(value.getTime())];
  return typeof value === "string"
    ? value.split(" ").filter((word) => /\danary$|ern$/.test(word))
    : typeof value === "number"
      ? [String(value)]
      : [];
};

/**
 * The reference: who sees what, as the contract says it. `within`: what the assistant knows, asked of records as they are shown where it is
 * a filter, which speaks of one field; `ways`: what the asker may.
 */
function seenBy(ways: readonly Way[], within: (row: Row) => boolean, speaksOf?: string): Seen {
  const open = ways.filter(({ share }) => !("gone" in (share.filter ?? {})));
  const seenFields = fieldNames.filter((field) => open.some((one) => shows(one, field)));
  const cell = (row: Row, field: string) =>
    open.some((one) => one.holds(row) && shows(one, field)) ? (row[field] ?? null) : null;
  const unfit = speaksOf !== undefined && !seenFields.includes(speaksOf);
  const shown = rows.flatMap((row): Row[] => {
    if (unfit || !open.some((one) => one.holds(row))) return [];
    const seen = Object.fromEntries(seenFields.map((field) => [field, cell(row, field)]));
    return within(speaksOf === undefined ? row : seen) ? [seen] : [];
  });
  const told = new Set(shown.flatMap((row) => Object.values(row).flatMap(canaryOf)));
  const every = new Set(rows.flatMap((row) => Object.values(row).flatMap(canaryOf)));
  return { fields: seenFields, rows: shown, unfit, canaries: [...every].filter((canary) => !told.has(canary)) };
}

export const seenDirectly = (asker: Asker): Seen => seenBy(waysOf(asker), all);

/** `sample`: the names in the sample, as they were found out beforehand: they are to be the same for everybody. */
export function seenThrough(asker: Asker, mode: Mode, access: Access, sample: ReadonlySet<unknown>): Seen {
  const ways = access === "assistant" ? [way(all, {})] : waysOf(asker);
  const within = { full: all, subset: subset.holds, schema: () => false, sample: (row: Row) => sample.has(row.name) };
  return seenBy(ways, within[mode], mode === "subset" ? subset.speaksOf : undefined);
}

export interface ReachWorld {
  readonly world: World;
  readonly dataset: { readonly id: string; readonly load: number };
  readonly people: Readonly<Record<AskerName, Person>>;
  /** The assistant that knows the dataset in this way, with a skill that queries it. */
  assistant(mode: Mode, access: Access): { readonly id: string; readonly skillId: string };
}

export async function openReach(): Promise<ReachWorld> {
  const world = await openWorld({ keep: true, fresh: true });
  const people = {} as Record<AskerName, Person>;
  for (const name of askerNames)
    people[name] = await world.user({ name: name.toLowerCase(), superuser: name === "superuser" });
  // A person owns the dataset or a team does: the team's member has its level through it.
  const owners = await world.team({
    name: "owners",
    members: [
      [people.owner, "admin"],
      [people.member, "member"],
    ],
  });
  const records = rows as readonly ArrangedRecord[];
  const dataset = await world.dataset({ owner: owners, name: "Reached", fields, records });
  for (const name of askerNames) {
    const { own, team }: Asker = askers[name];
    if (own) await world.shareDataset(dataset, people[name], own.share);
    if (!team) continue;
    const crew = await world.team({ name: `crew-${name.toLowerCase()}`, members: [[people[name], "member"]] });
    await world.shareDataset(dataset, crew, team.share);
  }
  const everybody = await world.team({
    name: "everybody",
    members: askerNames.map((name) => [people[name], "member"]),
  });
  const made = new Map<string, { id: string; skillId: string }>();
  for (const mode of modes)
    for (const access of accesses) {
      const { id } = await world.assistant({ owner: people.owner, name: `Knows ${mode} ${access}` });
      await world.share({ id }, everybody, 1);
      await world.knowledge({ id }, dataset, {
        mode,
        access,
        ...(mode === "subset" && { filter: subset.filter }),
        ...(mode === "sample" && { sampleSize }),
      });
      const skill = await world.skill(
        { id },
        { type: "dataset-query", name: "Query", data: { maxRows: 1000, allowGrouping: true } },
      );
      made.set(`${mode} ${access}`, { id, skillId: skill.id });
    }
  return {
    world,
    dataset,
    people,
    assistant(mode, access) {
      const found = made.get(`${mode} ${access}`);
      if (!found) throw new Error(`No assistant knows it as ${mode} for ${access}`);
      return found;
    },
  };
}
