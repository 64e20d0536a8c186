import { sql } from "drizzle-orm";
import {
  type AnySQLiteColumn,
  blob,
  index,
  integer,
  primaryKey,
  sqliteTable,
  sqliteView,
  text,
  uniqueIndex,
} from "drizzle-orm/sqlite-core";

const moment = (name: string) => integer(name, { mode: "timestamp_ms" });
const flag = (name: string, fallback: boolean) => integer(name, { mode: "boolean" }).notNull().default(fallback);
const version = () => integer().notNull().default(1);

/** Users and teams: one name space, and beneath the name an id that is never used again. */
export const principals = sqliteTable(
  "principals",
  {
    id: text().primaryKey(),
    kind: text({ enum: ["user", "team"] }).notNull(),
    name: text().notNull(),
    displayName: text("display_name").notNull(),
    version: version(),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (table) => [
    uniqueIndex("principals_by_name").on(table.name),
    index("principals_by_kind").on(table.kind, table.name),
    index("principals_by_display_name").on(sql`${table.displayName} collate nocase`, table.name),
  ],
);

/**
 * What a user has beyond a name. `grants` are those beside the role's, as bits; `permissions` are what both give, which
 * the gate reads: for a superuser (32) all. The bits and presets are those of the core's grants.ts.
 */
export const users = sqliteTable("users", {
  id: text()
    .primaryKey()
    .references(() => principals.id, { onDelete: "cascade" }),
  email: text(),
  role: text({ enum: ["member", "creator", "admin"] }).notNull(),
  grants: integer().notNull().default(0),
  permissions: integer()
    .notNull()
    .generatedAlwaysAs(
      sql`case when "role" = 'admin' or "grants" & 32 then 63 when "role" = 'creator' then 7 | "grants" else "grants" end`,
      { mode: "stored" },
    ),
  enabled: flag("enabled", true),
  passwordHash: text("password_hash"),
});

export const teams = sqliteTable("teams", {
  id: text()
    .primaryKey()
    .references(() => principals.id, { onDelete: "cascade" }),
  description: text(),
});

/** `level` is what the role gives on an assistant that the team owns. */
export const memberships = sqliteTable(
  "memberships",
  {
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    teamId: text("team_id")
      .notNull()
      .references(() => teams.id, { onDelete: "cascade" }),
    role: text({ enum: ["admin", "publisher", "designer", "dataWizard", "memberPlus", "member"] }).notNull(),
    level: integer()
      .notNull()
      .generatedAlwaysAs(
        sql`case "role" when 'admin' then 3 when 'publisher' then 2 when 'designer' then 2 when 'dataWizard' then 2 else 1 end`,
        { mode: "stored" },
      ),
    version: version(),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.teamId] }),
    index("memberships_by_user").on(table.userId, table.teamId, table.level),
    index("memberships_by_team").on(table.teamId, table.userId),
  ],
);

/** Who may use AI, and until when. */
export const seats = sqliteTable("seats", {
  userId: text("user_id")
    .primaryKey()
    .references(() => users.id, { onDelete: "cascade" }),
  expiresAt: moment("expires_at"),
  version: version(),
  createdAt: moment("created_at").notNull(),
});

/** `hash` is the SHA-256 of the id that the user's cookie holds. */
export const sessions = sqliteTable(
  "sessions",
  {
    id: text().primaryKey(),
    hash: text().notNull(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    expiresAt: moment("expires_at").notNull(),
    address: text(),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [
    uniqueIndex("sessions_by_hash").on(table.hash),
    index("sessions_by_user").on(table.userId, table.id),
    index("sessions_by_expiry").on(table.expiresAt),
  ],
);

/**
 * `scopes` as bits (read 1, chat 2, write 4); null is all that the type allows. `firstAddress` and `lastAddress` are the
 * range that `host` or `cidr` names: 16 bytes of IPv6 (or of IPv4 within it) as 32 hexadecimal digits.
 */
export const tokens = sqliteTable(
  "tokens",
  {
    id: text().primaryKey(),
    hash: text().notNull(),
    hint: text().notNull(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    type: text({ enum: ["personal", "assistant"] }).notNull(),
    assistantId: text("assistant_id").references(() => assistants.id, { onDelete: "cascade" }),
    notes: text(),
    readOnly: flag("read_only", false),
    scopes: integer(),
    restrict: text({ enum: ["host", "cidr"] }),
    host: text(),
    cidr: text(),
    firstAddress: text("first_address"),
    lastAddress: text("last_address"),
    data: text({ mode: "json" }).$type<Record<string, unknown>>(),
    expiresAt: moment("expires_at"),
    lastUsedAt: moment("last_used_at"),
    version: version(),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (table) => [
    uniqueIndex("tokens_by_hash").on(table.hash),
    index("tokens_by_user").on(table.userId, table.id),
    index("tokens_by_assistant").on(table.assistantId, table.id),
  ],
);

/**
 * What a presented credential stands for, whichever kind it is: the scopes and the level that it leaves of its user's.
 * A token of an assistant never does more than write to that one.
 */
export const credentials = sqliteView("credentials", {
  hash: text().notNull(),
  userId: text("user_id").notNull(),
  expiresAt: integer("expires_at").notNull(),
  sessionId: text("session_id"),
  tokenId: text("token_id"),
  scopes: integer().notNull(),
  assistantId: text("assistant_id"),
  maxLevel: integer("max_level").notNull(),
  firstAddress: text("first_address"),
  lastAddress: text("last_address"),
  lastUsedAt: integer("last_used_at"),
}).as(sql`
  select hash, user_id, expires_at, id as session_id, null as token_id, 7 as scopes, null as assistant_id, 3 as max_level,
    null as first_address, null as last_address, null as last_used_at
  from sessions
  union all
  select hash, user_id, coalesce(expires_at, 9007199254740991), null, id,
    coalesce(scopes, 7) & iif(read_only, 1, 7), assistant_id,
    iif(read_only or not coalesce(scopes, 7) & 4, 1, iif(type = 'assistant', 2, 3)), first_address, last_address, last_used_at
  from tokens`);

/** Failed attempts to sign in, by account and by address; a row counts until `resetsAt`. */
export const signInAttempts = sqliteTable(
  "sign_in_attempts",
  {
    key: text().primaryKey(),
    count: integer().notNull(),
    resetsAt: moment("resets_at").notNull(),
  },
  (table) => [index("sign_in_attempts_by_reset").on(table.resetsAt)],
);

/**
 * `number` is what the full-text index knows a row by; `sortName` is the name as it is sorted. A draft is a row with
 * `editingId`, the assistant that it will replace, and `baseRevision`, the revision that it began from; it has no rows in
 * `access`, for its readers are the original's writers.
 */
export const assistants = sqliteTable(
  "assistants",
  {
    number: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull(),
    ownerId: text("owner_id")
      .notNull()
      .references(() => principals.id),
    slug: text().notNull(),
    name: text().notNull(),
    sortName: text("sort_name").notNull(),
    description: text(),
    instructions: text(),
    instructionsHidden: flag("instructions_hidden", false),
    welcome: text(),
    suggestions: text({ mode: "json" }).$type<string[]>().notNull(),
    modelId: text("model_id"),
    modelSettings: text("model_settings", { mode: "json" }).$type<Record<string, unknown>>(),
    dispatcher: flag("dispatcher", false),
    embedded: flag("embedded", false),
    enabled: flag("enabled", true),
    data: text({ mode: "json" }).$type<Record<string, unknown>>(),
    folderId: text("folder_id"),
    iconHash: text("icon_hash"),
    iconType: text("icon_type"),
    editingId: text("editing_id"),
    baseRevision: integer("base_revision"),
    version: version(),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
    createdBy: text("created_by"),
    updatedBy: text("updated_by"),
  },
  (table) => [
    uniqueIndex("assistants_by_id").on(table.id),
    uniqueIndex("assistants_by_owner_and_slug").on(table.ownerId, table.slug),
    index("assistants_by_owner_and_name").on(table.ownerId, table.sortName, table.id),
    index("assistants_dispatchers").on(table.sortName, table.id).where(sql`dispatcher`),
    uniqueIndex("assistants_by_original").on(table.editingId).where(sql`editing_id is not null`),
    index("assistants_by_folder").on(table.folderId).where(sql`folder_id is not null`),
  ],
);

/** What somebody with level 3 gave to a user or a team: 1 read, 2 write, 3 admin. */
export const shares = sqliteTable(
  "shares",
  {
    assistantId: text("assistant_id")
      .notNull()
      .references(() => assistants.id, { onDelete: "cascade" }),
    principalId: text("principal_id")
      .notNull()
      .references(() => principals.id, { onDelete: "cascade" }),
    level: integer().notNull(),
    version: version(),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
    createdBy: text("created_by"),
  },
  (table) => [
    primaryKey({ columns: [table.assistantId, table.principalId] }),
    index("shares_by_principal").on(table.principalId),
  ],
);

export const favorites = sqliteTable(
  "favorites",
  {
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    assistantId: text("assistant_id")
      .notNull()
      .references(() => assistants.id, { onDelete: "cascade" }),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.assistantId] }),
    index("favorites_by_assistant").on(table.assistantId),
  ],
);

/**
 * Who may see which assistant, in every order in which a list can be asked for. Derived from `assistants` and `shares`
 * by triggers and written by nothing else. `level` is a share's, or 4 for the owner, whose level is what its role gives.
 * The principal `*` stands for every superuser.
 */
export const access = sqliteTable(
  "access",
  {
    assistantId: text("assistant_id")
      .notNull()
      .references(() => assistants.id, { onDelete: "cascade" }),
    principalId: text("principal_id").notNull(),
    level: integer().notNull(),
    /** The assistant's, by which rows are counted: a whole number is told from others in half the time of an id. */
    number: integer().notNull(),
    sortName: text("sort_name").notNull(),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.assistantId, table.principalId] }),
    index("access_by_name").on(table.principalId, table.sortName, table.assistantId, table.number),
    index("access_by_creation").on(table.principalId, table.createdAt, table.assistantId),
    index("access_by_update").on(table.principalId, table.updatedAt, table.assistantId),
  ],
);

/**
 * A part of an assistant: `id`, to which assistant it belongs, and in a draft `originId`, the live part that it stands
 * for.
 */
const part = () => ({
  id: text().primaryKey(),
  assistantId: text("assistant_id")
    .notNull()
    .references(() => assistants.id, { onDelete: "cascade" }),
  originId: text("origin_id"),
  version: version(),
  createdAt: moment("created_at").notNull(),
  updatedAt: moment("updated_at").notNull(),
});

/** What an assistant can do, beyond talking. `data` is what the driver of its type has checked. */
export const skills = sqliteTable(
  "skills",
  {
    ...part(),
    type: text().notNull(),
    name: text().notNull(),
    description: text(),
    enabled: flag("enabled", true),
    data: text({ mode: "json" }).$type<Record<string, unknown>>().notNull(),
    datasetId: text("dataset_id"),
    datasourceId: text("datasource_id"),
    reportId: text("report_id"),
    queryId: text("query_id"),
    templateId: text("template_id"),
    integrationId: text("integration_id"),
  },
  (table) => [index("skills_by_assistant").on(table.assistantId, table.id)],
);

/** What an assistant points to: rows of Steward by their id, things of other systems and web addresses by theirs. */
export const references = sqliteTable(
  "assistant_references",
  {
    ...part(),
    targetType: text("target_type", {
      enum: ["assistant", "dataset", "file", "library", "query", "report", "template", "datasource", "url"],
    }).notNull(),
    targetId: text("target_id").notNull(),
    description: text(),
  },
  (table) => [
    index("assistant_references_by_assistant").on(table.assistantId, table.id),
    uniqueIndex("assistant_references_by_target").on(table.assistantId, table.targetId),
  ],
);

/**
 * `ciphertext` is a compact JWE, whose header names the tenant, the `lineage` and the key (`keyId`). The lineage is the
 * same in draft and live, and another in any copy.
 */
export const secrets = sqliteTable(
  "secrets",
  {
    ...part(),
    lineage: text().notNull(),
    name: text().notNull(),
    description: text(),
    ciphertext: text().notNull(),
    keyId: text("key_id").notNull(),
    allowedHosts: text("allowed_hosts", { mode: "json" }).$type<string[]>().notNull(),
    valueChangedAt: moment("value_changed_at").notNull(),
    lastUsedAt: moment("last_used_at"),
  },
  (table) => [
    uniqueIndex("secrets_by_name").on(table.assistantId, table.name),
    index("secrets_by_key").on(table.keyId, table.id),
  ],
);

/** Every committed state of a live assistant, whole. `number` is the version that the assistant had become by it. */
export const revisions = sqliteTable(
  "revisions",
  {
    assistantId: text("assistant_id")
      .notNull()
      .references(() => assistants.id, { onDelete: "cascade" }),
    number: integer().notNull(),
    content: text().notNull(),
    message: text(),
    operation: text().notNull(),
    createdAt: moment("created_at").notNull(),
    createdBy: text("created_by"),
  },
  (table) => [primaryKey({ columns: [table.assistantId, table.number] })],
);

/** `editorsOnly`: made on a draft, and so for its editors after the commit as well. `mentions` are ids of users. */
export const comments = sqliteTable(
  "comments",
  {
    id: text().primaryKey(),
    assistantId: text("assistant_id")
      .notNull()
      .references(() => assistants.id, { onDelete: "cascade" }),
    parentId: text("parent_id").references((): AnySQLiteColumn => comments.id, { onDelete: "cascade" }),
    userId: text("user_id").references(() => users.id, { onDelete: "set null" }),
    message: text().notNull(),
    mentions: text({ mode: "json" }).$type<string[]>().notNull(),
    editorsOnly: flag("editors_only", false),
    resolvedAt: moment("resolved_at"),
    resolvedBy: text("resolved_by"),
    editedAt: moment("edited_at"),
    version: version(),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (table) => [
    index("comments_by_assistant").on(table.assistantId, table.parentId, table.id),
    index("comments_by_parent").on(table.parentId, table.id),
    index("comments_by_user").on(table.userId),
  ],
);

/** Words by which the whole tenant sorts its assistants. */
export const tags = sqliteTable(
  "tags",
  {
    id: text().primaryKey(),
    name: text().notNull(),
    sortName: text("sort_name").notNull(),
    createdBy: text("created_by"),
    version: version(),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (table) => [uniqueIndex("tags_by_name").on(table.sortName)],
);

export const assistantTags = sqliteTable(
  "assistant_tags",
  {
    assistantId: text("assistant_id")
      .notNull()
      .references(() => assistants.id, { onDelete: "cascade" }),
    tagId: text("tag_id")
      .notNull()
      .references(() => tags.id, { onDelete: "cascade" }),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.assistantId, table.tagId] }),
    index("assistant_tags_by_tag").on(table.tagId, table.assistantId),
  ],
);

/** A tree of each owner's; an assistant lies in one of its own owner's, or in none. */
export const folders = sqliteTable(
  "folders",
  {
    id: text().primaryKey(),
    ownerId: text("owner_id")
      .notNull()
      .references(() => principals.id, { onDelete: "cascade" }),
    parentId: text("parent_id"),
    name: text().notNull(),
    sortName: text("sort_name").notNull(),
    version: version(),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (table) => [
    uniqueIndex("folders_by_parent_and_name").on(table.parentId, table.sortName).where(sql`parent_id is not null`),
    uniqueIndex("folders_by_owner_and_name").on(table.ownerId, table.sortName).where(sql`parent_id is null`),
    index("folders_by_owner").on(table.ownerId, table.id),
  ],
);

/**
 * What people load tables into. `loadNumber` points to the load whose records are the data; null while there are none, and
 * changed by nothing but one update, so that readers see the old data or the new.
 */
export const datasets = sqliteTable(
  "datasets",
  {
    number: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull(),
    ownerId: text("owner_id")
      .notNull()
      .references(() => principals.id),
    slug: text().notNull(),
    name: text().notNull(),
    sortName: text("sort_name").notNull(),
    description: text(),
    loadNumber: integer("load_number"),
    version: version(),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
    createdBy: text("created_by"),
    updatedBy: text("updated_by"),
  },
  (table) => [
    uniqueIndex("datasets_by_id").on(table.id),
    uniqueIndex("datasets_by_owner_and_slug").on(table.ownerId, table.slug),
    index("datasets_by_owner_and_name").on(table.ownerId, table.sortName, table.id),
    index("datasets_by_load").on(table.loadNumber),
  ],
);

/**
 * What somebody with level 3 gave to a user or a team: 1 read, 2 write, 3 admin. `filter` and `visibleFields` narrow a
 * level of 1: to the records that match, and to the fields of these names. Null for all.
 */
export const datasetShares = sqliteTable(
  "dataset_shares",
  {
    datasetId: text("dataset_id")
      .notNull()
      .references(() => datasets.id, { onDelete: "cascade" }),
    principalId: text("principal_id")
      .notNull()
      .references(() => principals.id, { onDelete: "cascade" }),
    level: integer().notNull(),
    filter: text({ mode: "json" }).$type<Record<string, unknown>>(),
    visibleFields: text("visible_fields", { mode: "json" }).$type<string[]>(),
    version: version(),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
    createdBy: text("created_by"),
  },
  (table) => [
    primaryKey({ columns: [table.datasetId, table.principalId] }),
    index("dataset_shares_by_principal").on(table.principalId),
  ],
);

/** Who may see which dataset: as `access` is for assistants, and kept by triggers in the same way. */
export const datasetAccess = sqliteTable(
  "dataset_access",
  {
    datasetId: text("dataset_id")
      .notNull()
      .references(() => datasets.id, { onDelete: "cascade" }),
    principalId: text("principal_id").notNull(),
    level: integer().notNull(),
    number: integer().notNull(),
    sortName: text("sort_name").notNull(),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.datasetId, table.principalId] }),
    index("dataset_access_by_name").on(table.principalId, table.sortName, table.datasetId, table.number),
    index("dataset_access_by_creation").on(table.principalId, table.createdAt, table.datasetId),
    index("dataset_access_by_update").on(table.principalId, table.updatedAt, table.datasetId),
  ],
);

/** One field of a load: under which name people know it, and in which slot of `records` its values lie. */
export interface StoredField {
  readonly name: string;
  readonly label: string;
  readonly dataType: "string" | "number" | "date" | "boolean";
  /** From 1 on; beyond the last slot of the table, values lie in its `more` under this number. */
  readonly slot: number;
}

/**
 * Records that were written together, and may be some dataset's data: those whose id lies in the load's range (see the
 * core's datasets/records.ts). `lastPosition` is how far they are numbered, `rows` how many there are; `indexedPosition` is
 * how far the full-text index has come. One that no dataset points to is being loaded (`loadingUntil`, a lease that is
 * renewed while it goes on), or is garbage and removed in the background.
 */
export const datasetLoads = sqliteTable(
  "dataset_loads",
  {
    number: integer().primaryKey({ autoIncrement: true }),
    datasetId: text("dataset_id").notNull(),
    fields: text({ mode: "json" }).$type<StoredField[]>().notNull(),
    rows: integer().notNull().default(0),
    bytes: integer().notNull().default(0),
    lastPosition: integer("last_position").notNull().default(0),
    indexedPosition: integer("indexed_position").notNull().default(0),
    loadingUntil: moment("loading_until"),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [index("dataset_loads_by_dataset").on(table.datasetId)],
);

/**
 * Bytes on their way in. An id is good for one upload by its maker within 24 hours. Counts are of what has been read so far;
 * `rejected` has the first 1,000 rows that were not taken, each with its line and the reason. One for a file is `stored` as soon
 * as its bytes are there, under `hash`, and `done` when it has become a file.
 */
export const uploads = sqliteTable(
  "uploads",
  {
    id: text().primaryKey(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    datasetId: text("dataset_id"),
    loadNumber: integer("load_number"),
    hash: text(),
    filename: text(),
    contentType: text("content_type"),
    status: text({ enum: ["waiting", "stored", "loading", "done", "failed", "cancelled"] }).notNull(),
    format: text({ enum: ["csv", "ndjson", "json", "pdf", "docx", "xlsx", "html", "markdown", "text", "code"] }),
    bytesRead: integer("bytes_read").notNull().default(0),
    bytesTotal: integer("bytes_total"),
    rowsRead: integer("rows_read").notNull().default(0),
    rowsRejected: integer("rows_rejected").notNull().default(0),
    rejected: text({ mode: "json" }).$type<{ line: number; reason: string }[]>().notNull().default([]),
    error: text(),
    startedAt: moment("started_at"),
    finishedAt: moment("finished_at"),
    expiresAt: moment("expires_at").notNull(),
    version: version(),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (table) => [
    index("uploads_by_user").on(table.userId, table.id),
    index("uploads_by_dataset").on(table.datasetId, table.id),
    index("uploads_by_expiry").on(table.expiresAt),
  ],
);

/**
 * Which datasets an assistant knows, and how much of each: a part like its skills. With
 * `access` `assistant` it brings it along, which somebody with level 3 on the dataset has allowed.
 */
export const knowledge = sqliteTable(
  "assistant_datasets",
  {
    ...part(),
    datasetId: text("dataset_id").notNull(),
    mode: text({ enum: ["full", "subset", "schema", "sample"] }).notNull(),
    filter: text({ mode: "json" }).$type<Record<string, unknown>>(),
    sampleSize: integer("sample_size"),
    access: text({ enum: ["assistant", "asker"] }).notNull(),
  },
  (table) => [
    uniqueIndex("assistant_datasets_by_dataset").on(table.assistantId, table.datasetId),
    index("assistant_datasets_by_assistant").on(table.assistantId, table.id),
    index("assistant_datasets_of_dataset").on(table.datasetId, table.id),
  ],
);

/**
 * Bytes in the store, each once. `key` is under which the store has them; `uses` is how many rows name `hash` (SHA-256, in hex),
 * which triggers keep. `missing`: a check has found that the store has lost them, and who brings them again replaces them.
 */
export const blobs = sqliteTable(
  "blobs",
  {
    hash: text().primaryKey(),
    key: text().notNull(),
    size: integer().notNull(),
    uses: integer().notNull().default(0),
    missing: flag("missing", false),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [
    uniqueIndex("blobs_by_key").on(table.key),
    index("blobs_unused").on(table.createdAt).where(sql`uses = 0`),
  ],
);

/** Files of assistants, a part like their skills. `format` is how their text is read (`documents`), null for not at all. */
export const files = sqliteTable(
  "assistant_files",
  {
    ...part(),
    filename: text().notNull(),
    contentType: text("content_type").notNull(),
    size: integer().notNull(),
    hash: text().notNull(),
    format: text(),
  },
  (table) => [
    uniqueIndex("assistant_files_by_name").on(table.assistantId, table.filename),
    index("assistant_files_by_assistant").on(table.assistantId, table.id),
    index("assistant_files_by_hash").on(table.hash, table.format),
  ],
);

/**
 * What is read from bytes in one format, once for all files that have both. `pending` until a job has read them; `read` when
 * their embeddings are there; `gone` when the bytes are, and what was read from them is still to be removed.
 */
export const documents = sqliteTable(
  "documents",
  {
    number: integer().primaryKey({ autoIncrement: true }),
    hash: text().notNull(),
    format: text().notNull(),
    status: text({ enum: ["pending", "read", "failed", "unsupported", "gone"] }).notNull(),
    error: text(),
    pages: integer(),
    chunks: integer().notNull().default(0),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (table) => [
    uniqueIndex("documents_by_hash").on(table.hash, table.format),
    index("documents_gone").on(table.number).where(sql`status = 'gone'`),
  ],
);

/**
 * Passages and images of a document, in their order: the ids of those of document `n` begin at `n << 20`. `start` and `end` are
 * offsets in the document's whole text, in UTF-16 units; an image's bytes are the blob `hash`.
 */
export const embeddings = sqliteTable(
  "embeddings",
  {
    id: integer().primaryKey(),
    kind: text({ enum: ["text", "image"] }).notNull(),
    page: integer(),
    sheet: text(),
    heading: text(),
    start: integer(),
    end: integer(),
    text: text(),
    hash: text(),
    contentType: text("content_type"),
    width: integer(),
    height: integer(),
  },
  (table) => [index("embeddings_by_hash").on(table.hash).where(sql`hash is not null`)],
);

/** An embedding as numbers (little-endian 32-bit floats), by the model that has made them. */
export const vectors = sqliteTable(
  "vectors",
  {
    embeddingId: integer("embedding_id")
      .notNull()
      .references(() => embeddings.id, { onDelete: "cascade" }),
    model: text().notNull(),
    vector: blob({ mode: "buffer" }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.embeddingId, table.model] })],
);

/**
 * Which documents are to be found in which library. The library of an assistant and of its draft is the number of the
 * assistant. `complete` when all of its passages are in the index, which has come to `indexedPosition` in their order; `stale`
 * when a file with that document has gone, and it is to be looked whether another one is left. Its passages have the ids from
 * `number << 20` on in the full-text index `passage_search`.
 */
export const libraryDocuments = sqliteTable(
  "library_documents",
  {
    number: integer().primaryKey({ autoIncrement: true }),
    library: integer().notNull(),
    documentNumber: integer("document_number").notNull(),
    indexedPosition: integer("indexed_position").notNull().default(0),
    complete: flag("complete", false),
    stale: flag("stale", false),
  },
  (table) => [
    uniqueIndex("library_documents_by_library").on(table.library, table.documentNumber),
    index("library_documents_by_document").on(table.documentNumber),
    index("library_documents_stale").on(table.number).where(sql`stale`),
  ],
);

/** Pictures that a model has drawn: of an assistant, or of its maker alone. */
export const images = sqliteTable(
  "images",
  {
    id: text().primaryKey(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    assistantId: text("assistant_id").references(() => assistants.id, { onDelete: "cascade" }),
    prompt: text().notNull(),
    model: text().notNull(),
    width: integer().notNull(),
    height: integer().notNull(),
    hash: text().notNull(),
    contentType: text("content_type").notNull(),
    version: version(),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [
    index("images_by_user").on(table.userId, table.id),
    index("images_by_assistant").on(table.assistantId, table.id).where(sql`assistant_id is not null`),
  ],
);

/**
 * Work to be done in the background. Whoever takes a job has it until `leaseUntil`, under the name `worker`; one that fails waits
 * until `runAt`, longer each time, and is `dead` when it has failed too often.
 */
export const jobs = sqliteTable(
  "jobs",
  {
    number: integer().primaryKey({ autoIncrement: true }),
    kind: text({ enum: ["read", "index"] }).notNull(),
    subject: text().notNull(),
    status: text({ enum: ["waiting", "running", "done", "dead"] }).notNull(),
    attempts: integer().notNull().default(0),
    done: integer().notNull().default(0),
    total: integer(),
    runAt: moment("run_at").notNull(),
    leaseUntil: moment("lease_until"),
    worker: text(),
    error: text(),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (table) => [
    uniqueIndex("jobs_by_subject").on(table.kind, table.subject).where(sql`status in ('waiting', 'running')`),
    index("jobs_due").on(table.runAt).where(sql`status in ('waiting', 'running')`),
    index("jobs_over").on(table.updatedAt).where(sql`status in ('done', 'dead')`),
  ],
);

/** What holds for the whole tenant: one row, made by the migration, with the tenant's own id. */
export const settings = sqliteTable("settings", {
  id: integer().primaryKey(),
  tenantId: text("tenant_id").notNull(),
  aiEnabled: flag("ai_enabled", true),
  sharePolicy: text("share_policy", { enum: ["anyone", "own-teams", "nobody"] })
    .notNull()
    .default("anyone"),
  revisionRetention: integer("revision_retention").notNull().default(100),
  sessionDays: integer("session_days").notNull().default(30),
  customSkillHosts: text("custom_skill_hosts", { mode: "json" }).$type<string[]>().notNull().default([]),
  datasetFields: integer("dataset_fields").notNull().default(500),
  datasetFieldLength: integer("dataset_field_length").notNull().default(32_768),
  datasetRows: integer("dataset_rows").notNull().default(5_000_000),
  datasetBytes: integer("dataset_bytes").notNull().default(2_147_483_648),
  fileBytes: integer("file_bytes").notNull().default(262_144_000),
  assistantFiles: integer("assistant_files").notNull().default(1_000),
  version: version(),
  updatedAt: moment("updated_at").notNull(),
  updatedBy: text("updated_by"),
});

/** What a request with an `Idempotency-Key` was answered, as the rows that the answer is made from. */
export const idempotentRequests = sqliteTable(
  "idempotent_requests",
  {
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    operation: text().notNull(),
    key: text().notNull(),
    fingerprint: text().notNull(),
    rows: text(),
    expiresAt: moment("expires_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.operation, table.key] }),
    index("idempotent_requests_by_expiry").on(table.expiresAt),
  ],
);

/**
 * Who did what to which row, and when. Append-only. `assistantId` is the assistant to which the row belongs, for a draft
 * its original, and `revision` the one from which it was changed. `details` never hold a secret. `hash` is the SHA3-256,
 * in hex, of the hash before and this row; null until it is sealed.
 */
export const audit = sqliteTable(
  "audit",
  {
    number: integer().primaryKey({ autoIncrement: true }),
    at: moment("at").notNull(),
    userId: text("user_id"),
    tokenId: text("token_id"),
    operation: text().notNull(),
    subject: text(),
    assistantId: text("assistant_id"),
    revision: integer(),
    details: text({ mode: "json" }).$type<Record<string, unknown>>(),
    hash: text(),
  },
  (table) => [
    index("audit_by_subject").on(table.subject, table.number),
    index("audit_by_user").on(table.userId, table.number),
    index("audit_by_assistant").on(table.assistantId, table.number).where(sql`assistant_id is not null`),
    index("audit_by_operation").on(table.operation, table.number),
    index("audit_by_time").on(table.at),
    index("audit_unsealed").on(table.number).where(sql`hash is null`),
  ],
);
