/** How a column's value stands in JSON. */
type Kind = "text" | "flag" | "json" | "moment";

/** One column of what an assistant consists of, under the key that answers give it. */
interface Piece {
  readonly column: string;
  readonly key: string;
  readonly kind: Kind;
}

const piece = (column: string, kind: Kind = "text"): Piece => ({
  column,
  key: column.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
  kind,
});

/** The assistant's own columns that a draft takes over, a commit and a restore bring back. */
export const ownPieces: readonly Piece[] = [
  piece("name"),
  piece("sort_name"),
  piece("description"),
  piece("instructions"),
  piece("instructions_hidden", "flag"),
  piece("welcome"),
  piece("suggestions", "json"),
  piece("model_id"),
  piece("model_settings", "json"),
  piece("dispatcher", "flag"),
  piece("embedded", "flag"),
  piece("enabled", "flag"),
  piece("data", "json"),
  piece("icon_hash"),
  piece("icon_type"),
];

/** Rows that belong to an assistant: each has `id`, `assistant_id`, `origin_id`, `version`, `created_at` and `updated_at`. */
export interface Part {
  readonly name: PartName;
  readonly table: string;
  /** What one is, by which two are the same or are not. */
  readonly pieces: readonly Piece[];
  /** What else it has, that revisions do not keep. */
  readonly hidden: readonly string[];
  /** Whether a copy and a restore bring it. A secret's value is in no revision, and in no copy. */
  readonly portable: boolean;
}

export const partNames = ["skills", "references", "secrets", "knowledge", "files"] as const;
export type PartName = (typeof partNames)[number];

export const parts: readonly Part[] = [
  {
    name: "skills",
    table: "skills",
    pieces: [
      piece("type"),
      piece("name"),
      piece("description"),
      piece("enabled", "flag"),
      piece("data", "json"),
      piece("dataset_id"),
      piece("datasource_id"),
      piece("report_id"),
      piece("query_id"),
      piece("template_id"),
      piece("integration_id"),
    ],
    hidden: [],
    portable: true,
  },
  {
    name: "references",
    table: "assistant_references",
    pieces: [piece("target_type"), piece("target_id"), piece("description")],
    hidden: [],
    portable: true,
  },
  {
    name: "secrets",
    table: "secrets",
    pieces: [
      piece("name"),
      piece("description"),
      piece("allowed_hosts", "json"),
      piece("value_changed_at", "moment"),
      piece("lineage"),
    ],
    hidden: ["ciphertext", "key_id", "last_used_at"],
    portable: false,
  },
  {
    name: "knowledge",
    table: "assistant_datasets",
    pieces: [piece("dataset_id"), piece("mode"), piece("filter", "json"), piece("sample_size"), piece("access")],
    hidden: [],
    portable: true,
  },
  {
    name: "files",
    table: "assistant_files",
    pieces: [piece("filename"), piece("content_type"), piece("size"), piece("hash"), piece("format")],
    hidden: [],
    portable: true,
  },
];

const asJson = (alias: string, { column, kind }: Piece) =>
  kind === "flag"
    ? `json(iif(${alias}.${column}, 'true', 'false'))`
    : kind === "json"
      ? `json(${alias}.${column})`
      : `${alias}.${column}`;

const pairs = (alias: string, pieces: readonly Piece[]) =>
  pieces.map((each) => `'${each.key}', ${asJson(alias, each)}`).join(", ");

/** The parts of a draft stand under the ids of the live ones that they stand for. */
const partsOf = ({ table, pieces }: Part, assistantId: string) =>
  `(select json_group_array(json_object('id', coalesce(c.origin_id, c.id), ${pairs("c", pieces)})
    order by coalesce(c.origin_id, c.id)) from ${table} c where c.assistant_id = ${assistantId})`;

/**
 * SQL for all that an assistant consists of, as a document of JSON: what a revision keeps, and two of which are compared.
 * Never a secret's value.
 */
export const contentOf = (alias: string) =>
  `json_object(${pairs(alias, ownPieces)}, ${parts
    .map((part) => `'${part.name}', json(${partsOf(part, `${alias}.id`)})`)
    .join(", ")})`;

/** SQL for the value of a column as a document of {@link contentOf} holds it. */
export const fromJson = (document: string, { key, kind }: Piece) =>
  kind === "json" ? `json_extract(${document}, '$.${key}')` : `${document} ->> '${key}'`;

/** The same value as a table holds it, in a form that is equal where the values are. */
export const comparable = (alias: string, { column, kind }: Piece) =>
  kind === "json" ? `json(${alias}.${column})` : `${alias}.${column}`;
