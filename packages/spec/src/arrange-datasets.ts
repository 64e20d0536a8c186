import type { Services } from "@steward/core";
import type { Statement, StoredField } from "@steward/db";
import type { Made, Principal } from "./arrange.ts";
import type { Database } from "./database.ts";
import { insert } from "./insert.ts";

export interface FieldOptions {
  readonly name: string;
  readonly dataType: StoredField["dataType"];
  readonly label?: string;
}

export type ArrangedRecord = Readonly<Record<string, string | number | boolean | Date | null>>;

export interface DatasetShareOptions {
  readonly level: 1 | 2 | 3;
  readonly filter?: object;
  readonly visibleFields?: readonly string[];
}

export interface DatasetOptions {
  readonly owner: Principal;
  readonly name?: string;
  readonly slug?: string;
  readonly description?: string;
  /** Milliseconds before now, for lists by time. */
  readonly age?: number;
  /** In the order of their slots. Without any, the dataset has no data. */
  readonly fields?: readonly FieldOptions[];
  /** What a record leaves out is missing. */
  readonly records?: readonly ArrangedRecord[];
  /** Whether the words of the records are found: yes unless false. */
  readonly indexed?: boolean;
  readonly shares?: readonly (readonly [Principal, DatasetShareOptions])[];
}

export interface MadeDataset extends Made {
  /** The number of the load that is its data; 0 without data. */
  readonly load: number;
}

/** How many fields have a column of their own; a load's records have the ids above its number times `idsOfLoad`. */
const columnSlots = 24;
const idsOfLoad = 2 ** 26;

const stored = (value: ArrangedRecord[string] | undefined): string | number | null => {
  if (value instanceof Date) return value.getTime();
  return typeof value === "boolean" ? Number(value) : (value ?? null);
};

/** As one statement, whose values are JSON, so that whole numbers are stored as such. */
function insertRecords(load: number, fields: readonly FieldOptions[], records: readonly ArrangedRecord[]): Statement {
  const rows = records.map((record) => {
    const values = fields.map(({ name }) => stored(record[name]));
    const beyond = values.flatMap((value, index) =>
      index < columnSlots || value === null ? [] : [[String(index + 1), value] as const],
    );
    return [values.slice(0, columnSlots), beyond.length > 0 ? JSON.stringify(Object.fromEntries(beyond)) : null];
  });
  const slots = Array.from({ length: columnSlots }, (_, index) => index);
  return {
    sql: `insert into records (id, ${slots.map((index) => `s${index + 1}`).join(", ")}, more)
      select ? + key + 1, ${slots.map((index) => `value ->> '$[0][${index}]'`).join(", ")}, value ->> '$[1]' from json_each(?)`,
    args: [load * idsOfLoad, JSON.stringify(rows)],
  };
}

/** The words of each field of text, under the number of the load and of the field. */
function indexRecords(load: number, fields: readonly FieldOptions[]): Statement[] {
  const words = fields.flatMap(({ dataType }, index) => {
    if (dataType !== "string") return [];
    const slot = index + 1;
    const value = slot <= columnSlots ? `r.s${slot}` : `(r.more ->> '$."${slot}"')`;
    return [
      `select r.id, '${String(load).padStart(9, "0")}${String(slot).padStart(4, "0")}' || w.token as term from records r cross join words w on w.input = ${value}
        where r.id > ${load * idsOfLoad} and r.id < ${(load + 1) * idsOfLoad} and ${value} is not null`,
    ];
  });
  if (words.length === 0) return [];
  return [
    {
      sql: `insert into record_search (rowid, terms) select id, group_concat(term, ' ')
        from (${words.join(" union all ")}) group by id order by id`,
      args: [],
    },
  ];
}

/** Ways to put datasets into a world, straight into the tables. */
export interface ArrangeDatasets {
  dataset(options: DatasetOptions): Promise<MadeDataset>;
  shareDataset(dataset: { readonly id: string }, whom: Principal, share: DatasetShareOptions): Promise<void>;
}

export function datasetArranger({ run }: Database, { ids }: Services): ArrangeDatasets {
  const shareOf = (
    { id }: { readonly id: string },
    whom: Principal,
    { level, filter, visibleFields }: DatasetShareOptions,
  ) =>
    insert("dataset_shares", {
      dataset_id: id,
      principal_id: whom.id,
      level,
      filter: filter ? JSON.stringify(filter) : null,
      visible_fields: visibleFields ? JSON.stringify(visibleFields) : null,
      created_at: Date.now(),
      updated_at: Date.now(),
    });

  const loadOf = async (
    id: string,
    { fields = [], records = [], indexed = true, age = 0 }: DatasetOptions,
  ): Promise<number> => {
    if (fields.length === 0) return 0;
    const known = fields.map(({ name, label = name, dataType }, index) => ({ name, label, dataType, slot: index + 1 }));
    const made = insert("dataset_loads", {
      dataset_id: id,
      fields: JSON.stringify(known),
      rows: records.length,
      bytes: JSON.stringify(records).length,
      last_position: records.length,
      indexed_position: indexed ? records.length : 0,
      created_at: Date.now() - age,
    });
    const [[[number] = []] = []] = await run([{ ...made, sql: `${made.sql} returning number` }]);
    const load = Number(number);
    await run([insertRecords(load, fields, records), ...(indexed ? indexRecords(load, fields) : [])]);
    return load;
  };

  return {
    async dataset(options) {
      const { owner, name = "Numbers", slug, description, age = 0, shares = [] } = options;
      const id = ids.next();
      const made = slug ?? name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
      const load = await loadOf(id, options);
      await run([
        insert("datasets", {
          id,
          owner_id: owner.id,
          slug: made,
          name,
          sort_name: name.toLowerCase(),
          description: description ?? null,
          load_number: load || null,
          created_at: Date.now() - age,
          updated_at: Date.now() - age,
          created_by: owner.id,
          updated_by: owner.id,
        }),
        ...shares.map(([whom, share]) => shareOf({ id }, whom, share)),
      ]);
      return { id, slug: made, naturalId: `${owner.name}:${made}`, load };
    },
    async shareDataset(dataset, whom, share) {
      await run([shareOf(dataset, whom, share)]);
    },
  };
}
