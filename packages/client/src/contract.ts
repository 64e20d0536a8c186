// Printed from the registry by tooling/scripts/src/client-contract.ts: change the operations, not this file.
// biome-ignore-all lint/suspicious/noConfusingVoidType: an operation without an answer has the output `void`.
import type {
  TRPCBuiltRouter,
  TRPCDefaultErrorShape,
  TRPCMutationProcedure,
  TRPCQueryProcedure,
  TRPCSubscriptionProcedure,
} from "@trpc/server";

/** Every code with which Steward answers an error, and its HTTP status. A code never changes its meaning. */
export interface StewardErrorStatus {
  /** 400: The input does not fit; `details` says where. */
  validation_failed: 400;
  /** 401: Sign in, or present a valid token. */
  unauthenticated: 401;
  /** 403: This needs AI to be switched on, and an active AI seat: ask an administrator. */
  ai_entitlement_required: 403;
  /** 403: You may see this, but not do that. */
  forbidden: 403;
  /** 403: The token does not reach that far. */
  token_scope: 403;
  /** 403: A cookie counts only on requests from Steward's own pages. */
  foreign_origin: 403;
  /** 404: There is no such thing, or it is not yours to see. */
  not_found: 404;
  /** 405: This address does not take that method. */
  method_not_allowed: 405;
  /** 409: That does not go with what is there already. */
  conflict: 409;
  /** 412: It has changed since you read it: read it again. */
  version_mismatch: 412;
  /** 413: The request is larger than allowed. */
  too_large: 413;
  /** 415: Send application/json. */
  unsupported_media_type: 415;
  /** 416: There are no bytes in that range. */
  range_not_satisfiable: 416;
  /** 429: Too many attempts: wait, then try again. */
  rate_limited: 429;
  /** 500: Something broke on our side; the request id leads to it. */
  internal: 500;
  /** 502: A service that this needs has failed: try again later. */
  upstream_failed: 502;
  /** 503: No model is configured for that: ask whoever runs the server. */
  model_not_configured: 503;
}

/** A code to `switch` on. */
export type StewardErrorCode = keyof StewardErrorStatus;

/** Where in the input something is wrong. */
export interface StewardErrorDetail {
  /** In dots (`suggestions.0`), empty for the whole. */
  path: string;
  message: string;
}

/** What Steward says of an error. */
export interface StewardErrorCause {
  code: StewardErrorCode;
  /** Of `validation_failed`: what does not fit. */
  details?: readonly StewardErrorDetail[];
  /** Of a draft that meets a changed original: what `drafts.diff` answers. */
  diff?: object;
  /** Leads whoever runs the server to its log. */
  requestId: string;
}

/** An error as it travels: `data.code` is tRPC's own, `data.cause.code` is Steward's. */
export interface StewardErrorShape extends TRPCDefaultErrorShape {
  data: TRPCDefaultErrorShape["data"] & { cause: StewardErrorCause };
}

/** Something that was done. */
export interface Activity {
  /** Its place in the audit trail. */
  number: number;
  /** A moment, in UTC and to the millisecond. */
  at: Date;
  /** Who did it; null for an operator at the command line, and for a user who has been deleted since. */
  userId: string | null;
  /** The token by which that user did it. */
  tokenId: string | null;
  /** What was done: `assistants.update`. */
  operation: string;
  /** The id of the row that it was done to. */
  subject: string | null;
  /** The revision from which the assistant was changed, for a draft the one that it was begun from. */
  revision: number | null;
  /** Which fields, to whom; never a secret. */
  details: Record<string, unknown> | null;
}

/** What this caller may do with this row. */
export interface AssistantPermissions {
  write: boolean;
  delete: boolean;
  share: boolean;
  changeOwner: boolean;
}

/** An assistant, as this caller sees it. */
export interface Assistant {
  /** A UUID of version 7. */
  id: string;
  /** `owner:slug`, as people write it. */
  naturalId: string;
  /** The part of the natural id behind the owner; a draft keeps its own. */
  slug: string;
  /** What people call it. */
  name: string;
  /** What it is for, as lists show it. */
  description: string | null;
  /** What the assistant is told before every conversation; at most 256 KiB. */
  instructions: string | null;
  /** Whether those who may only use it see its instructions as null. */
  instructionsHidden: boolean;
  /** What it says first. */
  welcome: string | null;
  /** Questions to begin with. */
  suggestions: string[];
  /** The model that runs it; null for the tenant's default. */
  modelId: string | null;
  /** What the model is called with, at most 64 KiB. */
  modelSettings: Record<string, unknown> | null;
  /** Whether it hands questions to the assistant that suits them. */
  dispatcher: boolean;
  /** Whether it may be embedded in other pages. */
  embedded: boolean;
  /** A disabled one cannot be chatted with by anyone. */
  enabled: boolean;
  /** Whatever your systems keep with it, at most 64 KiB. */
  data: Record<string, unknown> | null;
  /** Whether it has shares or belongs to a team. */
  shared: boolean;
  /** `user:<username>` or `team:<name>`. */
  ownerId: string;
  /** A UUID of version 7. */
  folderId: string | null;
  /** On a draft: the assistant that it will replace. */
  editingId: string | null;
  /** The draft in which its writers edit it, as far as you may. */
  draftId: string | null;
  skills: Array<{
    /** A UUID of version 7. */
    id: string;
    type: string;
    name: string;
  }>;
  /** What this caller may do with this row. */
  permissions: AssistantPermissions;
  /** Grows by one with every change. */
  version: number;
  /** A moment, in UTC and to the millisecond. */
  createdAt: Date;
  /** A moment, in UTC and to the millisecond. */
  updatedAt: Date;
  /** `user:<username>` or `team:<name>`. */
  createdBy: string | null;
  /** `user:<username>` or `team:<name>`. */
  updatedBy: string | null;
}

/** An assistant as one portable document, without a secret's value. */
export interface AssistantDocument {
  format: "steward.assistant/1";
  /** Under which it is imported: `owner:slug`. */
  naturalId: string;
  /** What people call it. */
  name: string;
  /** What it is for, as lists show it. */
  description: string | null;
  /** What the assistant is told before every conversation; at most 256 KiB. */
  instructions: string | null;
  /** Whether those who may only use it see its instructions as null. */
  instructionsHidden: boolean;
  /** What it says first. */
  welcome: string | null;
  /** Questions to begin with. */
  suggestions: string[];
  /** The model that runs it; null for the tenant's default. */
  modelId: string | null;
  /** What the model is called with, at most 64 KiB. */
  modelSettings: Record<string, unknown> | null;
  /** Whether it hands questions to the assistant that suits them. */
  dispatcher: boolean;
  /** Whether it may be embedded in other pages. */
  embedded: boolean;
  /** A disabled one cannot be chatted with by anyone. */
  enabled: boolean;
  /** Whatever your systems keep with it, at most 64 KiB. */
  data: Record<string, unknown> | null;
  skills: Array<{
    /** The id of a driver, see `GET /skill-drivers`. */
    type: string;
    /** What people call it; the model's tool is named after it. */
    name: string;
    /** What the model is told that it does; null for what the driver says. */
    description: string | null;
    /** Whether the assistant may use it. */
    enabled: boolean;
    /** What the driver of its type takes. Assistants stand here by their natural ids. */
    data: Record<string, unknown>;
    /** The natural id of the dataset it is about. */
    datasetId: string | null;
    /** A data source of another system. */
    datasourceId: string | null;
    /** A report of another system. */
    reportId: string | null;
    /** A query of another system. */
    queryId: string | null;
    /** A template of another system. */
    templateId: string | null;
    /** An integration of another system. */
    integrationId: string | null;
  }>;
  references: Array<{
    targetType: "assistant" | "dataset" | "file" | "library" | "query" | "report" | "template" | "datasource" | "url";
    /** The natural id of an assistant or a dataset, a URL, or the id in its own system. */
    targetId: string;
    /** What it is to the assistant. */
    description: string | null;
  }>;
  /** Which secrets it needs. Their values are in no document. */
  secrets: Array<{
    name: string;
    description: string | null;
    allowedHosts: string[];
  }>;
  /** Which datasets it knows. */
  knowledge: Array<{
    /** Its natural id. */
    dataset: string;
    /** `subset` where there is a filter, `full` otherwise. */
    mode?: "full" | "subset" | "schema" | "sample" | undefined;
    /** Which records: `{field: value}` and operators. Null for all; `subset` has one. */
    filter: Record<string, unknown> | null;
    /** How many records of a `sample`, 100 unless given; null in any other mode. */
    sampleSize: number | null;
    /** Whose rights count when the assistant is asked. `assistant`: it brings the dataset along, whoever asks. `asker`: each reaches no more than its own share of the dataset shows. */
    access: "assistant" | "asker";
  }>;
  /** What the export did not bring. An import does not read it. */
  leftBehind?: string[] | undefined;
  $schema?: string | undefined;
  _links?: unknown | undefined;
}

/** One field, before and after. */
export interface FieldChange {
  field: string;
  before: unknown;
  after: unknown;
  /** For a text of several lines: which of them. Unchanged ones are cut to those around a change. */
  lines: Array<{
    change: "same" | "added" | "removed";
    /** Whole lines, with their line breaks. */
    text: string;
  }> | null;
}

/** One skill, reference, secret, dataset or file. A secret's value is only said to have changed; a dataset is called by its id where its name is not yours to see. */
export interface PartChange {
  change: "added" | "removed" | "changed";
  /** Of the live part, where there is one. */
  id: string;
  name: string;
  fields: FieldChange[];
}

/** Field by field and part by part, what makes one state another. */
export interface Changes {
  changed: boolean;
  fields: FieldChange[];
  skills: PartChange[];
  references: PartChange[];
  secrets: PartChange[];
  knowledge: PartChange[];
  files: PartChange[];
}

/** What an import has done, or would do. */
export interface Imported {
  outcome: "created" | "updated" | "unchanged";
  dryRun: boolean;
  /** Null for one that a dry run has not made. */
  id: string | null;
  naturalId: string;
  /** Field by field and part by part, what makes one state another. */
  changes: Changes;
  /** What the document names and the assistant does not have: set their values. */
  missingSecrets: string[];
}

/** An assistant with its tags, sharing and whether it is a favorite. */
export interface ListedAssistant {
  /** A UUID of version 7. */
  id: string;
  /** `owner:slug`, as people write it. */
  naturalId: string;
  /** The part of the natural id behind the owner; a draft keeps its own. */
  slug: string;
  /** What people call it. */
  name: string;
  /** What it is for, as lists show it. */
  description: string | null;
  /** What the assistant is told before every conversation; at most 256 KiB. */
  instructions: string | null;
  /** Whether those who may only use it see its instructions as null. */
  instructionsHidden: boolean;
  /** What it says first. */
  welcome: string | null;
  /** Questions to begin with. */
  suggestions: string[];
  /** The model that runs it; null for the tenant's default. */
  modelId: string | null;
  /** What the model is called with, at most 64 KiB. */
  modelSettings: Record<string, unknown> | null;
  /** Whether it hands questions to the assistant that suits them. */
  dispatcher: boolean;
  /** Whether it may be embedded in other pages. */
  embedded: boolean;
  /** A disabled one cannot be chatted with by anyone. */
  enabled: boolean;
  /** Whatever your systems keep with it, at most 64 KiB. */
  data: Record<string, unknown> | null;
  /** Whether it has shares or belongs to a team. */
  shared: boolean;
  /** `user:<username>` or `team:<name>`. */
  ownerId: string;
  /** A UUID of version 7. */
  folderId: string | null;
  /** On a draft: the assistant that it will replace. */
  editingId: string | null;
  /** The draft in which its writers edit it, as far as you may. */
  draftId: string | null;
  skills: Array<{
    /** A UUID of version 7. */
    id: string;
    type: string;
    name: string;
  }>;
  /** What this caller may do with this row. */
  permissions: AssistantPermissions;
  /** Grows by one with every change. */
  version: number;
  /** A moment, in UTC and to the millisecond. */
  createdAt: Date;
  /** A moment, in UTC and to the millisecond. */
  updatedAt: Date;
  /** `user:<username>` or `team:<name>`. */
  createdBy: string | null;
  /** `user:<username>` or `team:<name>`. */
  updatedBy: string | null;
  tags: string[];
  /** To whom it is shared. */
  sharing: Array<{
    /** `user:<username>` or `team:<name>`. */
    principalId: string;
    accessLevel: number;
  }>;
  /** Whether the caller has marked it. */
  favorite: boolean;
}

/** A row of the audit trail. */
export interface AuditEntry {
  /** Its place in the audit trail. */
  number: number;
  /** A moment, in UTC and to the millisecond. */
  at: Date;
  /** Who did it; null for an operator at the command line, and for a user who has been deleted since. */
  userId: string | null;
  /** The token by which that user did it. */
  tokenId: string | null;
  /** What was done: `assistants.update`. */
  operation: string;
  /** The id of the row that it was done to. */
  subject: string | null;
  /** The revision from which the assistant was changed, for a draft the one that it was begun from. */
  revision: number | null;
  /** Which fields, to whom; never a secret. */
  details: Record<string, unknown> | null;
  /** The assistant to whose activity it belongs. */
  assistantId: string | null;
  /** Its link in the chain of hashes; null until it is sealed. */
  hash: string | null;
}

/** Who has written a comment. */
export interface Author {
  username: string;
  displayName: string;
}

/** What somebody says about an assistant, or answers to that. */
export interface Comment {
  /** A UUID of version 7. */
  id: string;
  /** A UUID of version 7. */
  assistantId: string;
  /** On a reply: the comment that begins its thread. */
  parentId: string | null;
  message: string;
  /** Its author; null once there is no such user any more. */
  userId: string | null;
  /** Who has written a comment. */
  user: Author | null;
  mentions: string[];
  /** Whether it was made on a draft, and is for those who may write. */
  editorsOnly: boolean;
  replyCount: number;
  /** A moment, in UTC and to the millisecond. */
  resolvedAt: Date | null;
  /** `user:<username>` or `team:<name>`. */
  resolvedBy: string | null;
  /** When its author last changed what it says. */
  editedAt: Date | null;
  permissions: {
    write: boolean;
    delete: boolean;
    resolve: boolean;
  };
  /** Grows by one with every change. */
  version: number;
  /** A moment, in UTC and to the millisecond. */
  createdAt: Date;
  /** A moment, in UTC and to the millisecond. */
  updatedAt: Date;
}

/** Where bytes can be fetched for a short while, and what they are. */
export interface ContentsLink {
  /** The address, beneath that of the server, or a `data:` one of few bytes. */
  url: string;
  /** Until when the address is good. */
  expiresAt: Date;
  contentType: string;
  /** In bytes. */
  size: number;
  filename: string;
}

/** To whom an assistant or a dataset belongs. */
export interface Owner {
  /** `user:<username>` or `team:<name>`. */
  ownerId: string;
  ownerType: "user" | "team";
  displayName: string;
  permissions: {
    changeOwner: boolean;
  };
  /** The version of what is owned. */
  version: number;
}

/** What a user or a team may do with a dataset that it does not own, and how much of it is seen. */
export interface DatasetShare {
  /** `user:<username>` or `team:<name>`. */
  principalId: string;
  displayName: string;
  /** 1 read, 2 write, 3 administer. */
  accessLevel: number;
  /** Who shared it first. */
  createdBy: string | null;
  permissions: {
    share: boolean;
  };
  /** Grows by one with every change. */
  version: number;
  /** A moment, in UTC and to the millisecond. */
  createdAt: Date;
  /** A moment, in UTC and to the millisecond. */
  updatedAt: Date;
  /** Criteria: only the records that match are seen. Null for all, and to you where you may not share the dataset. A filter that names a field which the data no longer has lets nothing through. */
  filter: Record<string, unknown> | null;
  /** The names of the only fields that are seen; an empty list for none. Null for all, and to you where you may not share the dataset. */
  visibleFields: string[] | null;
}

/** An assistant that knows a dataset, and how much of it. */
export interface AssistantOfDataset {
  /** A UUID of version 7. */
  assistantId: string;
  /** Of the assistant, as far as you may read it. */
  naturalId: string | null;
  /** Of the assistant, as far as you may read it. */
  name: string | null;
  /** Whether its draft has it so, and not the assistant itself. */
  draft: boolean;
  /** `full`: all records. `subset`: those that match `filter`. `schema`: the fields alone, never a value. `sample`: a stable random choice of those that match. */
  mode: "full" | "subset" | "schema" | "sample";
  /** Which records: `{field: value}` and operators. Null for all; `subset` has one. */
  filter: Record<string, unknown> | null;
  /** How many records of a `sample`, 100 unless given; null in any other mode. */
  sampleSize: number | null;
  /** Whose rights count when the assistant is asked. `assistant`: it brings the dataset along, whoever asks. `asker`: each reaches no more than its own share of the dataset shows. */
  access: "assistant" | "asker";
  permissions: {
    delete: boolean;
  };
  /** A moment, in UTC and to the millisecond. */
  createdAt: Date;
  /** A moment, in UTC and to the millisecond. */
  updatedAt: Date;
}

/** What this caller may do with this dataset. */
export interface DatasetPermissions {
  write: boolean;
  delete: boolean;
  share: boolean;
  changeOwner: boolean;
}

/** A field of a dataset's records. */
export interface DataField {
  name: string;
  label: string;
  dataType: "string" | "number" | "date" | "boolean";
  /** Its place among the fields that you see, from 1 on. */
  position: number;
}

/** A dataset, as this caller sees it. */
export interface Dataset {
  /** A UUID of version 7. */
  id: string;
  /** `owner:slug`, as people write it. */
  naturalId: string;
  /** The part of the natural id behind the owner. */
  slug: string;
  /** What people call it. */
  name: string;
  /** What is in it, as lists show it. */
  description: string | null;
  /** `user:<username>` or `team:<name>`. */
  ownerId: string;
  /** Whether it has shares or belongs to a team. */
  shared: boolean;
  /** How many records it has; null where you see only some of them. */
  rows: number | null;
  /** How much they hold; null where you see only a part of it. */
  bytes: number | null;
  /** Whether `q` finds all of them; false while new ones are indexed. */
  indexed: boolean;
  /** What this caller may do with this dataset. */
  permissions: DatasetPermissions;
  /** Grows by one with every change. */
  version: number;
  /** A moment, in UTC and to the millisecond. */
  createdAt: Date;
  /** A moment, in UTC and to the millisecond. */
  updatedAt: Date;
  /** `user:<username>` or `team:<name>`. */
  createdBy: string | null;
  /** `user:<username>` or `team:<name>`. */
  updatedBy: string | null;
  /** In their order, as far as you see them. */
  fields: DataField[];
}

/** A field of a dataset's records, with values that it has. */
export interface SampledField {
  name: string;
  label: string;
  dataType: "string" | "number" | "date" | "boolean";
  /** Its place among the fields that you see, from 1 on. */
  position: number;
  /** Up to 5 different values among the first 100 records that you see; long texts are cut. */
  sample: Array<string | number | boolean | Date>;
}

/** A dataset without its fields, which may be hundreds. */
export interface ListedDataset {
  /** A UUID of version 7. */
  id: string;
  /** `owner:slug`, as people write it. */
  naturalId: string;
  /** The part of the natural id behind the owner. */
  slug: string;
  /** What people call it. */
  name: string;
  /** What is in it, as lists show it. */
  description: string | null;
  /** `user:<username>` or `team:<name>`. */
  ownerId: string;
  /** Whether it has shares or belongs to a team. */
  shared: boolean;
  /** How many records it has; null where you see only some of them. */
  rows: number | null;
  /** How much they hold; null where you see only a part of it. */
  bytes: number | null;
  /** Whether `q` finds all of them; false while new ones are indexed. */
  indexed: boolean;
  /** What this caller may do with this dataset. */
  permissions: DatasetPermissions;
  /** Grows by one with every change. */
  version: number;
  /** A moment, in UTC and to the millisecond. */
  createdAt: Date;
  /** A moment, in UTC and to the millisecond. */
  updatedAt: Date;
  /** `user:<username>` or `team:<name>`. */
  createdBy: string | null;
  /** `user:<username>` or `team:<name>`. */
  updatedBy: string | null;
}

/** Bytes on their way into a dataset or a file, and what became of them. */
export interface Upload {
  /** A UUID of version 7. */
  id: string;
  /** The dataset that it goes into; null for none. */
  datasetId: string | null;
  /** `waiting` for its bytes, `stored` until a file is made of them, `loading` into a dataset, or over: `done`, `failed` (see `error`) or `cancelled`, and then nothing of it was taken. */
  status: "waiting" | "stored" | "loading" | "done" | "failed" | "cancelled";
  /** As what the bytes are read. */
  format: "csv" | "ndjson" | "json" | "pdf" | "docx" | "xlsx" | "html" | "markdown" | "text" | "code" | null;
  /** Of stored bytes: the name under which they were sent. */
  filename: string | null;
  /** Of stored bytes: what they are, as far as they tell. */
  contentType: string | null;
  /** Of stored bytes, as long as they are: their SHA-256, in hex. */
  sha256: string | null;
  bytesRead: number;
  /** How many there will be, where the sender has said so. */
  bytesTotal: number | null;
  /** How many rows were read, those that were not taken included. */
  rowsRead: number;
  /** How many of them do not fit and were not taken. */
  rowsRejected: number;
  rowsPerSecond: number | null;
  /** At the present pace; null where that is not known. */
  secondsLeft: number | null;
  /** Why it has failed. */
  error: string | null;
  /** A moment, in UTC and to the millisecond. */
  startedAt: Date | null;
  /** A moment, in UTC and to the millisecond. */
  finishedAt: Date | null;
  /** Until when its id is good for sending the bytes. */
  expiresAt: Date;
  /** Grows by one with every change. */
  version: number;
  /** A moment, in UTC and to the millisecond. */
  createdAt: Date;
  /** A moment, in UTC and to the millisecond. */
  updatedAt: Date;
  /** The first 1,000 rows that were not taken; told when it is over. */
  rejected: Array<{
    /** The line on which it begins, from 1 on; in JSON, which record it is. */
    line: number;
    reason: string;
  }>;
}

/** What a commit of the draft would change. */
export interface DraftDiff {
  /** What a commit would change. */
  changes: {
    changed: boolean;
    fields: FieldChange[];
    skills: PartChange[];
    references: PartChange[];
    secrets: PartChange[];
    knowledge: PartChange[];
    files: PartChange[];
  };
  /** Whether the live assistant has changed since `_edit`. */
  conflict: boolean;
  /** What has changed in the live one since; null when nothing has, or when that revision is forgotten. */
  changedSince: Changes | null;
  /** The revision that the draft was begun from. */
  baseRevision: number | null;
  /** The live assistant's present revision. */
  revision: number | null;
}

/** The way in. */
export interface Entry {
  name: "Steward";
  /** What you may do in the whole tenant. */
  permissions: Array<
    "assistants:create" | "datasets:create" | "tokens:create" | "teams:create" | "ai:manage" | "tenant:superuser"
  >;
}

/** Whether the caller has marked an assistant. */
export interface Favorite {
  favorited: boolean;
}

/** A file of an assistant. */
export interface File {
  /** A UUID of version 7. */
  id: string;
  /** A UUID of version 7. */
  assistantId: string;
  /** No two files of an assistant have the same. */
  filename: string;
  /** What the bytes are, as far as they tell; of text, what the name says. */
  contentType: string;
  /** In bytes. */
  size: number;
  /** SHA-256 of the bytes, in hex. */
  sha256: string;
  /** `pending` until its text is found by a search, which is `indexed`; `failed` or `unsupported`: see `error`. */
  status: "pending" | "indexed" | "failed" | "unsupported";
  /** Why its text is not found by a search. */
  error: string | null;
  /** How many it has, where it has pages. */
  pages: number | null;
  /** Into how many passages its text was cut. */
  chunks: number;
  permissions: {
    write: boolean;
    delete: boolean;
  };
  /** Grows by one with every change. */
  version: number;
  /** A moment, in UTC and to the millisecond. */
  createdAt: Date;
  /** A moment, in UTC and to the millisecond. */
  updatedAt: Date;
}

/** A passage of a file, or an image in it. */
export interface Embedding {
  /** The same as long as the bytes of the file are. */
  id: string;
  kind: "text" | "image";
  /** From 1 on; null where there are none. */
  page: number | null;
  sheet: string | null;
  /** The headings above it, the outermost first, with ` > ` between. */
  heading: string | null;
  /** Where in the text of the file it begins, in UTF-16 units. */
  start: number | null;
  end: number | null;
  text: string | null;
  /** Of an image, in pixels. */
  width: number | null;
  height: number | null;
}

/** A passage of a file that holds what was asked for. */
export interface Passage {
  file: {
    /** A UUID of version 7. */
    id: string;
    filename: string;
  };
  /** The same as long as the bytes of the file are. */
  embeddingId: string;
  /** From 1 on; null where there are none. */
  page: number | null;
  sheet: string | null;
  /** The headings above it, the outermost first, with ` > ` between. */
  heading: string | null;
  /** Where in the text of the file it begins, in UTF-16 units. */
  start: number;
  end: number;
  /** The part of it that shows best why it was found. */
  snippet: string;
  /** Where in `snippet` what was asked for stands, in UTF-16 units. */
  marks: Array<{
    start: number;
    end: number;
  }>;
  /** How well it fits, within this answer: the higher, the better. */
  score: number;
  /** Where the file's bytes are, opened at this place. */
  href: string;
}

/** Where its owner keeps assistants, and other folders. */
export interface Folder {
  /** A UUID of version 7. */
  id: string;
  name: string;
  /** The folder in which it lies; null at the top. */
  parentId: string | null;
  /** `user:<username>` or `team:<name>`. */
  ownerId: string;
  permissions: {
    write: boolean;
    delete: boolean;
  };
  /** Grows by one with every change. */
  version: number;
  /** A moment, in UTC and to the millisecond. */
  createdAt: Date;
  /** A moment, in UTC and to the millisecond. */
  updatedAt: Date;
}

/** What was made of a picture that was sent as an icon. */
export interface Icon {
  /** A UUID of version 7. */
  assistantId: string;
  contentType: "image/svg+xml" | "image/png";
  /** In bytes. */
  size: number;
  /** Of the bytes that are served, in hex. */
  sha256: string;
  /** Of the assistant. */
  version: number;
  /** A moment, in UTC and to the millisecond. */
  updatedAt: Date;
}

/** A picture that a model has drawn. */
export interface Image {
  /** A UUID of version 7. */
  id: string;
  /** For which it was drawn. */
  assistantId: string | null;
  /** Where it is served, beneath the server's address. */
  url: string;
  prompt: string;
  /** That has drawn it. */
  model: string;
  /** Width x height in pixels, as it was drawn. */
  size: string;
  permissions: {
    delete: boolean;
  };
  /** Grows by one with every change. */
  version: number;
  /** A moment, in UTC and to the millisecond. */
  createdAt: Date;
}

/** Work that is done in the background. */
export interface Job {
  id: string;
  /** `read` takes text and images from bytes, `index` makes passages findable. */
  kind: "read" | "index";
  /** `waiting` until `runAt`, `running`, `done`, or `dead` when it has failed too often. */
  status: "waiting" | "running" | "done" | "dead";
  /** How often it was begun. */
  attempts: number;
  /** How far it has come, in passages. */
  done: number;
  /** How far it is to come, as far as that is known. */
  total: number | null;
  /** Why it has failed the last time. */
  error: string | null;
  /** Files that wait for it, 5 at most. */
  files: Array<{
    /** A UUID of version 7. */
    id: string;
    filename: string;
    assistant: {
      /** A UUID of version 7. */
      id: string;
      name: string;
    };
  }>;
  /** When it is due; of one that runs, when it counts as given up. */
  runAt: Date;
  /** A moment, in UTC and to the millisecond. */
  createdAt: Date;
  /** A moment, in UTC and to the millisecond. */
  updatedAt: Date;
  permissions: {
    retry: boolean;
  };
}

/** A dataset, as far as an assistant shows it to this caller. */
export interface KnownDataset {
  /** A UUID of version 7. */
  id: string;
  naturalId: string;
  name: string;
  description: string | null;
  fields: DataField[];
  /** What narrows the records that are seen. */
  filters: Array<Record<string, unknown>>;
}

/** A dataset that an assistant knows, and how much of it. */
export interface DatasetKnowledge {
  /** A UUID of version 7. */
  id: string;
  /** A UUID of version 7. */
  assistantId: string;
  /** A UUID of version 7. */
  datasetId: string;
  /** `full`: all records. `subset`: those that match `filter`. `schema`: the fields alone, never a value. `sample`: a stable random choice of those that match. */
  mode: "full" | "subset" | "schema" | "sample";
  /** Which records. Null for all, and for those who may only use the assistant where its instructions are hidden or the filter speaks of what they may not see. */
  filter: Record<string, unknown> | null;
  /** How many records of a `sample`, 100 unless given; null in any other mode. */
  sampleSize: number | null;
  /** Whose rights count when the assistant is asked. `assistant`: it brings the dataset along, whoever asks. `asker`: each reaches no more than its own share of the dataset shows. */
  access: "assistant" | "asker";
  /** What the assistant sees of it; with access `asker` what you may see of it yourself, null for nothing. Null for one that is gone. */
  dataset: KnownDataset | null;
  permissions: {
    /** Whether the dataset itself is yours to read. */
    read: boolean;
    write: boolean;
    delete: boolean;
  };
  /** Grows by one with every change. */
  version: number;
  /** A moment, in UTC and to the millisecond. */
  createdAt: Date;
  /** A moment, in UTC and to the millisecond. */
  updatedAt: Date;
}

/** A user or a team, by name. */
export interface Principal {
  /** `user:<username>` or `team:<name>`. */
  id: string;
  type: "user" | "team";
  name: string;
  displayName: string;
}

/** What a change has made of a dataset's records. */
export interface RecordsChanged {
  /** How many records this has brought. */
  added: number;
  /** How many there are now. */
  rows: number;
  /** The dataset's version from now on. */
  version: number;
}

/** A value for each field that you see; null for a missing one, dates as moments. */
export type DatasetRecord = Record<string, string | number | boolean | Date | null>;

/** What was asked of a dataset's records. */
export interface QueryAnswer {
  rows: DatasetRecord[];
  /** How many rows this answer has. */
  count: number;
  /** Whether there are more. */
  truncated: boolean;
  /** What was left out, in words; null for nothing. */
  note: string | null;
}

/** What an assistant points to. */
export interface Reference {
  /** A UUID of version 7. */
  id: string;
  /** A UUID of version 7. */
  assistantId: string;
  /** `assistant`, `dataset` and `file` are Steward's own; the rest but `url` is of other systems. */
  targetType: "assistant" | "dataset" | "file" | "library" | "query" | "report" | "template" | "datasource" | "url";
  /** A UUID, an id of another system, or the web address itself. */
  targetId: string;
  /** The assistant, the dataset or the file that it names, as far as you may read it. */
  target: {
    /** A UUID of version 7. */
    id: string;
    name: string;
  } | null;
  /** What it is to the assistant. */
  description: string | null;
  permissions: {
    delete: boolean;
  };
  /** Grows by one with every change. */
  version: number;
  /** A moment, in UTC and to the millisecond. */
  createdAt: Date;
  /** A moment, in UTC and to the millisecond. */
  updatedAt: Date;
}

/** A committed state of an assistant, whole. */
export interface RevisionWithContent {
  /** The version that the assistant became by it; not every version is a revision. */
  number: number;
  message: string | null;
  /** What has made it. */
  operation: string;
  /** Whether it is the assistant's present state. */
  current: boolean;
  /** A moment, in UTC and to the millisecond. */
  createdAt: Date;
  /** `user:<username>` or `team:<name>`. */
  createdBy: string | null;
  content: {
    /** What people call it. */
    name: string;
    /** What it is for, as lists show it. */
    description: string | null;
    /** What the assistant is told before every conversation; at most 256 KiB. */
    instructions: string | null;
    /** Whether those who may only use it see its instructions as null. */
    instructionsHidden: boolean;
    /** What it says first. */
    welcome: string | null;
    /** Questions to begin with. */
    suggestions: string[];
    /** The model that runs it; null for the tenant's default. */
    modelId: string | null;
    /** What the model is called with, at most 64 KiB. */
    modelSettings: Record<string, unknown> | null;
    /** Whether it hands questions to the assistant that suits them. */
    dispatcher: boolean;
    /** Whether it may be embedded in other pages. */
    embedded: boolean;
    /** A disabled one cannot be chatted with by anyone. */
    enabled: boolean;
    /** Whatever your systems keep with it, at most 64 KiB. */
    data: Record<string, unknown> | null;
    skills: Array<{
      /** A UUID of version 7. */
      id: string;
      type: string;
      name: string;
      description: string | null;
      enabled: boolean;
      data: unknown;
      datasetId: string | null;
      datasourceId: string | null;
      reportId: string | null;
      queryId: string | null;
      templateId: string | null;
      integrationId: string | null;
    }>;
    references: Array<{
      /** A UUID of version 7. */
      id: string;
      targetType: string;
      targetId: string;
      description: string | null;
    }>;
    /** By name: values are in no revision. */
    secrets: Array<{
      /** A UUID of version 7. */
      id: string;
      name: string;
      description: string | null;
      allowedHosts: string[];
    }>;
    knowledge: Array<{
      /** A UUID of version 7. */
      id: string;
      /** A UUID of version 7. */
      datasetId: string;
      /** `full`: all records. `subset`: those that match `filter`. `schema`: the fields alone, never a value. `sample`: a stable random choice of those that match. */
      mode: "full" | "subset" | "schema" | "sample";
      /** Which records: `{field: value}` and operators. Null for all; `subset` has one. */
      filter: Record<string, unknown> | null;
      /** How many records of a `sample`, 100 unless given; null in any other mode. */
      sampleSize: number | null;
      /** Whose rights count when the assistant is asked. `assistant`: it brings the dataset along, whoever asks. `asker`: each reaches no more than its own share of the dataset shows. */
      access: "assistant" | "asker";
    }>;
    files: Array<{
      /** A UUID of version 7. */
      id: string;
      filename: string;
      contentType: string;
      size: number;
      hash: string;
    }>;
  };
}

/** A committed state of an assistant. */
export interface Revision {
  /** The version that the assistant became by it; not every version is a revision. */
  number: number;
  message: string | null;
  /** What has made it. */
  operation: string;
  /** Whether it is the assistant's present state. */
  current: boolean;
  /** A moment, in UTC and to the millisecond. */
  createdAt: Date;
  /** `user:<username>` or `team:<name>`. */
  createdBy: string | null;
}

/** A user's right to use AI. */
export interface AiSeat {
  /** `user:<username>` or `team:<name>`. */
  userId: string;
  username: string;
  /** A moment, in UTC and to the millisecond. */
  expiresAt: Date | null;
  /** False once it has expired. */
  active: boolean;
  permissions: {
    delete: boolean;
  };
  /** Grows by one with every change. */
  version: number;
  /** A moment, in UTC and to the millisecond. */
  createdAt: Date;
}

/** What a skill needs to know and nobody is to read; its value is encrypted. */
export interface Secret {
  /** A UUID of version 7. */
  id: string;
  /** A UUID of version 7. */
  assistantId: string;
  /** By which skills ask for it, unique within the assistant. */
  name: string;
  /** What it is for. */
  description: string | null;
  /** Where a skill may send it: `api.example.com`, `*.example.com` for all beneath, each with `:port` where only one is meant. Changes only together with the value. */
  allowedHosts: string[];
  /** Never the value itself. */
  value: "********";
  permissions: {
    write: boolean;
    delete: boolean;
  };
  /** Grows by one with every change. */
  version: number;
  /** A moment, in UTC and to the millisecond. */
  createdAt: Date;
  /** A moment, in UTC and to the millisecond. */
  updatedAt: Date;
  /** When a skill last used it. */
  lastUsedAt: Date | null;
}

/** Somebody who has signed in. */
export interface Session {
  /** A UUID of version 7. */
  id: string;
  /** `user:<username>` or `team:<name>`. */
  userId: string;
  /** Whether it is the one you ask with. */
  current: boolean;
  /** Where it began. */
  address: string | null;
  /** Grows by one with every change. */
  version: number;
  /** A moment, in UTC and to the millisecond. */
  createdAt: Date;
  /** A moment, in UTC and to the millisecond. */
  expiresAt: Date;
  permissions: {
    delete: boolean;
  };
}

/** Whom a session belongs to. */
export interface SignedInUser {
  /** `user:<username>` or `team:<name>`. */
  id: string;
  username: string;
  displayName: string;
}

/** Who you are and what you may do. */
export interface Me {
  user: {
    /** `user:<username>` or `team:<name>`. */
    id: string;
    username: string;
    displayName: string;
    email: string | null;
    role: "member" | "creator" | "admin";
  };
  teams: Array<{
    /** `user:<username>` or `team:<name>`. */
    id: string;
    name: string;
    displayName: string;
    role: "admin" | "publisher" | "designer" | "dataWizard" | "memberPlus" | "member";
  }>;
  /** What you may do in the whole tenant. */
  permissions: Array<
    "assistants:create" | "datasets:create" | "tokens:create" | "teams:create" | "ai:manage" | "tenant:superuser"
  >;
  /** Whether you may use AI. */
  seat: {
    active: boolean;
    /** A moment, in UTC and to the millisecond. */
    expiresAt: Date | null;
  };
}

/** What holds for the whole tenant. */
export interface Settings {
  /** Whether anybody may use AI; a seat counts only as long as it is. */
  aiEnabled: boolean;
  /** With whom assistants and datasets may be shared anew: anybody, one's own teams, or nobody. */
  sharePolicy: "anyone" | "own-teams" | "nobody";
  /** How many revisions of an assistant are kept; the newest always is. */
  revisionRetention: number;
  /** How many days somebody stays signed in without coming back. */
  sessionDays: number;
  /** The only hosts that skills of type `custom` may call: `api.example.com`, `*.example.com`, each with `:port` where only one is meant; with none listed, any public one. */
  customSkillHosts: string[];
  /** How many fields a dataset may have. */
  datasetFields: number;
  /** How long a text in one field of a record may be, in characters. */
  datasetFieldLength: number;
  /** How many records a dataset may have. */
  datasetRows: number;
  /** How many bytes may be uploaded into a dataset at once. */
  datasetBytes: number;
  /** How many bytes a file of an assistant may have. */
  fileBytes: number;
  /** How many files an assistant may have. */
  assistantFiles: number;
  permissions: {
    write: boolean;
  };
  /** Grows by one with every change. */
  version: number;
  /** A moment, in UTC and to the millisecond. */
  updatedAt: Date;
  /** `user:<username>` or `team:<name>`. */
  updatedBy: string | null;
}

/** What a user or a team may do with an assistant that it does not own. */
export interface Share {
  /** `user:<username>` or `team:<name>`. */
  principalId: string;
  displayName: string;
  /** 1 read, 2 write, 3 administer. */
  accessLevel: number;
  /** Who shared it first. */
  createdBy: string | null;
  permissions: {
    share: boolean;
  };
  /** Grows by one with every change. */
  version: number;
  /** A moment, in UTC and to the millisecond. */
  createdAt: Date;
  /** A moment, in UTC and to the millisecond. */
  updatedAt: Date;
}

/** What an assistant can do beyond talking. */
export interface Skill {
  /** A UUID of version 7. */
  id: string;
  /** A UUID of version 7. */
  assistantId: string;
  /** The id of a driver, see `GET /skill-drivers`. */
  type: string;
  /** What people call it; the model's tool is named after it. */
  name: string;
  /** What the model is told that it does; null for what the driver says. */
  description: string | null;
  /** Whether the assistant may use it. */
  enabled: boolean;
  /** The dataset that it is about. */
  datasetId: string | null;
  /** A data source of another system. */
  datasourceId: string | null;
  /** A report of another system. */
  reportId: string | null;
  /** A query of another system. */
  queryId: string | null;
  /** A template of another system. */
  templateId: string | null;
  /** An integration of another system. */
  integrationId: string | null;
  /** The configuration; null for those who may only use an assistant whose instructions are hidden. */
  data: Record<string, unknown> | null;
  /** The dataset that it is about, where you may read it or the assistant brings it along. */
  dataset?:
    | {
        /** A UUID of version 7. */
        id: string;
        name: string;
      }
    | undefined;
  permissions: {
    write: boolean;
    delete: boolean;
  };
  /** Grows by one with every change. */
  version: number;
  /** A moment, in UTC and to the millisecond. */
  createdAt: Date;
  /** A moment, in UTC and to the millisecond. */
  updatedAt: Date;
}

/** A skill as a model is told of it. */
export interface ToolDefinition {
  /** Made from the skill's name: 1 to 64 of letters, digits, `_` and `-`. */
  name: string;
  /** The skill's own, or what its configuration says. */
  description: string;
  /** JSON Schema of what the model gives. */
  inputSchema: Record<string, unknown>;
}

/** The driver of a skill, and what it makes of its configuration. */
export interface DriverOfSkill {
  /** The `type` of its skills. */
  id: string;
  name: string;
  description: string;
  /** JSON Schema of `data`, with examples. */
  configSchema: Record<string, unknown>;
  /** Null where `data` is, and while it does not fit `configSchema`. */
  toolDefinition: ToolDefinition | null;
}

/** A type of skills. */
export interface SkillDriver {
  /** The `type` of its skills. */
  id: string;
  name: string;
  description: string;
  /** JSON Schema of `data`, with examples. */
  configSchema: Record<string, unknown>;
  /** What the platform must have to run its skills. */
  platform: Array<"sandbox" | "search" | "fetch" | "files" | "datasets" | "models">;
}

/** What a skill has answered. */
export interface SkillOutcome {
  /** What a model is told: text, or an object. */
  content: string | Record<string, unknown>;
  /** Whether it could not do what was asked. */
  failed: boolean;
}

/** A word by which the whole tenant sorts its assistants. */
export interface Tag {
  /** A UUID of version 7. */
  id: string;
  name: string;
  /** `user:<username>` or `team:<name>`. */
  createdBy: string | null;
  permissions: {
    write: boolean;
    delete: boolean;
  };
  /** Grows by one with every change. */
  version: number;
  /** A moment, in UTC and to the millisecond. */
  createdAt: Date;
  /** A moment, in UTC and to the millisecond. */
  updatedAt: Date;
}

/** People who own and share assistants together. */
export interface Team {
  /** `user:<username>` or `team:<name>`. */
  id: string;
  name: string;
  displayName: string;
  description: string | null;
  permissions: {
    write: boolean;
    delete: boolean;
    manageMembers: boolean;
  };
  /** Grows by one with every change. */
  version: number;
  /** A moment, in UTC and to the millisecond. */
  createdAt: Date;
  /** A moment, in UTC and to the millisecond. */
  updatedAt: Date;
}

/** A user in a team. */
export interface TeamMember {
  /** `user:<username>` or `team:<name>`. */
  userId: string;
  /** `user:<username>` or `team:<name>`. */
  teamId: string;
  username: string;
  displayName: string;
  role: "admin" | "publisher" | "designer" | "dataWizard" | "memberPlus" | "member";
  permissions: {
    manageMembers: boolean;
    delete: boolean;
  };
  /** Grows by one with every change. */
  version: number;
  /** A moment, in UTC and to the millisecond. */
  createdAt: Date;
  /** A moment, in UTC and to the millisecond. */
  updatedAt: Date;
}

/** A token with its value. */
export interface NewToken {
  /** A UUID of version 7. */
  id: string;
  /** `assistant`: only that one, and never more than write. */
  type: "personal" | "assistant";
  /** `user:<username>` or `team:<name>`. */
  userId: string;
  /** A UUID of version 7. */
  assistantId: string | null;
  /** What it is for. */
  notes: string | null;
  /** Whether it only reads. */
  readOnly: boolean;
  /** Null: all that the type allows. An empty list: nothing. */
  scopes: Array<"read" | "chat" | "write"> | null;
  /** Which of `host` and `cidr` it is tied to; null: it may be used from anywhere. */
  restrict: "host" | "cidr" | null;
  /** Null for no end. */
  expiresAt: Date | null;
  /** Whatever your systems keep with it, at most 64 KiB. */
  data: Record<string, unknown> | null;
  /** A single address of IPv4 or IPv6. */
  host: string | null;
  /** A range of addresses. */
  cidr: string | null;
  /** The last four characters. */
  hint: string;
  /** To the minute; null while it has not been used. */
  lastUsedAt: Date | null;
  permissions: {
    write: boolean;
    delete: boolean;
  };
  /** Grows by one with every change. */
  version: number;
  /** A moment, in UTC and to the millisecond. */
  createdAt: Date;
  /** A moment, in UTC and to the millisecond. */
  updatedAt: Date;
  /** `stw_` and more: keep it, it is not shown again. */
  token: string;
}

/** A system's access in its user's name; its value is shown once, when it is made. */
export interface Token {
  /** A UUID of version 7. */
  id: string;
  /** `assistant`: only that one, and never more than write. */
  type: "personal" | "assistant";
  /** `user:<username>` or `team:<name>`. */
  userId: string;
  /** A UUID of version 7. */
  assistantId: string | null;
  /** What it is for. */
  notes: string | null;
  /** Whether it only reads. */
  readOnly: boolean;
  /** Null: all that the type allows. An empty list: nothing. */
  scopes: Array<"read" | "chat" | "write"> | null;
  /** Which of `host` and `cidr` it is tied to; null: it may be used from anywhere. */
  restrict: "host" | "cidr" | null;
  /** Null for no end. */
  expiresAt: Date | null;
  /** Whatever your systems keep with it, at most 64 KiB. */
  data: Record<string, unknown> | null;
  /** A single address of IPv4 or IPv6. */
  host: string | null;
  /** A range of addresses. */
  cidr: string | null;
  /** The last four characters. */
  hint: string;
  /** To the minute; null while it has not been used. */
  lastUsedAt: Date | null;
  permissions: {
    write: boolean;
    delete: boolean;
  };
  /** Grows by one with every change. */
  version: number;
  /** A moment, in UTC and to the millisecond. */
  createdAt: Date;
  /** A moment, in UTC and to the millisecond. */
  updatedAt: Date;
}

/** Bytes on their way into a dataset or a file, as lists show them. */
export interface UploadSummary {
  /** A UUID of version 7. */
  id: string;
  /** The dataset that it goes into; null for none. */
  datasetId: string | null;
  /** `waiting` for its bytes, `stored` until a file is made of them, `loading` into a dataset, or over: `done`, `failed` (see `error`) or `cancelled`, and then nothing of it was taken. */
  status: "waiting" | "stored" | "loading" | "done" | "failed" | "cancelled";
  /** As what the bytes are read. */
  format: "csv" | "ndjson" | "json" | "pdf" | "docx" | "xlsx" | "html" | "markdown" | "text" | "code" | null;
  /** Of stored bytes: the name under which they were sent. */
  filename: string | null;
  /** Of stored bytes: what they are, as far as they tell. */
  contentType: string | null;
  /** Of stored bytes, as long as they are: their SHA-256, in hex. */
  sha256: string | null;
  bytesRead: number;
  /** How many there will be, where the sender has said so. */
  bytesTotal: number | null;
  /** How many rows were read, those that were not taken included. */
  rowsRead: number;
  /** How many of them do not fit and were not taken. */
  rowsRejected: number;
  rowsPerSecond: number | null;
  /** At the present pace; null where that is not known. */
  secondsLeft: number | null;
  /** Why it has failed. */
  error: string | null;
  /** A moment, in UTC and to the millisecond. */
  startedAt: Date | null;
  /** A moment, in UTC and to the millisecond. */
  finishedAt: Date | null;
  /** Until when its id is good for sending the bytes. */
  expiresAt: Date;
  /** Grows by one with every change. */
  version: number;
  /** A moment, in UTC and to the millisecond. */
  createdAt: Date;
  /** A moment, in UTC and to the millisecond. */
  updatedAt: Date;
}

/** Somebody who can sign in. */
export interface User {
  /** `user:<username>` or `team:<name>`. */
  id: string;
  username: string;
  displayName: string;
  email: string | null;
  /** A preset of grants: member none, creator the first three, admin all. */
  role: "member" | "creator" | "admin";
  /** Single grants beside the role's. */
  grants: Array<
    "assistants:create" | "datasets:create" | "tokens:create" | "teams:create" | "ai:manage" | "tenant:superuser"
  >;
  /** A disabled user's sessions and tokens end at once. */
  enabled: boolean;
  /** Whether the user has an active AI seat. */
  seat: boolean;
  permissions: {
    write: boolean;
    administer: boolean;
    delete: boolean;
  };
  /** Grows by one with every change. */
  version: number;
  /** A moment, in UTC and to the millisecond. */
  createdAt: Date;
  /** A moment, in UTC and to the millisecond. */
  updatedAt: Date;
}

/** What has moved with all assistants and datasets of a user. */
export interface Transferred {
  /** How many assistants have another owner now. */
  moved: number;
  /** How many of them have another slug, for the new owner had theirs already. */
  renamedCount: number;
  /** The first 100 of those, with both slugs. */
  renamed: Array<{
    /** A UUID of version 7. */
    id: string;
    from: string;
    to: string;
  }>;
  datasets: {
    /** How many datasets have another owner now. */
    moved: number;
    /** How many of them have another slug, for the new owner had theirs already. */
    renamedCount: number;
    /** The first 100 of those, with both slugs. */
    renamed: Array<{
      /** A UUID of version 7. */
      id: string;
      from: string;
      to: string;
    }>;
  };
}

/** Input of `assistants.activity`: What was done to an assistant and its drafts, newest first. */
export interface AssistantsActivityInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * How many to skip.
   *
   * An integer, 0 to 1,000,000,000. Default: `0`.
   */
  start?: number | undefined;
  /**
   * How many at most.
   *
   * An integer, 1 to 200. Default: `30`.
   */
  limit?: number | undefined;
  /**
   * `next` of the page before: just as fast at any depth.
   *
   * At most 2,000 characters.
   */
  cursor?: string | undefined;
  /** `exact`: count beyond 1,000 as well. */
  total?: "exact" | undefined;
}

/** Output of `assistants.activity`: What was done to an assistant and its drafts, newest first. */
export interface AssistantsActivityOutput {
  items: Activity[];
  start: number;
  /** How many are on this page. */
  count: number;
  /** How many there are; counted up to 1,000 unless `total=exact`. */
  total: number;
  totalIsExact: boolean;
  /** `cursor` of the next page, null on the last. */
  next: string | null;
}

/** Input of `assistants.copy`: Copy an assistant with its skills, knowledge and references. */
export interface AssistantsCopyInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * Any text of your own (`Idempotency-Key` over REST): the same again within 24 hours gives the first answer again, and with another input `conflict`.
   *
   * 1 to 255 characters.
   */
  idempotencyKey?: string | undefined;
  /**
   * `<name> (copy)` unless given.
   *
   * 1 to 255 characters.
   */
  name?: string | undefined;
  /**
   * Made from the name, and the only one of its owner, unless given.
   *
   * Otherwise: "1 to 63 of a-z, 0-9 and hyphen, beginning with a letter or digit and not ending in -draft".
   */
  slug?: string | undefined;
  /**
   * Yourself, or a team in which you may write.
   *
   * 1 to 200 characters.
   */
  ownerId?: string | undefined;
}

/** Input of `assistants.create`: Create an assistant. */
export interface AssistantsCreateInput {
  /**
   * Any text of your own (`Idempotency-Key` over REST): the same again within 24 hours gives the first answer again, and with another input `conflict`.
   *
   * 1 to 255 characters.
   */
  idempotencyKey?: string | undefined;
  /**
   * What people call it.
   *
   * 1 to 255 characters.
   */
  name: string;
  /**
   * What it is for, as lists show it.
   *
   * At most 4,000 characters. Default: `null`.
   */
  description?: string | null | undefined;
  /**
   * What the assistant is told before every conversation; at most 256 KiB.
   *
   * Otherwise: "More than 256 KiB". Default: `null`.
   */
  instructions?: string | null | undefined;
  /**
   * Whether those who may only use it see its instructions as null.
   *
   * Default: `false`.
   */
  instructionsHidden?: boolean | undefined;
  /**
   * What it says first.
   *
   * At most 4,000 characters. Default: `null`.
   */
  welcome?: string | null | undefined;
  /**
   * Questions to begin with.
   *
   * At most 20 items. Default: `[]`.
   */
  suggestions?: string[] | undefined;
  /**
   * The model that runs it; null for the tenant's default.
   *
   * 1 to 200 characters. Default: `null`.
   */
  modelId?: string | null | undefined;
  /**
   * What the model is called with, at most 64 KiB.
   *
   * Otherwise: "No object of JSON, or more than 64 KiB of it". Default: `null`.
   */
  modelSettings?: Record<string, unknown> | null | undefined;
  /**
   * Whether it hands questions to the assistant that suits them.
   *
   * Default: `false`.
   */
  dispatcher?: boolean | undefined;
  /**
   * Whether it may be embedded in other pages.
   *
   * Default: `false`.
   */
  embedded?: boolean | undefined;
  /**
   * A disabled one cannot be chatted with by anyone.
   *
   * Default: `true`.
   */
  enabled?: boolean | undefined;
  /**
   * Whatever your systems keep with it, at most 64 KiB.
   *
   * Otherwise: "No object of JSON, or more than 64 KiB of it". Default: `null`.
   */
  data?: Record<string, unknown> | null | undefined;
  /**
   * The part of the natural id behind the owner.
   *
   * Otherwise: "1 to 63 of a-z, 0-9 and hyphen, beginning with a letter or digit and not ending in -draft".
   */
  slug?: string | undefined;
  /**
   * Yourself, or a team in which you may write.
   *
   * 1 to 200 characters.
   */
  ownerId?: string | undefined;
}

/** Input of `assistants.delete`: Delete an assistant with its shares and tokens. */
export interface AssistantsDeleteInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * The version you read (`If-Match` over REST); `version_mismatch` when it has moved on.
   *
   * An integer, at least 0.
   */
  expectedVersion?: number | undefined;
}

/** Input of `assistants.export`: Export an assistant as one portable document. */
export interface AssistantsExportInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /** Default: `"json"`. */
  format?: "json" | "yaml" | undefined;
}

/** Input of `assistants.get`: Read an assistant. */
export interface AssistantsGetInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
}

/** Input of `assistants.import`: Import an assistant from a document: makes the one of its natural id, or makes it the same. */
export interface AssistantsImportInput {
  /**
   * Any text of your own (`Idempotency-Key` over REST): the same again within 24 hours gives the first answer again, and with another input `conflict`.
   *
   * 1 to 255 characters.
   */
  idempotencyKey?: string | undefined;
  /** What `_export` answers: an object, or its text as JSON or YAML. */
  document: unknown;
  /**
   * Instead of the owner in the document's natural id.
   *
   * 1 to 200 characters.
   */
  ownerId?: string | undefined;
  /** Default: `false`. */
  dryRun?: boolean | undefined;
}

/** Input of `assistants.list`: List the assistants that you may use. */
export interface AssistantsListInput {
  /**
   * How many to skip.
   *
   * An integer, 0 to 1,000,000,000. Default: `0`.
   */
  start?: number | undefined;
  /**
   * How many at most.
   *
   * An integer, 1 to 200. Default: `30`.
   */
  limit?: number | undefined;
  /**
   * `next` of the page before: just as fast at any depth.
   *
   * At most 2,000 characters.
   */
  cursor?: string | undefined;
  /** `exact`: count beyond 1,000 as well. */
  total?: "exact" | undefined;
  /** Default: `"name"`. */
  sort?: "name" | "-name" | "createdAt" | "-createdAt" | "updatedAt" | "-updatedAt" | undefined;
  /**
   * Words of the name, the slug or the description, at most 20.
   *
   * 1 to 200 characters. Otherwise: "At most 20 words".
   */
  q?: string | undefined;
  /**
   * `user:<username>` or `team:<name>`; a bare name is accepted.
   *
   * 1 to 200 characters.
   */
  ownerId?: string | undefined;
  /**
   * A folder's UUID, or `none` for those that lie in none.
   *
   * 1 to 200 characters.
   */
  folderId?: string | undefined;
  /**
   * A tag that it bears, by UUID or by name.
   *
   * 1 to 200 characters.
   */
  tag?: string | undefined;
  /** Those that you have marked, or have not. */
  favorite?: boolean | undefined;
  shared?: boolean | undefined;
  dispatcher?: boolean | undefined;
}

/** Output of `assistants.list`: List the assistants that you may use. */
export interface AssistantsListOutput {
  items: Assistant[];
  start: number;
  /** How many are on this page. */
  count: number;
  /** How many there are; counted up to 1,000 unless `total=exact`. */
  total: number;
  totalIsExact: boolean;
  /** `cursor` of the next page, null on the last. */
  next: string | null;
  /** Whether you may create one. */
  permissions: {
    create: boolean;
  };
}

/** Input of `assistants.listAll`: All assistants that you may use, as one array by name. */
export interface AssistantsListAllInput {
  /**
   * `next` of the page before: just as fast at any depth.
   *
   * At most 2,000 characters.
   */
  cursor?: string | undefined;
}

/** Output of `assistants.listAll`: All assistants that you may use, as one array by name. */
export interface AssistantsListAllOutput {
  items: ListedAssistant[];
  next: string | null;
}

/** Input of `assistants.update`: Change an assistant. */
export interface AssistantsUpdateInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * The version you read (`If-Match` over REST); `version_mismatch` when it has moved on.
   *
   * An integer, at least 0.
   */
  expectedVersion?: number | undefined;
  /**
   * The part of the natural id behind the owner; a draft keeps its own.
   *
   * Otherwise: "1 to 63 of a-z, 0-9 and hyphen, beginning with a letter or digit".
   */
  slug?: string | undefined;
  /**
   * What people call it.
   *
   * 1 to 255 characters.
   */
  name?: string | undefined;
  /**
   * What it is for, as lists show it.
   *
   * At most 4,000 characters.
   */
  description?: string | null | undefined;
  /**
   * What the assistant is told before every conversation; at most 256 KiB.
   *
   * Otherwise: "More than 256 KiB".
   */
  instructions?: string | null | undefined;
  /** Whether those who may only use it see its instructions as null. */
  instructionsHidden?: boolean | undefined;
  /**
   * What it says first.
   *
   * At most 4,000 characters.
   */
  welcome?: string | null | undefined;
  /**
   * Questions to begin with.
   *
   * At most 20 items.
   */
  suggestions?: string[] | undefined;
  /**
   * The model that runs it; null for the tenant's default.
   *
   * 1 to 200 characters.
   */
  modelId?: string | null | undefined;
  /**
   * What the model is called with, at most 64 KiB.
   *
   * Otherwise: "No object of JSON, or more than 64 KiB of it".
   */
  modelSettings?: Record<string, unknown> | null | undefined;
  /** Whether it hands questions to the assistant that suits them. */
  dispatcher?: boolean | undefined;
  /** Whether it may be embedded in other pages. */
  embedded?: boolean | undefined;
  /** A disabled one cannot be chatted with by anyone. */
  enabled?: boolean | undefined;
  /**
   * Whatever your systems keep with it, at most 64 KiB.
   *
   * Otherwise: "No object of JSON, or more than 64 KiB of it".
   */
  data?: Record<string, unknown> | null | undefined;
  /**
   * A folder of its owner's that you may see; null takes it out. Makes no revision.
   *
   * 1 to 200 characters.
   */
  folderId?: string | null | undefined;
}

/** Input of `audit.list`: All that was done, newest first. */
export interface AuditListInput {
  /**
   * How many to skip.
   *
   * An integer, 0 to 1,000,000,000. Default: `0`.
   */
  start?: number | undefined;
  /**
   * How many at most.
   *
   * An integer, 1 to 200. Default: `30`.
   */
  limit?: number | undefined;
  /**
   * `next` of the page before: just as fast at any depth.
   *
   * At most 2,000 characters.
   */
  cursor?: string | undefined;
  /** `exact`: count beyond 1,000 as well. */
  total?: "exact" | undefined;
  /**
   * `assistants.update`.
   *
   * 1 to 100 characters.
   */
  operation?: string | undefined;
  /**
   * What this user did.
   *
   * 1 to 200 characters.
   */
  userId?: string | undefined;
  /**
   * What was done to the row of this id.
   *
   * 1 to 100 characters.
   */
  subject?: string | undefined;
  /** From this moment on. */
  from?: Date | undefined;
  /** Before this moment. */
  to?: Date | undefined;
}

/** Output of `audit.list`: All that was done, newest first. */
export interface AuditListOutput {
  items: AuditEntry[];
  start: number;
  /** How many are on this page. */
  count: number;
  /** How many there are; counted up to 1,000 unless `total=exact`. */
  total: number;
  totalIsExact: boolean;
  /** `cursor` of the next page, null on the last. */
  next: string | null;
}

/** Input of `comments.create`: Say something about an assistant that you may use. */
export interface CommentsCreateInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * Any text of your own (`Idempotency-Key` over REST): the same again within 24 hours gives the first answer again, and with another input `conflict`.
   *
   * 1 to 255 characters.
   */
  idempotencyKey?: string | undefined;
  /** 1 to 10,000 characters. */
  message: string;
  /**
   * Users to whom it speaks, by name; each must be one who may read it.
   *
   * At most 20 items. Default: `[]`.
   */
  mentions?: string[] | undefined;
}

/** Input of `comments.delete`: Delete a comment of yours, or as who may write the assistant any, with its replies. */
export interface CommentsDeleteInput {
  /**
   * The comment's UUID.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * The version you read (`If-Match` over REST); `version_mismatch` when it has moved on.
   *
   * An integer, at least 0.
   */
  expectedVersion?: number | undefined;
}

/** Input of `comments.get`: Read a comment. */
export interface CommentsGetInput {
  /**
   * The comment's UUID.
   *
   * 1 to 200 characters.
   */
  id: string;
}

/** Input of `comments.list`: List what is said about an assistant, without the replies. */
export interface CommentsListInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * How many to skip.
   *
   * An integer, 0 to 1,000,000,000. Default: `0`.
   */
  start?: number | undefined;
  /**
   * How many at most.
   *
   * An integer, 1 to 200. Default: `30`.
   */
  limit?: number | undefined;
  /**
   * `next` of the page before: just as fast at any depth.
   *
   * At most 2,000 characters.
   */
  cursor?: string | undefined;
  /** `exact`: count beyond 1,000 as well. */
  total?: "exact" | undefined;
  /** Default: `"-createdAt"`. */
  sort?: "-createdAt" | "createdAt" | undefined;
}

/** Output of `comments.list`: List what is said about an assistant, without the replies. */
export interface CommentsListOutput {
  items: Comment[];
  start: number;
  /** How many are on this page. */
  count: number;
  /** How many there are; counted up to 1,000 unless `total=exact`. */
  total: number;
  totalIsExact: boolean;
  /** `cursor` of the next page, null on the last. */
  next: string | null;
}

/** Input of `comments.reopen`: Say that a comment is not done with after all. */
export interface CommentsReopenInput {
  /**
   * The comment's UUID.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * The version you read (`If-Match` over REST); `version_mismatch` when it has moved on.
   *
   * An integer, at least 0.
   */
  expectedVersion?: number | undefined;
}

/** Input of `comments.replies`: List the replies of the thread in which a comment stands. */
export interface CommentsRepliesInput {
  /**
   * The comment's UUID.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * How many to skip.
   *
   * An integer, 0 to 1,000,000,000. Default: `0`.
   */
  start?: number | undefined;
  /**
   * How many at most.
   *
   * An integer, 1 to 200. Default: `30`.
   */
  limit?: number | undefined;
  /**
   * `next` of the page before: just as fast at any depth.
   *
   * At most 2,000 characters.
   */
  cursor?: string | undefined;
  /** `exact`: count beyond 1,000 as well. */
  total?: "exact" | undefined;
  /** Default: `"createdAt"`. */
  sort?: "createdAt" | "-createdAt" | undefined;
}

/** Output of `comments.replies`: List the replies of the thread in which a comment stands. */
export interface CommentsRepliesOutput {
  items: Comment[];
  start: number;
  /** How many are on this page. */
  count: number;
  /** How many there are; counted up to 1,000 unless `total=exact`. */
  total: number;
  totalIsExact: boolean;
  /** `cursor` of the next page, null on the last. */
  next: string | null;
}

/** Input of `comments.reply`: Reply in the thread in which a comment stands. */
export interface CommentsReplyInput {
  /**
   * The comment's UUID.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * Any text of your own (`Idempotency-Key` over REST): the same again within 24 hours gives the first answer again, and with another input `conflict`.
   *
   * 1 to 255 characters.
   */
  idempotencyKey?: string | undefined;
  /** 1 to 10,000 characters. */
  message: string;
  /**
   * Users to whom it speaks, by name; each must be one who may read it.
   *
   * At most 20 items. Default: `[]`.
   */
  mentions?: string[] | undefined;
}

/** Input of `comments.resolve`: Say that what a comment asks for is done. */
export interface CommentsResolveInput {
  /**
   * The comment's UUID.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * The version you read (`If-Match` over REST); `version_mismatch` when it has moved on.
   *
   * An integer, at least 0.
   */
  expectedVersion?: number | undefined;
}

/** Input of `comments.update`: Change what you have said. */
export interface CommentsUpdateInput {
  /**
   * The comment's UUID.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * The version you read (`If-Match` over REST); `version_mismatch` when it has moved on.
   *
   * An integer, at least 0.
   */
  expectedVersion?: number | undefined;
  /** 1 to 10,000 characters. */
  message?: string | undefined;
  /**
   * Users to whom it speaks, by name; each must be one who may read it.
   *
   * At most 20 items.
   */
  mentions?: string[] | undefined;
}

/** Input of `contents.get`: Fetch the bytes that a link stands for. */
export interface ContentsGetInput {
  /**
   * The sealed part of a link.
   *
   * 1 to 4,000 characters.
   */
  link: string;
}

/** Input of `datasetOwner.get`: To whom a dataset belongs. */
export interface DatasetOwnerGetInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
}

/** Input of `datasetOwner.set`: Give a dataset to a team in which you may write; as a superuser, to anybody. */
export interface DatasetOwnerSetInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * The version you read (`If-Match` over REST); `version_mismatch` when it has moved on.
   *
   * An integer, at least 0.
   */
  expectedVersion?: number | undefined;
  /**
   * `user:<username>` or `team:<name>`; a bare name is accepted.
   *
   * 1 to 200 characters.
   */
  ownerId: string;
  ownerType?: "user" | "team" | undefined;
}

/** Input of `datasetShares.delete`: End a share of a dataset. */
export interface DatasetSharesDeleteInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * `user:<username>` or `team:<name>`; a bare name is accepted.
   *
   * 1 to 200 characters.
   */
  principalId: string;
  /**
   * The version you read (`If-Match` over REST); `version_mismatch` when it has moved on.
   *
   * An integer, at least 0.
   */
  expectedVersion?: number | undefined;
}

/** Input of `datasetShares.get`: Read one share of a dataset. */
export interface DatasetSharesGetInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * `user:<username>` or `team:<name>`; a bare name is accepted.
   *
   * 1 to 200 characters.
   */
  principalId: string;
}

/** Input of `datasetShares.list`: With whom a dataset is shared. */
export interface DatasetSharesListInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * How many to skip.
   *
   * An integer, 0 to 1,000,000,000. Default: `0`.
   */
  start?: number | undefined;
  /**
   * How many at most.
   *
   * An integer, 1 to 200. Default: `30`.
   */
  limit?: number | undefined;
  /**
   * `next` of the page before: just as fast at any depth.
   *
   * At most 2,000 characters.
   */
  cursor?: string | undefined;
  /** `exact`: count beyond 1,000 as well. */
  total?: "exact" | undefined;
}

/** Output of `datasetShares.list`: With whom a dataset is shared. */
export interface DatasetSharesListOutput {
  items: DatasetShare[];
  start: number;
  /** How many are on this page. */
  count: number;
  /** How many there are; counted up to 1,000 unless `total=exact`. */
  total: number;
  totalIsExact: boolean;
  /** `cursor` of the next page, null on the last. */
  next: string | null;
}

/** Input of `datasetShares.set`: Share a dataset with a user or a team, or change what they may and see. */
export interface DatasetSharesSetInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * `user:<username>` or `team:<name>`; a bare name is accepted.
   *
   * 1 to 200 characters.
   */
  principalId: string;
  /**
   * The version you read (`If-Match` over REST); `version_mismatch` when it has moved on.
   *
   * An integer, at least 0.
   */
  expectedVersion?: number | undefined;
  /**
   * 1 read, 2 write, 3 administer.
   *
   * An integer, 1 to 3.
   */
  accessLevel: number;
  /** Criteria: only the records that match are seen. Null for all, and to you where you may not share the dataset. A filter that names a field which the data no longer has lets nothing through. */
  filter?: Record<string, unknown> | null | undefined;
  /**
   * The names of the only fields that are seen; an empty list for none. Null for all, and to you where you may not share the dataset.
   *
   * At most 500 items.
   */
  visibleFields?: string[] | null | undefined;
}

/** Input of `datasets.assistants`: Which assistants know a dataset, how much of it, and whose rights count. */
export interface DatasetsAssistantsInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * How many to skip.
   *
   * An integer, 0 to 1,000,000,000. Default: `0`.
   */
  start?: number | undefined;
  /**
   * How many at most.
   *
   * An integer, 1 to 200. Default: `30`.
   */
  limit?: number | undefined;
  /**
   * `next` of the page before: just as fast at any depth.
   *
   * At most 2,000 characters.
   */
  cursor?: string | undefined;
  /** `exact`: count beyond 1,000 as well. */
  total?: "exact" | undefined;
}

/** Output of `datasets.assistants`: Which assistants know a dataset, how much of it, and whose rights count. */
export interface DatasetsAssistantsOutput {
  items: AssistantOfDataset[];
  start: number;
  /** How many are on this page. */
  count: number;
  /** How many there are; counted up to 1,000 unless `total=exact`. */
  total: number;
  totalIsExact: boolean;
  /** `cursor` of the next page, null on the last. */
  next: string | null;
}

/** Input of `datasets.create`: Create a dataset, which has no records yet. */
export interface DatasetsCreateInput {
  /**
   * Any text of your own (`Idempotency-Key` over REST): the same again within 24 hours gives the first answer again, and with another input `conflict`.
   *
   * 1 to 255 characters.
   */
  idempotencyKey?: string | undefined;
  /**
   * What people call it.
   *
   * 1 to 255 characters.
   */
  name: string;
  /**
   * What is in it, as lists show it.
   *
   * At most 4,000 characters. Default: `null`.
   */
  description?: string | null | undefined;
  /**
   * The part of the natural id behind the owner.
   *
   * Otherwise: "1 to 63 of a-z, 0-9 and hyphen, beginning with a letter or digit and not ending in -draft".
   */
  slug?: string | undefined;
  /**
   * Yourself, or a team in which you may write.
   *
   * 1 to 200 characters.
   */
  ownerId?: string | undefined;
}

/** Input of `datasets.delete`: Delete a dataset with its shares and records. */
export interface DatasetsDeleteInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * The version you read (`If-Match` over REST); `version_mismatch` when it has moved on.
   *
   * An integer, at least 0.
   */
  expectedVersion?: number | undefined;
}

/** Input of `datasets.endAssistant`: Let an assistant no longer know a dataset, whoever owns it. */
export interface DatasetsEndAssistantInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  assistantId: string;
}

/** Input of `datasets.fields`: List the fields of a dataset that you may see, with some of their values. */
export interface DatasetsFieldsInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * How many to skip.
   *
   * An integer, 0 to 1,000,000,000. Default: `0`.
   */
  start?: number | undefined;
  /**
   * How many at most.
   *
   * An integer, 1 to 200. Default: `30`.
   */
  limit?: number | undefined;
  /**
   * `next` of the page before: just as fast at any depth.
   *
   * At most 2,000 characters.
   */
  cursor?: string | undefined;
  /** `exact`: count beyond 1,000 as well. */
  total?: "exact" | undefined;
}

/** Output of `datasets.fields`: List the fields of a dataset that you may see, with some of their values. */
export interface DatasetsFieldsOutput {
  items: SampledField[];
  start: number;
  /** How many are on this page. */
  count: number;
  /** How many there are; counted up to 1,000 unless `total=exact`. */
  total: number;
  totalIsExact: boolean;
  /** `cursor` of the next page, null on the last. */
  next: string | null;
}

/** Input of `datasets.get`: Read a dataset: what it is, not its records. */
export interface DatasetsGetInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
}

/** Input of `datasets.list`: List the datasets that you may read. */
export interface DatasetsListInput {
  /**
   * How many to skip.
   *
   * An integer, 0 to 1,000,000,000. Default: `0`.
   */
  start?: number | undefined;
  /**
   * How many at most.
   *
   * An integer, 1 to 200. Default: `30`.
   */
  limit?: number | undefined;
  /**
   * `next` of the page before: just as fast at any depth.
   *
   * At most 2,000 characters.
   */
  cursor?: string | undefined;
  /** `exact`: count beyond 1,000 as well. */
  total?: "exact" | undefined;
  /** Default: `"name"`. */
  sort?: "name" | "-name" | "createdAt" | "-createdAt" | "updatedAt" | "-updatedAt" | undefined;
  /**
   * Words of the name, the slug or the description, at most 20.
   *
   * 1 to 200 characters. Otherwise: "At most 20 words".
   */
  q?: string | undefined;
  /**
   * `user:<username>` or `team:<name>`; a bare name is accepted.
   *
   * 1 to 200 characters.
   */
  ownerId?: string | undefined;
}

/** Output of `datasets.list`: List the datasets that you may read. */
export interface DatasetsListOutput {
  items: ListedDataset[];
  start: number;
  /** How many are on this page. */
  count: number;
  /** How many there are; counted up to 1,000 unless `total=exact`. */
  total: number;
  totalIsExact: boolean;
  /** `cursor` of the next page, null on the last. */
  next: string | null;
  /** Whether you may create one. */
  permissions: {
    create: boolean;
  };
}

/** Input of `datasets.listAll`: All datasets that you may read, as one array by name. */
export interface DatasetsListAllInput {
  /**
   * `next` of the page before: just as fast at any depth.
   *
   * At most 2,000 characters.
   */
  cursor?: string | undefined;
}

/** Output of `datasets.listAll`: All datasets that you may read, as one array by name. */
export interface DatasetsListAllOutput {
  items: ListedDataset[];
  next: string | null;
}

/** Input of `datasets.update`: Change what a dataset is called, and how it is described. */
export interface DatasetsUpdateInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * The version you read (`If-Match` over REST); `version_mismatch` when it has moved on.
   *
   * An integer, at least 0.
   */
  expectedVersion?: number | undefined;
  /**
   * The part of the natural id behind the owner.
   *
   * Otherwise: "1 to 63 of a-z, 0-9 and hyphen, beginning with a letter or digit and not ending in -draft".
   */
  slug?: string | undefined;
  /**
   * What people call it.
   *
   * 1 to 255 characters.
   */
  name?: string | undefined;
  /**
   * What is in it, as lists show it.
   *
   * At most 4,000 characters.
   */
  description?: string | null | undefined;
}

/** Input of `drafts.commit`: Make the draft the assistant, in one transaction. */
export interface DraftsCommitInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * The version you read (`If-Match` over REST); `version_mismatch` when it has moved on.
   *
   * An integer, at least 0.
   */
  expectedVersion?: number | undefined;
  /**
   * What the revision says about it.
   *
   * 1 to 500 characters.
   */
  message?: string | undefined;
  /**
   * Go over what has changed in the live assistant since.
   *
   * Default: `false`.
   */
  force?: boolean | undefined;
}

/** Input of `drafts.diff`: What a commit of the draft would change. */
export interface DraftsDiffInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
}

/** Input of `drafts.discard`: Discard the draft. */
export interface DraftsDiscardInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * The version you read (`If-Match` over REST); `version_mismatch` when it has moved on.
   *
   * An integer, at least 0.
   */
  expectedVersion?: number | undefined;
}

/** Input of `drafts.edit`: Edit an assistant in a draft: makes it, or answers the one that is there. */
export interface DraftsEditInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * The version you read (`If-Match` over REST); `version_mismatch` when it has moved on.
   *
   * An integer, at least 0.
   */
  expectedVersion?: number | undefined;
}

/** Input of `drafts.get`: Read the draft of an assistant. */
export interface DraftsGetInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
}

/** Input of `favorites.delete`: Make an assistant no favorite of yours any more, or leave it none. */
export interface FavoritesDeleteInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
}

/** Input of `favorites.get`: Whether an assistant is a favorite of yours. */
export interface FavoritesGetInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
}

/** Input of `favorites.set`: Make an assistant a favorite of yours, or none. */
export interface FavoritesSetInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /** Default: `true`. */
  favorited?: boolean | undefined;
}

/** Input of `files.contents`: Fetch the bytes of a file. */
export interface FilesContentsInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * The file's id, or its name.
   *
   * 1 to 200 characters.
   */
  fileId: string;
}

/** Input of `files.create`: Make a file of bytes that you have sent before. */
export interface FilesCreateInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * Any text of your own (`Idempotency-Key` over REST): the same again within 24 hours gives the first answer again, and with another input `conflict`.
   *
   * 1 to 255 characters.
   */
  idempotencyKey?: string | undefined;
  /**
   * The upload's id.
   *
   * 1 to 200 characters.
   */
  uploadId: string;
  /** The name under which the bytes were sent unless given. */
  name?: string | undefined;
}

/** Input of `files.delete`: Take a file from an assistant. */
export interface FilesDeleteInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * The file's id, or its name.
   *
   * 1 to 200 characters.
   */
  fileId: string;
  /**
   * The version you read (`If-Match` over REST); `version_mismatch` when it has moved on.
   *
   * An integer, at least 0.
   */
  expectedVersion?: number | undefined;
}

/** Input of `files.embeddingImage`: Fetch an image that was found in a file. */
export interface FilesEmbeddingImageInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * The file's id, or its name.
   *
   * 1 to 200 characters.
   */
  fileId: string;
  /**
   * `id` of an embedding whose `kind` is `image`.
   *
   * 1 to 200 characters.
   */
  embeddingId: string;
}

/** Input of `files.embeddings`: List into what a file was cut: its passages and images, in their order. */
export interface FilesEmbeddingsInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * The file's id, or its name.
   *
   * 1 to 200 characters.
   */
  fileId: string;
  /**
   * How many to skip.
   *
   * An integer, 0 to 1,000,000,000. Default: `0`.
   */
  start?: number | undefined;
  /**
   * How many at most.
   *
   * An integer, 1 to 200. Default: `30`.
   */
  limit?: number | undefined;
  /**
   * `next` of the page before: just as fast at any depth.
   *
   * At most 2,000 characters.
   */
  cursor?: string | undefined;
  /** `exact`: count beyond 1,000 as well. */
  total?: "exact" | undefined;
}

/** Output of `files.embeddings`: List into what a file was cut: its passages and images, in their order. */
export interface FilesEmbeddingsOutput {
  items: Embedding[];
  start: number;
  /** How many are on this page. */
  count: number;
  /** How many there are; counted up to 1,000 unless `total=exact`. */
  total: number;
  totalIsExact: boolean;
  /** `cursor` of the next page, null on the last. */
  next: string | null;
}

/** Input of `files.get`: Read what there is to know of a file. */
export interface FilesGetInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * The file's id, or its name.
   *
   * 1 to 200 characters.
   */
  fileId: string;
}

/** Input of `files.list`: All files of an assistant, as one array. */
export interface FilesListInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * `next` of the page before: just as fast at any depth.
   *
   * At most 2,000 characters.
   */
  cursor?: string | undefined;
}

/** Output of `files.list`: All files of an assistant, as one array. */
export interface FilesListOutput {
  items: File[];
  next: string | null;
}

/** Input of `files.search`: Search the files of an assistant. */
export interface FilesSearchInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * At most 20 words, all of which a passage must hold; the last may be the beginning of one. What stands in quotation marks must stand so.
   *
   * 1 to 500 characters. Otherwise: "At most 20 words".
   */
  q: string;
  /**
   * How many to skip.
   *
   * An integer, 0 to 1,000. Default: `0`.
   */
  start?: number | undefined;
  /**
   * How many at most.
   *
   * An integer, 1 to 200. Default: `30`.
   */
  limit?: number | undefined;
  /**
   * `next` of the page before: just as fast at any depth.
   *
   * At most 2,000 characters.
   */
  cursor?: string | undefined;
}

/** Output of `files.search`: Search the files of an assistant. */
export interface FilesSearchOutput {
  items: Passage[];
  start: number;
  /** How many are on this page. */
  count: number;
  /** How many there are; counted up to 1,000 unless `total=exact`. */
  total: number;
  totalIsExact: boolean;
  /** `cursor` of the next page, null on the last. */
  next: string | null;
  /** How many files are still being read or indexed. */
  pending: number;
}

/** Input of `files.update`: Give a file another name. */
export interface FilesUpdateInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * The file's id, or its name.
   *
   * 1 to 200 characters.
   */
  fileId: string;
  /**
   * The version you read (`If-Match` over REST); `version_mismatch` when it has moved on.
   *
   * An integer, at least 0.
   */
  expectedVersion?: number | undefined;
  /** At most 200 characters: of a path the last part, without controls and marks of direction. */
  filename?: string | undefined;
}

/** Input of `folders.create`: Create a folder of yours, or of a team in which you may write. */
export interface FoldersCreateInput {
  /**
   * Any text of your own (`Idempotency-Key` over REST): the same again within 24 hours gives the first answer again, and with another input `conflict`.
   *
   * 1 to 255 characters.
   */
  idempotencyKey?: string | undefined;
  /**
   * Unique in its folder, without regard to case.
   *
   * 1 to 255 characters.
   */
  name: string;
  /** 1 to 200 characters. Default: `null`. */
  parentId?: string | null | undefined;
  /**
   * Yourself, or a team in which you may write.
   *
   * 1 to 200 characters.
   */
  ownerId?: string | undefined;
}

/** Input of `folders.delete`: Delete a folder; what lies in it moves up to where it was. */
export interface FoldersDeleteInput {
  /**
   * The folder's UUID.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * The version you read (`If-Match` over REST); `version_mismatch` when it has moved on.
   *
   * An integer, at least 0.
   */
  expectedVersion?: number | undefined;
}

/** Input of `folders.get`: Read a folder. */
export interface FoldersGetInput {
  /**
   * The folder's UUID.
   *
   * 1 to 200 characters.
   */
  id: string;
}

/** Input of `folders.list`: List your folders and those of your teams by name; for a superuser, all. */
export interface FoldersListInput {
  /**
   * How many to skip.
   *
   * An integer, 0 to 1,000,000,000. Default: `0`.
   */
  start?: number | undefined;
  /**
   * How many at most.
   *
   * An integer, 1 to 200. Default: `30`.
   */
  limit?: number | undefined;
  /**
   * `next` of the page before: just as fast at any depth.
   *
   * At most 2,000 characters.
   */
  cursor?: string | undefined;
  /** `exact`: count beyond 1,000 as well. */
  total?: "exact" | undefined;
  /**
   * Those that lie in this folder; `none` for those at the top.
   *
   * 1 to 200 characters.
   */
  parentId?: string | undefined;
  /**
   * `user:<username>` or `team:<name>`; a bare name is accepted.
   *
   * 1 to 200 characters.
   */
  ownerId?: string | undefined;
}

/** Output of `folders.list`: List your folders and those of your teams by name; for a superuser, all. */
export interface FoldersListOutput {
  items: Folder[];
  start: number;
  /** How many are on this page. */
  count: number;
  /** How many there are; counted up to 1,000 unless `total=exact`. */
  total: number;
  totalIsExact: boolean;
  /** `cursor` of the next page, null on the last. */
  next: string | null;
}

/** Input of `folders.update`: Rename or move a folder, with all that lies in it. */
export interface FoldersUpdateInput {
  /**
   * The folder's UUID.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * The version you read (`If-Match` over REST); `version_mismatch` when it has moved on.
   *
   * An integer, at least 0.
   */
  expectedVersion?: number | undefined;
  /**
   * Unique in its folder, without regard to case.
   *
   * 1 to 255 characters.
   */
  name?: string | undefined;
  /**
   * Another folder of its owner's; null for the top.
   *
   * 1 to 200 characters.
   */
  parentId?: string | null | undefined;
}

/** Input of `icons.delete`: Give an assistant its default icon again. */
export interface IconsDeleteInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * The version you read (`If-Match` over REST); `version_mismatch` when it has moved on.
   *
   * An integer, at least 0.
   */
  expectedVersion?: number | undefined;
}

/** Input of `icons.favicon`: Fetch the icon of an assistant as an icon file. */
export interface IconsFaviconInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
}

/** Input of `icons.get`: Fetch the icon of an assistant. */
export interface IconsGetInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
}

/** Input of `images.create`: Let a model draw a picture. */
export interface ImagesCreateInput {
  /**
   * Any text of your own (`Idempotency-Key` over REST): the same again within 24 hours gives the first answer again, and with another input `conflict`.
   *
   * 1 to 255 characters.
   */
  idempotencyKey?: string | undefined;
  /**
   * What the picture is to show.
   *
   * 1 to 4,000 characters.
   */
  prompt: string;
  /**
   * A model of the configured provider; the configured one unless told.
   *
   * Otherwise: "A model's name: letters, digits and . / : @ _ -".
   */
  model?: string | undefined;
  /**
   * Width x height in pixels, each 64 to 2048; a model may know only some sizes.
   *
   * Otherwise: "Width x height in pixels, each 64 to 2048, such as 1024x1024". Default: `"1024x1024"`.
   */
  size?: string | undefined;
}

/** Input of `images.createForAssistant`: Let a model draw a picture for an assistant. */
export interface ImagesCreateForAssistantInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * Any text of your own (`Idempotency-Key` over REST): the same again within 24 hours gives the first answer again, and with another input `conflict`.
   *
   * 1 to 255 characters.
   */
  idempotencyKey?: string | undefined;
  /**
   * What the picture is to show.
   *
   * 1 to 4,000 characters.
   */
  prompt: string;
  /**
   * A model of the configured provider; the configured one unless told.
   *
   * Otherwise: "A model's name: letters, digits and . / : @ _ -".
   */
  model?: string | undefined;
  /**
   * Width x height in pixels, each 64 to 2048; a model may know only some sizes.
   *
   * Otherwise: "Width x height in pixels, each 64 to 2048, such as 1024x1024". Default: `"1024x1024"`.
   */
  size?: string | undefined;
  /**
   * Whether it becomes the assistant's icon.
   *
   * Default: `false`.
   */
  setIcon?: boolean | undefined;
}

/** Input of `images.delete`: Delete a picture that a model has drawn. */
export interface ImagesDeleteInput {
  /** 1 to 200 characters. */
  id: string;
  /**
   * The version you read (`If-Match` over REST); `version_mismatch` when it has moved on.
   *
   * An integer, at least 0.
   */
  expectedVersion?: number | undefined;
}

/** Input of `images.get`: Fetch a picture that a model has drawn. */
export interface ImagesGetInput {
  /** 1 to 200 characters. */
  id: string;
}

/** Input of `images.list`: List the pictures that you have had drawn, the newest first. */
export interface ImagesListInput {
  /**
   * How many to skip.
   *
   * An integer, 0 to 1,000,000,000. Default: `0`.
   */
  start?: number | undefined;
  /**
   * How many at most.
   *
   * An integer, 1 to 200. Default: `30`.
   */
  limit?: number | undefined;
  /**
   * `next` of the page before: just as fast at any depth.
   *
   * At most 2,000 characters.
   */
  cursor?: string | undefined;
  /** `exact`: count beyond 1,000 as well. */
  total?: "exact" | undefined;
}

/** Output of `images.list`: List the pictures that you have had drawn, the newest first. */
export interface ImagesListOutput {
  items: Image[];
  start: number;
  /** How many are on this page. */
  count: number;
  /** How many there are; counted up to 1,000 unless `total=exact`. */
  total: number;
  totalIsExact: boolean;
  /** `cursor` of the next page, null on the last. */
  next: string | null;
}

/** Input of `images.listOfAssistant`: List the pictures that were drawn for an assistant, the newest first. */
export interface ImagesListOfAssistantInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * How many to skip.
   *
   * An integer, 0 to 1,000,000,000. Default: `0`.
   */
  start?: number | undefined;
  /**
   * How many at most.
   *
   * An integer, 1 to 200. Default: `30`.
   */
  limit?: number | undefined;
  /**
   * `next` of the page before: just as fast at any depth.
   *
   * At most 2,000 characters.
   */
  cursor?: string | undefined;
  /** `exact`: count beyond 1,000 as well. */
  total?: "exact" | undefined;
}

/** Output of `images.listOfAssistant`: List the pictures that were drawn for an assistant, the newest first. */
export interface ImagesListOfAssistantOutput {
  items: Image[];
  start: number;
  /** How many are on this page. */
  count: number;
  /** How many there are; counted up to 1,000 unless `total=exact`. */
  total: number;
  totalIsExact: boolean;
  /** `cursor` of the next page, null on the last. */
  next: string | null;
}

/** Input of `jobs.list`: The work in the background, newest first. */
export interface JobsListInput {
  /**
   * How many to skip.
   *
   * An integer, 0 to 1,000,000,000. Default: `0`.
   */
  start?: number | undefined;
  /**
   * How many at most.
   *
   * An integer, 1 to 200. Default: `30`.
   */
  limit?: number | undefined;
  /**
   * `next` of the page before: just as fast at any depth.
   *
   * At most 2,000 characters.
   */
  cursor?: string | undefined;
  /** `exact`: count beyond 1,000 as well. */
  total?: "exact" | undefined;
  status?: "waiting" | "running" | "done" | "dead" | undefined;
  kind?: "read" | "index" | undefined;
}

/** Output of `jobs.list`: The work in the background, newest first. */
export interface JobsListOutput {
  items: Job[];
  start: number;
  /** How many are on this page. */
  count: number;
  /** How many there are; counted up to 1,000 unless `total=exact`. */
  total: number;
  totalIsExact: boolean;
  /** `cursor` of the next page, null on the last. */
  next: string | null;
}

/** Input of `jobs.retry`: Try a dead job again, as if it had never failed. */
export interface JobsRetryInput {
  /**
   * The job's id.
   *
   * 1 to 200 characters.
   */
  id: string;
}

/** Input of `knowledge.create`: Let an assistant know a dataset. */
export interface KnowledgeCreateInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * Any text of your own (`Idempotency-Key` over REST): the same again within 24 hours gives the first answer again, and with another input `conflict`.
   *
   * 1 to 255 characters.
   */
  idempotencyKey?: string | undefined;
  /**
   * UUID or natural id of the dataset.
   *
   * 1 to 200 characters.
   */
  datasetId: string;
  /** `subset` where a filter is given, `full` otherwise. */
  mode?: "full" | "subset" | "schema" | "sample" | undefined;
  /**
   * Which records: `{field: value}` and operators. Null for all; `subset` has one.
   *
   * Default: `null`.
   */
  filter?: Record<string, unknown> | null | undefined;
  /**
   * How many records of a `sample`, 100 unless given; null in any other mode.
   *
   * An integer, 1 to 10,000. Default: `null`.
   */
  sampleSize?: number | null | undefined;
  /** Whose rights count when the assistant is asked. `assistant`: it brings the dataset along, whoever asks. `asker`: each reaches no more than its own share of the dataset shows. */
  access?: "assistant" | "asker" | undefined;
}

/** Input of `knowledge.delete`: Let an assistant no longer know a dataset. */
export interface KnowledgeDeleteInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * UUID or natural id of the dataset.
   *
   * 1 to 200 characters.
   */
  datasetId: string;
  /**
   * The version you read (`If-Match` over REST); `version_mismatch` when it has moved on.
   *
   * An integer, at least 0.
   */
  expectedVersion?: number | undefined;
}

/** Input of `knowledge.get`: Read what an assistant knows of a dataset. */
export interface KnowledgeGetInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * UUID or natural id of the dataset.
   *
   * 1 to 200 characters.
   */
  datasetId: string;
}

/** Input of `knowledge.list`: List the datasets that an assistant knows. */
export interface KnowledgeListInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * How many to skip.
   *
   * An integer, 0 to 1,000,000,000. Default: `0`.
   */
  start?: number | undefined;
  /**
   * How many at most.
   *
   * An integer, 1 to 200. Default: `30`.
   */
  limit?: number | undefined;
  /**
   * `next` of the page before: just as fast at any depth.
   *
   * At most 2,000 characters.
   */
  cursor?: string | undefined;
  /** `exact`: count beyond 1,000 as well. */
  total?: "exact" | undefined;
}

/** Output of `knowledge.list`: List the datasets that an assistant knows. */
export interface KnowledgeListOutput {
  items: DatasetKnowledge[];
  start: number;
  /** How many are on this page. */
  count: number;
  /** How many there are; counted up to 1,000 unless `total=exact`. */
  total: number;
  totalIsExact: boolean;
  /** `cursor` of the next page, null on the last. */
  next: string | null;
}

/** Input of `knowledge.update`: Change how much an assistant knows of a dataset, and whose rights count. */
export interface KnowledgeUpdateInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * UUID or natural id of the dataset.
   *
   * 1 to 200 characters.
   */
  datasetId: string;
  /**
   * The version you read (`If-Match` over REST); `version_mismatch` when it has moved on.
   *
   * An integer, at least 0.
   */
  expectedVersion?: number | undefined;
  /** `full`: all records. `subset`: those that match `filter`. `schema`: the fields alone, never a value. `sample`: a stable random choice of those that match. */
  mode?: "full" | "subset" | "schema" | "sample" | undefined;
  /** Which records: `{field: value}` and operators. Null for all; `subset` has one. */
  filter?: Record<string, unknown> | null | undefined;
  /**
   * How many records of a `sample`, 100 unless given; null in any other mode.
   *
   * An integer, 1 to 10,000.
   */
  sampleSize?: number | null | undefined;
  /** Whose rights count when the assistant is asked. `assistant`: it brings the dataset along, whoever asks. `asker`: each reaches no more than its own share of the dataset shows. */
  access?: "assistant" | "asker" | undefined;
}

/** Input of `owner.get`: To whom an assistant belongs. */
export interface OwnerGetInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
}

/** Input of `owner.set`: Give an assistant to a team in which you may write; as a superuser, to anybody. */
export interface OwnerSetInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * The version you read (`If-Match` over REST); `version_mismatch` when it has moved on.
   *
   * An integer, at least 0.
   */
  expectedVersion?: number | undefined;
  /**
   * `user:<username>` or `team:<name>`; a bare name is accepted.
   *
   * 1 to 200 characters.
   */
  ownerId: string;
  ownerType?: "user" | "team" | undefined;
}

/** Input of `principals.get`: Look up a user or a team by its whole name. */
export interface PrincipalsGetInput {
  /**
   * `user:<username>` or `team:<name>`; a bare name is accepted.
   *
   * 1 to 200 characters.
   */
  id: string;
}

/** Input of `principals.search`: Look up users and teams by name, to share with them. */
export interface PrincipalsSearchInput {
  /**
   * How many to skip.
   *
   * An integer, 0 to 1,000,000,000. Default: `0`.
   */
  start?: number | undefined;
  /**
   * How many at most.
   *
   * An integer, 1 to 200. Default: `30`.
   */
  limit?: number | undefined;
  /**
   * `next` of the page before: just as fast at any depth.
   *
   * At most 2,000 characters.
   */
  cursor?: string | undefined;
  /** `exact`: count beyond 1,000 as well. */
  total?: "exact" | undefined;
  /**
   * A part of the name or of the display name.
   *
   * 1 to 100 characters.
   */
  q?: string | undefined;
  type?: "user" | "team" | undefined;
}

/** Output of `principals.search`: Look up users and teams by name, to share with them. */
export interface PrincipalsSearchOutput {
  items: Principal[];
  start: number;
  /** How many are on this page. */
  count: number;
  /** How many there are; counted up to 1,000 unless `total=exact`. */
  total: number;
  totalIsExact: boolean;
  /** `cursor` of the next page, null on the last. */
  next: string | null;
}

/** Input of `records.add`: Add records to a dataset, all of them or none. */
export interface RecordsAddInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * Any text of your own (`Idempotency-Key` over REST): the same again within 24 hours gives the first answer again, and with another input `conflict`.
   *
   * 1 to 255 characters.
   */
  idempotencyKey?: string | undefined;
  /**
   * A value for each field; null, or no key, for a missing one; dates as ISO 8601.
   *
   * 1 to 10,000 items.
   */
  records: Array<Record<string, string | number | boolean | Date | null>>;
}

/** Input of `records.delete`: Delete all records of a dataset; its fields stay. */
export interface RecordsDeleteInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * The version you read (`If-Match` over REST); `version_mismatch` when it has moved on.
   *
   * An integer, at least 0.
   */
  expectedVersion?: number | undefined;
}

/** Input of `records.list`: List the records of a dataset that you may see. */
export interface RecordsListInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * How many to skip.
   *
   * An integer, 0 to 1,000,000,000. Default: `0`.
   */
  start?: number | undefined;
  /**
   * How many at most.
   *
   * An integer, 1 to 200. Default: `30`.
   */
  limit?: number | undefined;
  /**
   * `next` of the page before: just as fast at any depth.
   *
   * At most 2,000 characters.
   */
  cursor?: string | undefined;
  /** `exact`: count beyond 1,000 as well. */
  total?: "exact" | undefined;
  /**
   * Words that must all occur in the fields of text that you see, at most 20; the last may be the beginning of one.
   *
   * 1 to 200 characters. Otherwise: "At most 20 words".
   */
  q?: string | undefined;
  /**
   * Up to 5 fields to sort by, the most important first; `-name` for descending. Missing values come first, and last where it descends. In an address, with commas between them, or as an array of JSON; in the order in which they were loaded unless given.
   *
   * Default: `[]`.
   */
  sort?: string | string[] | undefined;
  /** Criteria; in an address as JSON. */
  filter?: string | Record<string, unknown> | undefined;
}

/** Output of `records.list`: List the records of a dataset that you may see. */
export interface RecordsListOutput {
  items: DatasetRecord[];
  start: number;
  /** How many are on this page. */
  count: number;
  /** How many there are; counted up to 1,000 unless `total=exact`. */
  total: number;
  totalIsExact: boolean;
  /** `cursor` of the next page, null on the last. */
  next: string | null;
}

/** Input of `records.query`: Filter, sort, select, group and aggregate the records of a dataset that you may see. */
export interface RecordsQueryInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * Which fields, in this order; all of them where it is left out. With aggregates, `groupBy` says it.
   *
   * At most 500 items.
   */
  select?: string[] | undefined;
  /** Which records: `{"field": value}` for equality (null: it is missing), or `{"field": {"$gt": 5}}` with $eq, $ne, $gt, $gte, $lt, $lte, $in, $nin, $exists, $contains, $startsWith; `$and` and `$or` take a list of filters, `$not` one. Several keys must all hold. Dates are ISO 8601. At most 32 KiB, 500 conditions, 10 levels and 1000 values in a list. */
  filter?: Record<string, unknown> | undefined;
  /**
   * One row for each combination of values of these fields, missing ones included.
   *
   * At most 10 items.
   */
  groupBy?: string[] | undefined;
  /** At most 50 items. */
  aggregates?:
    | Array<{
        function: "count" | "sum" | "avg" | "min" | "max" | "countDistinct";
        /**
         * Of which field; only `count` does without.
         *
         * 1 to 128 characters.
         */
        field?: string | undefined;
        /**
         * What its column in the answer is called.
         *
         * 1 to 128 characters. Otherwise: "A name does not begin with $".
         */
        as: string;
      }>
    | undefined;
  /**
   * By which fields, or with `groupBy` and `aggregates` by which columns of the answer; `-name` descends.
   *
   * At most 5 items.
   */
  sort?: string[] | undefined;
  /**
   * How many rows at most.
   *
   * An integer, 1 to 1,000. Default: `100`.
   */
  limit?: number | undefined;
}

/** Input of `records.replace`: Replace the records of a dataset, all at once. */
export interface RecordsReplaceInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * The version you read (`If-Match` over REST); `version_mismatch` when it has moved on.
   *
   * An integer, at least 0.
   */
  expectedVersion?: number | undefined;
  /**
   * A value for each field; null, or no key, for a missing one; dates as ISO 8601.
   *
   * 1 to 10,000 items.
   */
  records: Array<Record<string, string | number | boolean | Date | null>>;
}

/** Input of `references.create`: Let an assistant point to something. */
export interface ReferencesCreateInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * Any text of your own (`Idempotency-Key` over REST): the same again within 24 hours gives the first answer again, and with another input `conflict`.
   *
   * 1 to 255 characters.
   */
  idempotencyKey?: string | undefined;
  /** `assistant`, `dataset` and `file` are Steward's own; the rest but `url` is of other systems. */
  targetType: "assistant" | "dataset" | "file" | "library" | "query" | "report" | "template" | "datasource" | "url";
  /**
   * UUID or natural id, id of another system, or web address.
   *
   * 1 to 2,000 characters.
   */
  targetId: string;
  /**
   * What it is to the assistant.
   *
   * At most 1,000 characters. Default: `null`.
   */
  description?: string | null | undefined;
}

/** Input of `references.delete`: Let an assistant no longer point to something. */
export interface ReferencesDeleteInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * `targetId` of the reference; a web address is percent-encoded.
   *
   * 1 to 2,000 characters.
   */
  targetId: string;
  /**
   * The version you read (`If-Match` over REST); `version_mismatch` when it has moved on.
   *
   * An integer, at least 0.
   */
  expectedVersion?: number | undefined;
}

/** Input of `references.get`: Read one of the things that an assistant points to. */
export interface ReferencesGetInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * `targetId` of the reference; a web address is percent-encoded.
   *
   * 1 to 2,000 characters.
   */
  targetId: string;
}

/** Input of `references.list`: All that an assistant points to, as one array. */
export interface ReferencesListInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * `next` of the page before: just as fast at any depth.
   *
   * At most 2,000 characters.
   */
  cursor?: string | undefined;
}

/** Output of `references.list`: All that an assistant points to, as one array. */
export interface ReferencesListOutput {
  items: Reference[];
  next: string | null;
}

/** Input of `revisions.diff`: What a revision changed, or what restoring it would change. */
export interface RevisionsDiffInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * The version that the assistant became by it; not every version is a revision.
   *
   * An integer, 1 to 9,007,199,254,740,991.
   */
  number: number;
  /**
   * `previous`: what this revision changed. `current`: what restoring it would change.
   *
   * Default: `"previous"`.
   */
  against?: "previous" | "current" | undefined;
}

/** Input of `revisions.get`: Read a committed state of an assistant. */
export interface RevisionsGetInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * The version that the assistant became by it; not every version is a revision.
   *
   * An integer, 1 to 9,007,199,254,740,991.
   */
  number: number;
}

/** Input of `revisions.list`: The committed states of an assistant, newest first. */
export interface RevisionsListInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * How many to skip.
   *
   * An integer, 0 to 1,000,000,000. Default: `0`.
   */
  start?: number | undefined;
  /**
   * How many at most.
   *
   * An integer, 1 to 200. Default: `30`.
   */
  limit?: number | undefined;
  /**
   * `next` of the page before: just as fast at any depth.
   *
   * At most 2,000 characters.
   */
  cursor?: string | undefined;
  /** `exact`: count beyond 1,000 as well. */
  total?: "exact" | undefined;
}

/** Output of `revisions.list`: The committed states of an assistant, newest first. */
export interface RevisionsListOutput {
  items: Revision[];
  start: number;
  /** How many are on this page. */
  count: number;
  /** How many there are; counted up to 1,000 unless `total=exact`. */
  total: number;
  totalIsExact: boolean;
  /** `cursor` of the next page, null on the last. */
  next: string | null;
}

/** Input of `revisions.restore`: Make an assistant what it was, as a new revision. */
export interface RevisionsRestoreInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * The version that the assistant became by it; not every version is a revision.
   *
   * An integer, 1 to 9,007,199,254,740,991.
   */
  number: number;
  /**
   * The version you read (`If-Match` over REST); `version_mismatch` when it has moved on.
   *
   * An integer, at least 0.
   */
  expectedVersion?: number | undefined;
  /** 1 to 500 characters. */
  message?: string | undefined;
}

/** Input of `seats.get`: Read an AI seat: your own, or as a superuser anybody's. */
export interface SeatsGetInput {
  /** 1 to 200 characters. */
  username: string;
}

/** Input of `seats.give`: Give a user an AI seat, or another end to the one it has. */
export interface SeatsGiveInput {
  /** 1 to 200 characters. */
  username: string;
  /**
   * Null for no end.
   *
   * Default: `null`.
   */
  expiresAt?: Date | null | undefined;
}

/** Input of `seats.list`: List who has an AI seat. */
export interface SeatsListInput {
  /**
   * How many to skip.
   *
   * An integer, 0 to 1,000,000,000. Default: `0`.
   */
  start?: number | undefined;
  /**
   * How many at most.
   *
   * An integer, 1 to 200. Default: `30`.
   */
  limit?: number | undefined;
  /**
   * `next` of the page before: just as fast at any depth.
   *
   * At most 2,000 characters.
   */
  cursor?: string | undefined;
  /** `exact`: count beyond 1,000 as well. */
  total?: "exact" | undefined;
}

/** Output of `seats.list`: List who has an AI seat. */
export interface SeatsListOutput {
  items: AiSeat[];
  start: number;
  /** How many are on this page. */
  count: number;
  /** How many there are; counted up to 1,000 unless `total=exact`. */
  total: number;
  totalIsExact: boolean;
  /** `cursor` of the next page, null on the last. */
  next: string | null;
}

/** Input of `seats.take`: Take a user's AI seat away, at once. */
export interface SeatsTakeInput {
  /** 1 to 200 characters. */
  username: string;
  /**
   * The version you read (`If-Match` over REST); `version_mismatch` when it has moved on.
   *
   * An integer, at least 0.
   */
  expectedVersion?: number | undefined;
}

/** Input of `secrets.create`: Give an assistant a secret; its value is encrypted and never shown. */
export interface SecretsCreateInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * By which skills ask for it, unique within the assistant.
   *
   * Otherwise: "1 to 128 letters of A-Z and a-z, digits and underscores, not beginning with a digit".
   */
  name: string;
  /**
   * What it is for.
   *
   * At most 4,000 characters. Default: `null`.
   */
  description?: string | null | undefined;
  /**
   * 1 byte to 64 KiB; never shown again.
   *
   * At least 1 characters. Otherwise: "More than 64 KiB", "The mask stands for a value, and is none".
   */
  value: string;
  /**
   * Where a skill may send it: `api.example.com`, `*.example.com` for all beneath, each with `:port` where only one is meant. Changes only together with the value.
   *
   * At most 20 items. Default: `[]`.
   */
  allowedHosts?: string[] | undefined;
}

/** Input of `secrets.delete`: Delete a secret. */
export interface SecretsDeleteInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * UUID.
   *
   * 1 to 200 characters.
   */
  secretId: string;
  /**
   * The version you read (`If-Match` over REST); `version_mismatch` when it has moved on.
   *
   * An integer, at least 0.
   */
  expectedVersion?: number | undefined;
}

/** Input of `secrets.get`: Read a secret; never its value. */
export interface SecretsGetInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * UUID.
   *
   * 1 to 200 characters.
   */
  secretId: string;
}

/** Input of `secrets.list`: List the secrets of an assistant; never their values. */
export interface SecretsListInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * How many to skip.
   *
   * An integer, 0 to 1,000,000,000. Default: `0`.
   */
  start?: number | undefined;
  /**
   * How many at most.
   *
   * An integer, 1 to 200. Default: `30`.
   */
  limit?: number | undefined;
  /**
   * `next` of the page before: just as fast at any depth.
   *
   * At most 2,000 characters.
   */
  cursor?: string | undefined;
  /** `exact`: count beyond 1,000 as well. */
  total?: "exact" | undefined;
}

/** Output of `secrets.list`: List the secrets of an assistant; never their values. */
export interface SecretsListOutput {
  items: Secret[];
  start: number;
  /** How many are on this page. */
  count: number;
  /** How many there are; counted up to 1,000 unless `total=exact`. */
  total: number;
  totalIsExact: boolean;
  /** `cursor` of the next page, null on the last. */
  next: string | null;
}

/** Input of `secrets.update`: Change a secret; where it may be sent changes only with its value. */
export interface SecretsUpdateInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * UUID.
   *
   * 1 to 200 characters.
   */
  secretId: string;
  /**
   * The version you read (`If-Match` over REST); `version_mismatch` when it has moved on.
   *
   * An integer, at least 0.
   */
  expectedVersion?: number | undefined;
  /**
   * By which skills ask for it, unique within the assistant.
   *
   * Otherwise: "1 to 128 letters of A-Z and a-z, digits and underscores, not beginning with a digit".
   */
  name?: string | undefined;
  /**
   * What it is for.
   *
   * At most 4,000 characters.
   */
  description?: string | null | undefined;
  /**
   * A new value; `********` leaves the old one.
   *
   * At least 1 characters. Otherwise: "More than 64 KiB".
   */
  value?: string | undefined;
  /**
   * Where a skill may send it: `api.example.com`, `*.example.com` for all beneath, each with `:port` where only one is meant. Changes only together with the value.
   *
   * At most 20 items.
   */
  allowedHosts?: string[] | undefined;
}

/** Input of `session.get`: Read a session of yours. */
export interface SessionGetInput {
  /** 1 to 200 characters. */
  id: string;
}

/** Input of `session.list`: Where you are signed in; for a superuser, where anybody is. */
export interface SessionListInput {
  /**
   * How many to skip.
   *
   * An integer, 0 to 1,000,000,000. Default: `0`.
   */
  start?: number | undefined;
  /**
   * How many at most.
   *
   * An integer, 1 to 200. Default: `30`.
   */
  limit?: number | undefined;
  /**
   * `next` of the page before: just as fast at any depth.
   *
   * At most 2,000 characters.
   */
  cursor?: string | undefined;
  /** `exact`: count beyond 1,000 as well. */
  total?: "exact" | undefined;
}

/** Output of `session.list`: Where you are signed in; for a superuser, where anybody is. */
export interface SessionListOutput {
  items: Session[];
  start: number;
  /** How many are on this page. */
  count: number;
  /** How many there are; counted up to 1,000 unless `total=exact`. */
  total: number;
  totalIsExact: boolean;
  /** `cursor` of the next page, null on the last. */
  next: string | null;
}

/** Input of `session.login`: Sign in with name and password. */
export interface SessionLoginInput {
  /** 1 to 100 characters. */
  username: string;
  /** 1 to 256 characters. */
  password: string;
}

/** Output of `session.login`: Sign in with name and password. */
export interface SessionLoginOutput {
  /** Whom a session belongs to. */
  user: SignedInUser;
  sid: string;
  /** A moment, in UTC and to the millisecond. */
  expiresAt: Date;
}

/** Input of `session.revoke`: End a session at once. */
export interface SessionRevokeInput {
  /** 1 to 200 characters. */
  id: string;
  /**
   * The version you read (`If-Match` over REST); `version_mismatch` when it has moved on.
   *
   * An integer, at least 0.
   */
  expectedVersion?: number | undefined;
}

/** Input of `settings.update`: Change the tenant's settings, at once for everybody. */
export interface SettingsUpdateInput {
  /**
   * The version you read (`If-Match` over REST); `version_mismatch` when it has moved on.
   *
   * An integer, at least 0.
   */
  expectedVersion?: number | undefined;
  /** Whether anybody may use AI; a seat counts only as long as it is. */
  aiEnabled?: boolean | undefined;
  /** With whom assistants and datasets may be shared anew: anybody, one's own teams, or nobody. */
  sharePolicy?: "anyone" | "own-teams" | "nobody" | undefined;
  /**
   * How many revisions of an assistant are kept; the newest always is.
   *
   * An integer, 1 to 10,000.
   */
  revisionRetention?: number | undefined;
  /**
   * How many days somebody stays signed in without coming back.
   *
   * An integer, 1 to 365.
   */
  sessionDays?: number | undefined;
  /**
   * The only hosts that skills of type `custom` may call: `api.example.com`, `*.example.com`, each with `:port` where only one is meant; with none listed, any public one.
   *
   * At most 100 items.
   */
  customSkillHosts?: string[] | undefined;
  /**
   * How many fields a dataset may have.
   *
   * An integer, 1 to 1,900.
   */
  datasetFields?: number | undefined;
  /**
   * How long a text in one field of a record may be, in characters.
   *
   * An integer, 1 to 1,000,000.
   */
  datasetFieldLength?: number | undefined;
  /**
   * How many records a dataset may have.
   *
   * An integer, 1 to 60,000,000.
   */
  datasetRows?: number | undefined;
  /**
   * How many bytes may be uploaded into a dataset at once.
   *
   * An integer, 1 to 1,099,511,627,776.
   */
  datasetBytes?: number | undefined;
  /**
   * How many bytes a file of an assistant may have.
   *
   * An integer, 1 to 1,099,511,627,776.
   */
  fileBytes?: number | undefined;
  /**
   * How many files an assistant may have.
   *
   * An integer, 1 to 2,000.
   */
  assistantFiles?: number | undefined;
}

/** Input of `shares.delete`: End a share of an assistant. */
export interface SharesDeleteInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * `user:<username>` or `team:<name>`; a bare name is accepted.
   *
   * 1 to 200 characters.
   */
  principalId: string;
  /**
   * The version you read (`If-Match` over REST); `version_mismatch` when it has moved on.
   *
   * An integer, at least 0.
   */
  expectedVersion?: number | undefined;
}

/** Input of `shares.get`: Read one share of an assistant. */
export interface SharesGetInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * `user:<username>` or `team:<name>`; a bare name is accepted.
   *
   * 1 to 200 characters.
   */
  principalId: string;
}

/** Input of `shares.list`: With whom an assistant is shared. */
export interface SharesListInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * How many to skip.
   *
   * An integer, 0 to 1,000,000,000. Default: `0`.
   */
  start?: number | undefined;
  /**
   * How many at most.
   *
   * An integer, 1 to 200. Default: `30`.
   */
  limit?: number | undefined;
  /**
   * `next` of the page before: just as fast at any depth.
   *
   * At most 2,000 characters.
   */
  cursor?: string | undefined;
  /** `exact`: count beyond 1,000 as well. */
  total?: "exact" | undefined;
}

/** Output of `shares.list`: With whom an assistant is shared. */
export interface SharesListOutput {
  items: Share[];
  start: number;
  /** How many are on this page. */
  count: number;
  /** How many there are; counted up to 1,000 unless `total=exact`. */
  total: number;
  totalIsExact: boolean;
  /** `cursor` of the next page, null on the last. */
  next: string | null;
}

/** Input of `shares.set`: Share an assistant with a user or a team, or change what they may. */
export interface SharesSetInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * `user:<username>` or `team:<name>`; a bare name is accepted.
   *
   * 1 to 200 characters.
   */
  principalId: string;
  /**
   * The version you read (`If-Match` over REST); `version_mismatch` when it has moved on.
   *
   * An integer, at least 0.
   */
  expectedVersion?: number | undefined;
  /**
   * 1 read, 2 write, 3 administer.
   *
   * An integer, 1 to 3.
   */
  accessLevel: number;
}

/** Input of `skills.create`: Give an assistant a skill. */
export interface SkillsCreateInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * Any text of your own (`Idempotency-Key` over REST): the same again within 24 hours gives the first answer again, and with another input `conflict`.
   *
   * 1 to 255 characters.
   */
  idempotencyKey?: string | undefined;
  /**
   * The id of a driver, see `GET /skill-drivers`.
   *
   * 1 to 64 characters.
   */
  type: string;
  /**
   * The driver's name unless given.
   *
   * 1 to 255 characters.
   */
  name?: string | undefined;
  /**
   * The configuration, as the driver's `configSchema` says; at most 64 KiB.
   *
   * Otherwise: "No object of JSON, or more than 64 KiB of it". Default: `{}`.
   */
  data?: Record<string, unknown> | undefined;
  /**
   * What the model is told that it does; null for what the driver says.
   *
   * At most 1,000 characters. Otherwise: "It is told to the model: no secret may stand here". Default: `null`.
   */
  description?: string | null | undefined;
  /**
   * Whether the assistant may use it.
   *
   * Default: `true`.
   */
  enabled?: boolean | undefined;
  /**
   * The dataset that it is about.
   *
   * 1 to 200 characters. Default: `null`.
   */
  datasetId?: string | null | undefined;
  /**
   * A data source of another system.
   *
   * 1 to 200 characters. Default: `null`.
   */
  datasourceId?: string | null | undefined;
  /**
   * A report of another system.
   *
   * 1 to 200 characters. Default: `null`.
   */
  reportId?: string | null | undefined;
  /**
   * A query of another system.
   *
   * 1 to 200 characters. Default: `null`.
   */
  queryId?: string | null | undefined;
  /**
   * A template of another system.
   *
   * 1 to 200 characters. Default: `null`.
   */
  templateId?: string | null | undefined;
  /**
   * An integration of another system.
   *
   * 1 to 200 characters. Default: `null`.
   */
  integrationId?: string | null | undefined;
}

/** Input of `skills.delete`: Take a skill from an assistant. */
export interface SkillsDeleteInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * UUID.
   *
   * 1 to 200 characters.
   */
  skillId: string;
  /**
   * The version you read (`If-Match` over REST); `version_mismatch` when it has moved on.
   *
   * An integer, at least 0.
   */
  expectedVersion?: number | undefined;
}

/** Input of `skills.driver`: How a skill can be configured, and how a model is told of it. */
export interface SkillsDriverInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * UUID.
   *
   * 1 to 200 characters.
   */
  skillId: string;
}

/** Input of `skills.drivers`: List the types of skills that there are. */
export interface SkillsDriversInput {
  /**
   * How many to skip.
   *
   * An integer, 0 to 1,000,000,000. Default: `0`.
   */
  start?: number | undefined;
  /**
   * How many at most.
   *
   * An integer, 1 to 200. Default: `30`.
   */
  limit?: number | undefined;
  /**
   * `next` of the page before: just as fast at any depth.
   *
   * At most 2,000 characters.
   */
  cursor?: string | undefined;
  /** `exact`: count beyond 1,000 as well. */
  total?: "exact" | undefined;
}

/** Output of `skills.drivers`: List the types of skills that there are. */
export interface SkillsDriversOutput {
  items: SkillDriver[];
  start: number;
  /** How many are on this page. */
  count: number;
  /** How many there are; counted up to 1,000 unless `total=exact`. */
  total: number;
  totalIsExact: boolean;
  /** `cursor` of the next page, null on the last. */
  next: string | null;
}

/** Input of `skills.get`: Read a skill. */
export interface SkillsGetInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * UUID.
   *
   * 1 to 200 characters.
   */
  skillId: string;
}

/** Input of `skills.list`: List the skills of an assistant. */
export interface SkillsListInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * How many to skip.
   *
   * An integer, 0 to 1,000,000,000. Default: `0`.
   */
  start?: number | undefined;
  /**
   * How many at most.
   *
   * An integer, 1 to 200. Default: `30`.
   */
  limit?: number | undefined;
  /**
   * `next` of the page before: just as fast at any depth.
   *
   * At most 2,000 characters.
   */
  cursor?: string | undefined;
  /** `exact`: count beyond 1,000 as well. */
  total?: "exact" | undefined;
}

/** Output of `skills.list`: List the skills of an assistant. */
export interface SkillsListOutput {
  items: Skill[];
  start: number;
  /** How many are on this page. */
  count: number;
  /** How many there are; counted up to 1,000 unless `total=exact`. */
  total: number;
  totalIsExact: boolean;
  /** `cursor` of the next page, null on the last. */
  next: string | null;
}

/** Input of `skills.run`: Run a skill as a model would. */
export interface SkillsRunInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * UUID.
   *
   * 1 to 200 characters.
   */
  skillId: string;
  /**
   * What the tool's `inputSchema` describes.
   *
   * Otherwise: "No object of JSON, or more than 64 KiB of it". Default: `{}`.
   */
  input?: Record<string, unknown> | undefined;
}

/** Input of `skills.update`: Change a skill; its type stays. */
export interface SkillsUpdateInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * UUID.
   *
   * 1 to 200 characters.
   */
  skillId: string;
  /**
   * The version you read (`If-Match` over REST); `version_mismatch` when it has moved on.
   *
   * An integer, at least 0.
   */
  expectedVersion?: number | undefined;
  /**
   * As it is: it may be put back, and not changed.
   *
   * 1 to 64 characters.
   */
  type?: string | undefined;
  /**
   * The configuration, as the driver's `configSchema` says; at most 64 KiB.
   *
   * Otherwise: "No object of JSON, or more than 64 KiB of it".
   */
  data?: Record<string, unknown> | undefined;
  /**
   * What people call it; the model's tool is named after it.
   *
   * 1 to 255 characters.
   */
  name?: string | undefined;
  /**
   * What the model is told that it does; null for what the driver says.
   *
   * At most 1,000 characters. Otherwise: "It is told to the model: no secret may stand here".
   */
  description?: string | null | undefined;
  /** Whether the assistant may use it. */
  enabled?: boolean | undefined;
  /**
   * The dataset that it is about.
   *
   * 1 to 200 characters.
   */
  datasetId?: string | null | undefined;
  /**
   * A data source of another system.
   *
   * 1 to 200 characters.
   */
  datasourceId?: string | null | undefined;
  /**
   * A report of another system.
   *
   * 1 to 200 characters.
   */
  reportId?: string | null | undefined;
  /**
   * A query of another system.
   *
   * 1 to 200 characters.
   */
  queryId?: string | null | undefined;
  /**
   * A template of another system.
   *
   * 1 to 200 characters.
   */
  templateId?: string | null | undefined;
  /**
   * An integration of another system.
   *
   * 1 to 200 characters.
   */
  integrationId?: string | null | undefined;
}

/** Input of `tags.add`: Tag an assistant. */
export interface TagsAddInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * UUID, or name.
   *
   * 1 to 200 characters.
   */
  tagId: string;
}

/** Input of `tags.create`: Create a tag for the whole tenant. */
export interface TagsCreateInput {
  /**
   * Any text of your own (`Idempotency-Key` over REST): the same again within 24 hours gives the first answer again, and with another input `conflict`.
   *
   * 1 to 255 characters.
   */
  idempotencyKey?: string | undefined;
  /**
   * Unique, without regard to case.
   *
   * 1 to 100 characters.
   */
  name: string;
}

/** Input of `tags.delete`: Delete a tag that you have made, as a superuser any, and so take it off everywhere. */
export interface TagsDeleteInput {
  /**
   * UUID, or name.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * The version you read (`If-Match` over REST); `version_mismatch` when it has moved on.
   *
   * An integer, at least 0.
   */
  expectedVersion?: number | undefined;
}

/** Input of `tags.get`: Read a tag. */
export interface TagsGetInput {
  /**
   * UUID, or name.
   *
   * 1 to 200 characters.
   */
  id: string;
}

/** Input of `tags.getOfAssistant`: Read a tag of an assistant. */
export interface TagsGetOfAssistantInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * UUID, or name.
   *
   * 1 to 200 characters.
   */
  tagId: string;
}

/** Input of `tags.list`: List all tags by name. */
export interface TagsListInput {
  /**
   * How many to skip.
   *
   * An integer, 0 to 1,000,000,000. Default: `0`.
   */
  start?: number | undefined;
  /**
   * How many at most.
   *
   * An integer, 1 to 200. Default: `30`.
   */
  limit?: number | undefined;
  /**
   * `next` of the page before: just as fast at any depth.
   *
   * At most 2,000 characters.
   */
  cursor?: string | undefined;
  /** `exact`: count beyond 1,000 as well. */
  total?: "exact" | undefined;
}

/** Output of `tags.list`: List all tags by name. */
export interface TagsListOutput {
  items: Tag[];
  start: number;
  /** How many are on this page. */
  count: number;
  /** How many there are; counted up to 1,000 unless `total=exact`. */
  total: number;
  totalIsExact: boolean;
  /** `cursor` of the next page, null on the last. */
  next: string | null;
}

/** Input of `tags.listOfAssistant`: List the tags of an assistant by name. */
export interface TagsListOfAssistantInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * How many to skip.
   *
   * An integer, 0 to 1,000,000,000. Default: `0`.
   */
  start?: number | undefined;
  /**
   * How many at most.
   *
   * An integer, 1 to 200. Default: `30`.
   */
  limit?: number | undefined;
  /**
   * `next` of the page before: just as fast at any depth.
   *
   * At most 2,000 characters.
   */
  cursor?: string | undefined;
  /** `exact`: count beyond 1,000 as well. */
  total?: "exact" | undefined;
}

/** Output of `tags.listOfAssistant`: List the tags of an assistant by name. */
export interface TagsListOfAssistantOutput {
  items: Tag[];
  start: number;
  /** How many are on this page. */
  count: number;
  /** How many there are; counted up to 1,000 unless `total=exact`. */
  total: number;
  totalIsExact: boolean;
  /** `cursor` of the next page, null on the last. */
  next: string | null;
}

/** Input of `tags.remove`: Take a tag off an assistant. */
export interface TagsRemoveInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * UUID, or name.
   *
   * 1 to 200 characters.
   */
  tagId: string;
}

/** Input of `tags.update`: Rename a tag that you have made; as a superuser, any. */
export interface TagsUpdateInput {
  /**
   * UUID, or name.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * The version you read (`If-Match` over REST); `version_mismatch` when it has moved on.
   *
   * An integer, at least 0.
   */
  expectedVersion?: number | undefined;
  /**
   * Unique, without regard to case.
   *
   * 1 to 100 characters.
   */
  name: string;
}

/** Input of `teams.create`: Create a team; its maker becomes its admin. */
export interface TeamsCreateInput {
  /**
   * Any text of your own (`Idempotency-Key` over REST): the same again within 24 hours gives the first answer again, and with another input `conflict`.
   *
   * 1 to 255 characters.
   */
  idempotencyKey?: string | undefined;
  /** Otherwise: "1 to 63 of a-z, 0-9, dot, underscore and hyphen, beginning with a letter or digit", "This name is reserved". */
  name: string;
  /** 1 to 255 characters. */
  displayName?: string | undefined;
  /** At most 4,000 characters. Default: `null`. */
  description?: string | null | undefined;
}

/** Input of `teams.delete`: Delete a team that owns no assistants and no datasets, with its memberships and shares. */
export interface TeamsDeleteInput {
  /** 1 to 200 characters. */
  id: string;
  /**
   * The version you read (`If-Match` over REST); `version_mismatch` when it has moved on.
   *
   * An integer, at least 0.
   */
  expectedVersion?: number | undefined;
}

/** Input of `teams.get`: Read a team of yours. */
export interface TeamsGetInput {
  /** 1 to 200 characters. */
  id: string;
}

/** Input of `teams.getMember`: Read a member of a team of yours. */
export interface TeamsGetMemberInput {
  /** 1 to 200 characters. */
  id: string;
  /** 1 to 200 characters. */
  username: string;
}

/** Input of `teams.list`: List your teams; for a superuser, all. */
export interface TeamsListInput {
  /**
   * How many to skip.
   *
   * An integer, 0 to 1,000,000,000. Default: `0`.
   */
  start?: number | undefined;
  /**
   * How many at most.
   *
   * An integer, 1 to 200. Default: `30`.
   */
  limit?: number | undefined;
  /**
   * `next` of the page before: just as fast at any depth.
   *
   * At most 2,000 characters.
   */
  cursor?: string | undefined;
  /** `exact`: count beyond 1,000 as well. */
  total?: "exact" | undefined;
}

/** Output of `teams.list`: List your teams; for a superuser, all. */
export interface TeamsListOutput {
  items: Team[];
  start: number;
  /** How many are on this page. */
  count: number;
  /** How many there are; counted up to 1,000 unless `total=exact`. */
  total: number;
  totalIsExact: boolean;
  /** `cursor` of the next page, null on the last. */
  next: string | null;
}

/** Input of `teams.listMembers`: List the members of a team of yours. */
export interface TeamsListMembersInput {
  /** 1 to 200 characters. */
  id: string;
  /**
   * How many to skip.
   *
   * An integer, 0 to 1,000,000,000. Default: `0`.
   */
  start?: number | undefined;
  /**
   * How many at most.
   *
   * An integer, 1 to 200. Default: `30`.
   */
  limit?: number | undefined;
  /**
   * `next` of the page before: just as fast at any depth.
   *
   * At most 2,000 characters.
   */
  cursor?: string | undefined;
  /** `exact`: count beyond 1,000 as well. */
  total?: "exact" | undefined;
}

/** Output of `teams.listMembers`: List the members of a team of yours. */
export interface TeamsListMembersOutput {
  items: TeamMember[];
  start: number;
  /** How many are on this page. */
  count: number;
  /** How many there are; counted up to 1,000 unless `total=exact`. */
  total: number;
  totalIsExact: boolean;
  /** `cursor` of the next page, null on the last. */
  next: string | null;
}

/** Input of `teams.removeMember`: Take a member out of a team; anybody may leave. */
export interface TeamsRemoveMemberInput {
  /** 1 to 200 characters. */
  id: string;
  /** 1 to 200 characters. */
  username: string;
  /**
   * The version you read (`If-Match` over REST); `version_mismatch` when it has moved on.
   *
   * An integer, at least 0.
   */
  expectedVersion?: number | undefined;
}

/** Input of `teams.setMember`: Add a member to a team, or give it another role. */
export interface TeamsSetMemberInput {
  /** 1 to 200 characters. */
  id: string;
  /** 1 to 200 characters. */
  username: string;
  /**
   * The version you read (`If-Match` over REST); `version_mismatch` when it has moved on.
   *
   * An integer, at least 0.
   */
  expectedVersion?: number | undefined;
  role: "admin" | "publisher" | "designer" | "dataWizard" | "memberPlus" | "member";
}

/** Input of `teams.update`: Change a team. */
export interface TeamsUpdateInput {
  /** 1 to 200 characters. */
  id: string;
  /**
   * The version you read (`If-Match` over REST); `version_mismatch` when it has moved on.
   *
   * An integer, at least 0.
   */
  expectedVersion?: number | undefined;
  /** 1 to 255 characters. */
  displayName?: string | undefined;
  /** At most 4,000 characters. */
  description?: string | null | undefined;
}

/** Input of `tokens.create`: Create a token; its value is in this answer only. */
export interface TokensCreateInput {
  /**
   * `assistant`: only that one, and never more than write.
   *
   * Default: `"personal"`.
   */
  type?: "personal" | "assistant" | undefined;
  /**
   * Required for a token of type `assistant`.
   *
   * 1 to 200 characters.
   */
  assistantId?: string | undefined;
  /**
   * What it is for.
   *
   * At most 1,000 characters. Default: `null`.
   */
  notes?: string | null | undefined;
  /**
   * Whether it only reads.
   *
   * Default: `false`.
   */
  readOnly?: boolean | undefined;
  /**
   * Null: all that the type allows. An empty list: nothing.
   *
   * At most 3 items. Default: `null`.
   */
  scopes?: Array<"read" | "chat" | "write"> | null | undefined;
  /** Which of `host` and `cidr` it is tied to; null: it may be used from anywhere. */
  restrict?: "host" | "cidr" | null | undefined;
  /**
   * A single address of IPv4 or IPv6, never a name.
   *
   * 1 to 64 characters. Otherwise: "A single address of IPv4 or IPv6: names are not looked up". Default: `null`.
   */
  host?: string | null | undefined;
  /**
   * A range of addresses: `10.0.0.0/8`, `2001:db8::/32`.
   *
   * 1 to 64 characters. Otherwise: "An address, a slash and how many of its bits count: 10.0.0.0/8". Default: `null`.
   */
  cidr?: string | null | undefined;
  /**
   * Null for no end.
   *
   * Default: `null`.
   */
  expiresAt?: Date | null | undefined;
  /**
   * Whatever your systems keep with it, at most 64 KiB.
   *
   * Otherwise: "No object of JSON, or more than 64 KiB of it". Default: `null`.
   */
  data?: Record<string, unknown> | null | undefined;
}

/** Input of `tokens.get`: Read a token. */
export interface TokensGetInput {
  /** 1 to 200 characters. */
  id: string;
}

/** Input of `tokens.list`: List your tokens; for a superuser, all. */
export interface TokensListInput {
  /**
   * How many to skip.
   *
   * An integer, 0 to 1,000,000,000. Default: `0`.
   */
  start?: number | undefined;
  /**
   * How many at most.
   *
   * An integer, 1 to 200. Default: `30`.
   */
  limit?: number | undefined;
  /**
   * `next` of the page before: just as fast at any depth.
   *
   * At most 2,000 characters.
   */
  cursor?: string | undefined;
  /** `exact`: count beyond 1,000 as well. */
  total?: "exact" | undefined;
}

/** Output of `tokens.list`: List your tokens; for a superuser, all. */
export interface TokensListOutput {
  items: Token[];
  start: number;
  /** How many are on this page. */
  count: number;
  /** How many there are; counted up to 1,000 unless `total=exact`. */
  total: number;
  totalIsExact: boolean;
  /** `cursor` of the next page, null on the last. */
  next: string | null;
}

/** Input of `tokens.listOfAssistant`: List the tokens of an assistant: its editors see all, others their own. */
export interface TokensListOfAssistantInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * How many to skip.
   *
   * An integer, 0 to 1,000,000,000. Default: `0`.
   */
  start?: number | undefined;
  /**
   * How many at most.
   *
   * An integer, 1 to 200. Default: `30`.
   */
  limit?: number | undefined;
  /**
   * `next` of the page before: just as fast at any depth.
   *
   * At most 2,000 characters.
   */
  cursor?: string | undefined;
  /** `exact`: count beyond 1,000 as well. */
  total?: "exact" | undefined;
}

/** Output of `tokens.listOfAssistant`: List the tokens of an assistant: its editors see all, others their own. */
export interface TokensListOfAssistantOutput {
  items: Token[];
  start: number;
  /** How many are on this page. */
  count: number;
  /** How many there are; counted up to 1,000 unless `total=exact`. */
  total: number;
  totalIsExact: boolean;
  /** `cursor` of the next page, null on the last. */
  next: string | null;
}

/** Input of `tokens.revoke`: Revoke a token, at once. */
export interface TokensRevokeInput {
  /** 1 to 200 characters. */
  id: string;
  /**
   * The version you read (`If-Match` over REST); `version_mismatch` when it has moved on.
   *
   * An integer, at least 0.
   */
  expectedVersion?: number | undefined;
}

/** Input of `tokens.update`: Change a token of yours; its value stays. */
export interface TokensUpdateInput {
  /** 1 to 200 characters. */
  id: string;
  /**
   * The version you read (`If-Match` over REST); `version_mismatch` when it has moved on.
   *
   * An integer, at least 0.
   */
  expectedVersion?: number | undefined;
  /**
   * What it is for.
   *
   * At most 1,000 characters.
   */
  notes?: string | null | undefined;
  /** Whether it only reads. */
  readOnly?: boolean | undefined;
  /**
   * Null: all that the type allows. An empty list: nothing.
   *
   * At most 3 items.
   */
  scopes?: Array<"read" | "chat" | "write"> | null | undefined;
  /** Which of `host` and `cidr` it is tied to; null: it may be used from anywhere. */
  restrict?: "host" | "cidr" | null | undefined;
  /** Null for no end. */
  expiresAt?: Date | null | undefined;
  /**
   * Whatever your systems keep with it, at most 64 KiB.
   *
   * Otherwise: "No object of JSON, or more than 64 KiB of it".
   */
  data?: Record<string, unknown> | null | undefined;
  /**
   * A single address of IPv4 or IPv6, never a name.
   *
   * 1 to 64 characters. Otherwise: "A single address of IPv4 or IPv6: names are not looked up".
   */
  host?: string | null | undefined;
  /**
   * A range of addresses: `10.0.0.0/8`, `2001:db8::/32`.
   *
   * 1 to 64 characters. Otherwise: "An address, a slash and how many of its bits count: 10.0.0.0/8".
   */
  cidr?: string | null | undefined;
}

/** Input of `uploads.cancel`: Cancel an upload: nothing of it is taken. */
export interface UploadsCancelInput {
  /**
   * The upload's id.
   *
   * 1 to 200 characters.
   */
  id: string;
  /**
   * The version you read (`If-Match` over REST); `version_mismatch` when it has moved on.
   *
   * An integer, at least 0.
   */
  expectedVersion?: number | undefined;
}

/** Input of `uploads.create`: Make an id for bytes that you will send. */
export interface UploadsCreateInput {
  /**
   * Any text of your own (`Idempotency-Key` over REST): the same again within 24 hours gives the first answer again, and with another input `conflict`.
   *
   * 1 to 255 characters.
   */
  idempotencyKey?: string | undefined;
}

/** Input of `uploads.get`: Read how far an upload has come. */
export interface UploadsGetInput {
  /**
   * The upload's id.
   *
   * 1 to 200 characters.
   */
  id: string;
}

/** Input of `uploads.list`: List your uploads, the newest first. */
export interface UploadsListInput {
  /**
   * How many to skip.
   *
   * An integer, 0 to 1,000,000,000. Default: `0`.
   */
  start?: number | undefined;
  /**
   * How many at most.
   *
   * An integer, 1 to 200. Default: `30`.
   */
  limit?: number | undefined;
  /**
   * `next` of the page before: just as fast at any depth.
   *
   * At most 2,000 characters.
   */
  cursor?: string | undefined;
  /** `exact`: count beyond 1,000 as well. */
  total?: "exact" | undefined;
}

/** Output of `uploads.list`: List your uploads, the newest first. */
export interface UploadsListOutput {
  items: UploadSummary[];
  start: number;
  /** How many are on this page. */
  count: number;
  /** How many there are; counted up to 1,000 unless `total=exact`. */
  total: number;
  totalIsExact: boolean;
  /** `cursor` of the next page, null on the last. */
  next: string | null;
}

/** Input of `uploads.watch`: Watch an upload until it is over. */
export interface UploadsWatchInput {
  /**
   * The upload's id.
   *
   * 1 to 200 characters.
   */
  id: string;
}

/** Input of `users.create`: Create a user, with an AI seat unless `seat` is false. */
export interface UsersCreateInput {
  /**
   * Any text of your own (`Idempotency-Key` over REST): the same again within 24 hours gives the first answer again, and with another input `conflict`.
   *
   * 1 to 255 characters.
   */
  idempotencyKey?: string | undefined;
  /** Otherwise: "1 to 63 of a-z, 0-9, dot, underscore and hyphen, beginning with a letter or digit", "This name is reserved". */
  username: string;
  /** 1 to 255 characters. */
  displayName?: string | undefined;
  /** Email, at most 254 characters. Default: `null`. */
  email?: string | null | undefined;
  /**
   * A preset of grants: member none, creator the first three, admin all.
   *
   * Default: `"member"`.
   */
  role?: "member" | "creator" | "admin" | undefined;
  /**
   * Single grants beside the role's.
   *
   * At most 6 items. Default: `[]`.
   */
  grants?:
    | Array<
        "assistants:create" | "datasets:create" | "tokens:create" | "teams:create" | "ai:manage" | "tenant:superuser"
      >
    | undefined;
  /**
   * A disabled user's sessions and tokens end at once.
   *
   * Default: `true`.
   */
  enabled?: boolean | undefined;
  /**
   * Without one, the user cannot sign in until it is set.
   *
   * 10 to 256 characters.
   */
  password?: string | undefined;
  /** Default: `true`. */
  seat?: boolean | undefined;
}

/** Input of `users.delete`: Delete a user who owns no assistants and no datasets. */
export interface UsersDeleteInput {
  /** 1 to 200 characters. */
  username: string;
  /**
   * The version you read (`If-Match` over REST); `version_mismatch` when it has moved on.
   *
   * An integer, at least 0.
   */
  expectedVersion?: number | undefined;
}

/** Input of `users.get`: Read a user: yourself, or as a superuser anybody. */
export interface UsersGetInput {
  /** 1 to 200 characters. */
  username: string;
}

/** Input of `users.list`: List all users. */
export interface UsersListInput {
  /**
   * How many to skip.
   *
   * An integer, 0 to 1,000,000,000. Default: `0`.
   */
  start?: number | undefined;
  /**
   * How many at most.
   *
   * An integer, 1 to 200. Default: `30`.
   */
  limit?: number | undefined;
  /**
   * `next` of the page before: just as fast at any depth.
   *
   * At most 2,000 characters.
   */
  cursor?: string | undefined;
  /** `exact`: count beyond 1,000 as well. */
  total?: "exact" | undefined;
}

/** Output of `users.list`: List all users. */
export interface UsersListOutput {
  items: User[];
  start: number;
  /** How many are on this page. */
  count: number;
  /** How many there are; counted up to 1,000 unless `total=exact`. */
  total: number;
  totalIsExact: boolean;
  /** `cursor` of the next page, null on the last. */
  next: string | null;
}

/** Input of `users.transfer`: Give all assistants and datasets of a user who leaves to somebody else. */
export interface UsersTransferInput {
  /** 1 to 200 characters. */
  username: string;
  /**
   * The new owner: a user or a team.
   *
   * 1 to 200 characters.
   */
  ownerId: string;
}

/** Input of `users.update`: Change a user: yourself (not role, grants, enabled, seat), or as a superuser anybody. */
export interface UsersUpdateInput {
  /** 1 to 200 characters. */
  username: string;
  /**
   * The version you read (`If-Match` over REST); `version_mismatch` when it has moved on.
   *
   * An integer, at least 0.
   */
  expectedVersion?: number | undefined;
  /** 1 to 255 characters. */
  displayName?: string | undefined;
  /** Email, at most 254 characters. */
  email?: string | null | undefined;
  /** A preset of grants: member none, creator the first three, admin all. */
  role?: "member" | "creator" | "admin" | undefined;
  /**
   * Single grants beside the role's.
   *
   * At most 6 items.
   */
  grants?:
    | Array<
        "assistants:create" | "datasets:create" | "tokens:create" | "teams:create" | "ai:manage" | "tenant:superuser"
      >
    | undefined;
  /** A disabled user's sessions and tokens end at once. */
  enabled?: boolean | undefined;
  /**
   * Set by a person who has signed in, never with a token.
   *
   * 10 to 256 characters.
   */
  password?: string | undefined;
  seat?: boolean | undefined;
}

/** Every operation, by group and name. */
export type StewardProcedures = {
  assistants: {
    /**
     * What was done to an assistant and its drafts, newest first.
     *
     * Needs `assistant:write` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/assistants/{id}/activity`.
     */
    activity: TRPCQueryProcedure<{ input: AssistantsActivityInput; output: AssistantsActivityOutput; meta: unknown }>;
    /**
     * Copy an assistant with its skills, knowledge and references.
     *
     * Not its secrets, shares, tokens and comments. Where its instructions are hidden, only its writers may copy it. Of a dataset that it brings along and that you do not administer, those who ask the copy reach what they may read themselves (access `asker`); what it knows by a filter that is not yours to see is left out.
     *
     * Needs `assistants:create` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`, `conflict`.
     *
     * Over REST: `POST /api/assistants/{id}/_copy`.
     */
    copy: TRPCMutationProcedure<{ input: AssistantsCopyInput; output: Assistant; meta: unknown }>;
    /**
     * Create an assistant.
     *
     * Only `name` is required. `slug` is made from it, and is the only one of its owner: `sales`, `sales-2` ...
     *
     * Needs `assistants:create` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`, `conflict`.
     *
     * Over REST: `POST /api/assistants`.
     */
    create: TRPCMutationProcedure<{ input: AssistantsCreateInput; output: Assistant; meta: unknown }>;
    /**
     * Delete an assistant with its shares and tokens.
     *
     * Needs `assistant:delete` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`, `version_mismatch`.
     *
     * Over REST: `DELETE /api/assistants/{id}`.
     */
    delete: TRPCMutationProcedure<{ input: AssistantsDeleteInput; output: void; meta: unknown }>;
    /**
     * Export an assistant as one portable document.
     *
     * Instructions, settings, skills, references, knowledge, and the names of its secrets; `leftBehind` says what it does not bring. `format=yaml` answers it as YAML.
     *
     * Needs `assistant:write` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/assistants/{id}/_export`.
     */
    export: TRPCQueryProcedure<{ input: AssistantsExportInput; output: AssistantDocument | string; meta: unknown }>;
    /**
     * Read an assistant.
     *
     * Needs `assistant:read` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/assistants/{id}`.
     */
    get: TRPCQueryProcedure<{ input: AssistantsGetInput; output: Assistant; meta: unknown }>;
    /**
     * Import an assistant from a document: makes the one of its natural id, or makes it the same.
     *
     * A second import of the same document changes nothing. Skills, references, knowledge and fields become those of the document; secrets that it names are not made, for it has no values. 403 where it would bring a dataset along that you do not administer. With `dryRun` nothing is kept.
     *
     * Needs `assistants:create` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`, `conflict`.
     *
     * Over REST: `POST /api/assistants/_import`.
     */
    import: TRPCMutationProcedure<{ input: AssistantsImportInput; output: Imported; meta: unknown }>;
    /**
     * List the assistants that you may use.
     *
     * Needs a signed-in user and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `token_scope`.
     *
     * Over REST: `GET /api/assistants`.
     */
    list: TRPCQueryProcedure<{ input: AssistantsListInput | undefined; output: AssistantsListOutput; meta: unknown }>;
    /**
     * All assistants that you may use, as one array by name.
     *
     * At most 5,000 in one answer; over REST a `Link` header then leads to the rest.
     *
     * Needs a signed-in user and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `token_scope`.
     *
     * Over REST: `GET /api/assistants-list`.
     */
    listAll: TRPCQueryProcedure<{
      input: AssistantsListAllInput | undefined;
      output: AssistantsListAllOutput;
      meta: unknown;
    }>;
    /**
     * Change an assistant.
     *
     * Only the keys that are given; null clears one that is optional.
     *
     * Needs `assistant:write` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`, `conflict`, `version_mismatch`.
     *
     * Over REST: `PUT /api/assistants/{id}`.
     */
    update: TRPCMutationProcedure<{ input: AssistantsUpdateInput; output: Assistant; meta: unknown }>;
  };
  audit: {
    /**
     * All that was done, newest first.
     *
     * Needs `tenant:superuser`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `token_scope`.
     *
     * Over REST: `GET /api/audit`.
     */
    list: TRPCQueryProcedure<{ input: AuditListInput | undefined; output: AuditListOutput; meta: unknown }>;
  };
  comments: {
    /**
     * Say something about an assistant that you may use.
     *
     * At most 10000 an assistant, replies included. On a draft: for its editors, also after the commit.
     *
     * Needs `assistant:comment` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`, `conflict`.
     *
     * Over REST: `POST /api/assistants/{id}/comments`.
     */
    create: TRPCMutationProcedure<{ input: CommentsCreateInput; output: Comment; meta: unknown }>;
    /**
     * Delete a comment of yours, or as who may write the assistant any, with its replies.
     *
     * Needs `comment:delete` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`, `version_mismatch`.
     *
     * Over REST: `DELETE /api/comments/{id}`.
     */
    delete: TRPCMutationProcedure<{ input: CommentsDeleteInput; output: void; meta: unknown }>;
    /**
     * Read a comment.
     *
     * Needs `comment:read` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/comments/{id}`.
     */
    get: TRPCQueryProcedure<{ input: CommentsGetInput; output: Comment; meta: unknown }>;
    /**
     * List what is said about an assistant, without the replies.
     *
     * What was said about a draft is listed, after its commit, for those who may write the assistant.
     *
     * Needs `assistant:read` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/assistants/{id}/comments`.
     */
    list: TRPCQueryProcedure<{ input: CommentsListInput; output: CommentsListOutput; meta: unknown }>;
    /**
     * Say that a comment is not done with after all.
     *
     * Its author may, and who may write the assistant. One that is open stays as it is.
     *
     * Needs `comment:resolve` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`, `conflict`, `version_mismatch`.
     *
     * Over REST: `POST /api/comments/{id}/_reopen`.
     */
    reopen: TRPCMutationProcedure<{ input: CommentsReopenInput; output: Comment; meta: unknown }>;
    /**
     * List the replies of the thread in which a comment stands.
     *
     * Needs `comment:read` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/comments/{id}/replies`.
     */
    replies: TRPCQueryProcedure<{ input: CommentsRepliesInput; output: CommentsRepliesOutput; meta: unknown }>;
    /**
     * Reply in the thread in which a comment stands.
     *
     * Threads are one level deep: what answers a reply stands behind it. At most 1000 a thread.
     *
     * Needs `comment:comment` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`, `conflict`.
     *
     * Over REST: `POST /api/comments/{id}/replies`.
     */
    reply: TRPCMutationProcedure<{ input: CommentsReplyInput; output: Comment; meta: unknown }>;
    /**
     * Say that what a comment asks for is done.
     *
     * Its author may, and who may write the assistant. One that is resolved stays as it is.
     *
     * Needs `comment:resolve` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`, `conflict`, `version_mismatch`.
     *
     * Over REST: `POST /api/comments/{id}/_resolve`.
     */
    resolve: TRPCMutationProcedure<{ input: CommentsResolveInput; output: Comment; meta: unknown }>;
    /**
     * Change what you have said.
     *
     * Only the keys that are given. Nobody else may, superusers included.
     *
     * Needs `comment:write` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`, `version_mismatch`.
     *
     * Over REST: `PUT /api/comments/{id}`.
     */
    update: TRPCMutationProcedure<{ input: CommentsUpdateInput; output: Comment; meta: unknown }>;
  };
  contents: {
    /**
     * Fetch the bytes that a link stands for.
     *
     * Links come from the operations that answer with bytes, over tRPC. Whoever has one may follow it, for five minutes.
     *
     * Open to anybody.
     *
     * Fails with `validation_failed`.
     *
     * Over REST: `GET /api/contents/{link}`.
     */
    get: TRPCQueryProcedure<{ input: ContentsGetInput; output: ContentsLink; meta: unknown }>;
  };
  datasetOwner: {
    /**
     * To whom a dataset belongs.
     *
     * Needs `dataset:read`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/datasets/{id}/owner`.
     */
    get: TRPCQueryProcedure<{ input: DatasetOwnerGetInput; output: Owner; meta: unknown }>;
    /**
     * Give a dataset to a team in which you may write; as a superuser, to anybody.
     *
     * Needs `dataset:changeOwner`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `token_scope`, `not_found`, `conflict`, `version_mismatch`.
     *
     * Over REST: `PUT /api/datasets/{id}/owner`.
     */
    set: TRPCMutationProcedure<{ input: DatasetOwnerSetInput; output: Owner; meta: unknown }>;
  };
  datasetShares: {
    /**
     * End a share of a dataset.
     *
     * Needs `dataset:share`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `token_scope`, `not_found`, `version_mismatch`.
     *
     * Over REST: `DELETE /api/datasets/{id}/shares/{principalId}`.
     */
    delete: TRPCMutationProcedure<{ input: DatasetSharesDeleteInput; output: void; meta: unknown }>;
    /**
     * Read one share of a dataset.
     *
     * Needs `dataset:read`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/datasets/{id}/shares/{principalId}`.
     */
    get: TRPCQueryProcedure<{ input: DatasetSharesGetInput; output: DatasetShare; meta: unknown }>;
    /**
     * With whom a dataset is shared.
     *
     * Needs `dataset:read`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/datasets/{id}/shares`.
     */
    list: TRPCQueryProcedure<{ input: DatasetSharesListInput; output: DatasetSharesListOutput; meta: unknown }>;
    /**
     * Share a dataset with a user or a team, or change what they may and see.
     *
     * With `accessLevel` 1, `filter` and `visibleFields` narrow what is seen; what is left out stays as it is. Whoever has another way to the dataset sees what any of them shows. The settings may limit sharing to one's own teams, or switch it off: 403 with the reason.
     *
     * Needs `dataset:share`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `token_scope`, `not_found`, `conflict`, `version_mismatch`.
     *
     * Over REST: `PUT /api/datasets/{id}/shares/{principalId}`.
     */
    set: TRPCMutationProcedure<{ input: DatasetSharesSetInput; output: DatasetShare; meta: unknown }>;
  };
  datasets: {
    /**
     * Which assistants know a dataset, how much of it, and whose rights count.
     *
     * Of all assistants, drafts included, whoever owns them; their names as far as you may read them.
     *
     * Needs `dataset:share`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/datasets/{id}/assistants`.
     */
    assistants: TRPCQueryProcedure<{ input: DatasetsAssistantsInput; output: DatasetsAssistantsOutput; meta: unknown }>;
    /**
     * Create a dataset, which has no records yet.
     *
     * Only `name` is required. `slug` is made from it, and is the only one of its owner: `sales`, `sales-2` ...
     *
     * Needs `datasets:create`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `token_scope`, `not_found`, `conflict`.
     *
     * Over REST: `POST /api/datasets`.
     */
    create: TRPCMutationProcedure<{ input: DatasetsCreateInput; output: Dataset; meta: unknown }>;
    /**
     * Delete a dataset with its shares and records.
     *
     * Nobody sees it from then on; its records are removed in the background.
     *
     * Needs `dataset:delete`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `token_scope`, `not_found`, `version_mismatch`.
     *
     * Over REST: `DELETE /api/datasets/{id}`.
     */
    delete: TRPCMutationProcedure<{ input: DatasetsDeleteInput; output: void; meta: unknown }>;
    /**
     * Let an assistant no longer know a dataset, whoever owns it.
     *
     * In the assistant and in its draft. It is a new version and a revision of the assistant.
     *
     * Needs `dataset:share`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `DELETE /api/datasets/{id}/assistants/{assistantId}`.
     */
    endAssistant: TRPCMutationProcedure<{ input: DatasetsEndAssistantInput; output: void; meta: unknown }>;
    /**
     * List the fields of a dataset that you may see, with some of their values.
     *
     * Needs `dataset:read`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `token_scope`, `not_found`, `conflict`, `rate_limited`.
     *
     * Over REST: `GET /api/datasets/{id}/fields`.
     */
    fields: TRPCQueryProcedure<{ input: DatasetsFieldsInput; output: DatasetsFieldsOutput; meta: unknown }>;
    /**
     * Read a dataset: what it is, not its records.
     *
     * Needs `dataset:read`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/datasets/{id}`.
     */
    get: TRPCQueryProcedure<{ input: DatasetsGetInput; output: Dataset; meta: unknown }>;
    /**
     * List the datasets that you may read.
     *
     * Needs a signed-in user.
     *
     * Fails with `validation_failed`, `unauthenticated`, `token_scope`.
     *
     * Over REST: `GET /api/datasets`.
     */
    list: TRPCQueryProcedure<{ input: DatasetsListInput | undefined; output: DatasetsListOutput; meta: unknown }>;
    /**
     * All datasets that you may read, as one array by name.
     *
     * At most 5,000 in one answer; over REST a `Link` header then leads to the rest.
     *
     * Needs a signed-in user.
     *
     * Fails with `validation_failed`, `unauthenticated`, `token_scope`.
     *
     * Over REST: `GET /api/datasets-list`.
     */
    listAll: TRPCQueryProcedure<{
      input: DatasetsListAllInput | undefined;
      output: DatasetsListAllOutput;
      meta: unknown;
    }>;
    /**
     * Change what a dataset is called, and how it is described.
     *
     * Only the keys that are given; null clears one that is optional.
     *
     * Needs `dataset:write`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `token_scope`, `not_found`, `conflict`, `version_mismatch`.
     *
     * Over REST: `PUT /api/datasets/{id}`.
     */
    update: TRPCMutationProcedure<{ input: DatasetsUpdateInput; output: Dataset; meta: unknown }>;
    /**
     * Load CSV, NDJSON or JSON into a dataset.
     *
     * Read as it comes, and answered when it is over. Types are found out from the whole of it. Readers see the old data until the new is there; what breaks off, fails or is cancelled leaves nothing.
     *
     * Takes a form: the file as its last part, `file`, before it `id`, `format`, `delimiter`, `encoding`, `types`, `strict`, `mode`, `uploadId`, `expectedVersion` as texts.
     *
     * Needs `dataset:write`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `token_scope`, `not_found`, `conflict`, `version_mismatch`, `too_large`, `rate_limited`.
     *
     * Over REST: `POST /api/datasets/{id}/_upload`.
     */
    upload: TRPCMutationProcedure<{ input: FormData; output: Upload; meta: unknown }>;
  };
  drafts: {
    /**
     * Make the draft the assistant, in one transaction.
     *
     * The assistant keeps id, slug, owner, shares, tokens and comments. 409 with the differences when it has changed since the draft was begun, unless `force`. 403 when it would bring along a dataset otherwise than the live one does, for one who does not administer that dataset.
     *
     * Needs `assistant:write` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`, `conflict`, `version_mismatch`.
     *
     * Over REST: `POST /api/assistants/{id}/draft/_commit`.
     */
    commit: TRPCMutationProcedure<{ input: DraftsCommitInput; output: Assistant; meta: unknown }>;
    /**
     * What a commit of the draft would change.
     *
     * Needs `assistant:write` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/assistants/{id}/draft/_diff`.
     */
    diff: TRPCQueryProcedure<{ input: DraftsDiffInput; output: DraftDiff; meta: unknown }>;
    /**
     * Discard the draft.
     *
     * Needs `assistant:write` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`, `version_mismatch`.
     *
     * Over REST: `DELETE /api/assistants/{id}/draft`.
     */
    discard: TRPCMutationProcedure<{ input: DraftsDiscardInput; output: void; meta: unknown }>;
    /**
     * Edit an assistant in a draft: makes it, or answers the one that is there.
     *
     * One draft an assistant, with all of its parts. 201 the first time, 200 afterwards.
     *
     * Needs `assistant:write` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`, `conflict`, `version_mismatch`.
     *
     * Over REST: `POST /api/assistants/{id}/_edit`.
     */
    edit: TRPCMutationProcedure<{ input: DraftsEditInput; output: Assistant; meta: unknown }>;
    /**
     * Read the draft of an assistant.
     *
     * Needs `assistant:write` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/assistants/{id}/draft`.
     */
    get: TRPCQueryProcedure<{ input: DraftsGetInput; output: Assistant; meta: unknown }>;
  };
  entry: {
    /**
     * Where to begin: over REST, links to everything you may open.
     *
     * Open to anybody.
     *
     * Fails with `validation_failed`, `unauthenticated`.
     *
     * Over REST: `GET /api/`.
     */
    get: TRPCQueryProcedure<{ input: Record<string, never> | undefined; output: Entry; meta: unknown }>;
  };
  favorites: {
    /**
     * Make an assistant no favorite of yours any more, or leave it none.
     *
     * Needs `assistant:favorite` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `DELETE /api/assistants/{id}/favorite`.
     */
    delete: TRPCMutationProcedure<{ input: FavoritesDeleteInput; output: void; meta: unknown }>;
    /**
     * Whether an assistant is a favorite of yours.
     *
     * Needs `assistant:read` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/assistants/{id}/favorite`.
     */
    get: TRPCQueryProcedure<{ input: FavoritesGetInput; output: Favorite; meta: unknown }>;
    /**
     * Make an assistant a favorite of yours, or none.
     *
     * 201 when it was none before, 200 otherwise. Nobody else sees it. Not for a draft: mark its original.
     *
     * Needs `assistant:favorite` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`, `conflict`.
     *
     * Over REST: `PUT /api/assistants/{id}/favorite`.
     */
    set: TRPCMutationProcedure<{ input: FavoritesSetInput; output: Favorite; meta: unknown }>;
  };
  files: {
    /**
     * Fetch the bytes of a file.
     *
     * What a browser would run is served for the disk alone.
     *
     * Needs `assistant:read` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/assistants/{id}/files/{fileId}/contents`.
     */
    contents: TRPCQueryProcedure<{ input: FilesContentsInput; output: ContentsLink; meta: unknown }>;
    /**
     * Make a file of bytes that you have sent before.
     *
     * `uploadId` is what `uploads.create` has answered, and `uploads.send` has given bytes. It is good for one file, within 24 hours, by its maker.
     *
     * Needs `assistant:write` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`, `conflict`.
     *
     * Over REST: `POST /api/assistants/{id}/files`.
     */
    create: TRPCMutationProcedure<{ input: FilesCreateInput; output: File; meta: unknown }>;
    /**
     * Take a file from an assistant.
     *
     * Its bytes are kept as long as a revision, a draft or a copy has them.
     *
     * Needs `assistant:write` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`, `version_mismatch`.
     *
     * Over REST: `DELETE /api/assistants/{id}/files/{fileId}`.
     */
    delete: TRPCMutationProcedure<{ input: FilesDeleteInput; output: void; meta: unknown }>;
    /**
     * Fetch an image that was found in a file.
     *
     * Needs `assistant:read` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/assistants/{id}/files/{fileId}/embeddings/{embeddingId}/image`.
     */
    embeddingImage: TRPCQueryProcedure<{ input: FilesEmbeddingImageInput; output: ContentsLink; meta: unknown }>;
    /**
     * List into what a file was cut: its passages and images, in their order.
     *
     * Needs `assistant:read` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/assistants/{id}/files/{fileId}/embeddings`.
     */
    embeddings: TRPCQueryProcedure<{ input: FilesEmbeddingsInput; output: FilesEmbeddingsOutput; meta: unknown }>;
    /**
     * Read what there is to know of a file.
     *
     * Needs `assistant:read` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/assistants/{id}/files/{fileId}`.
     */
    get: TRPCQueryProcedure<{ input: FilesGetInput; output: File; meta: unknown }>;
    /**
     * All files of an assistant, as one array.
     *
     * Needs `assistant:read` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/assistants/{id}/files`.
     */
    list: TRPCQueryProcedure<{ input: FilesListInput; output: FilesListOutput; meta: unknown }>;
    /**
     * Replace the bytes of a file.
     *
     * Id and name stay. Older revisions keep the bytes that they had.
     *
     * Takes a form: the file as its last part, `file`, before it `id`, `fileId`, `expectedVersion` as texts.
     *
     * Needs `assistant:write` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`, `conflict`, `version_mismatch`, `too_large`.
     *
     * Over REST: `PUT /api/assistants/{id}/files/{fileId}/contents`.
     */
    replace: TRPCMutationProcedure<{ input: FormData; output: File; meta: unknown }>;
    /**
     * Search the files of an assistant.
     *
     * Passages that hold every word, the best first. At most 1,000 can be read; where more than 2,000 hold the words, those of the older files are ranked. `pending` tells how many files cannot be found yet.
     *
     * Needs `assistant:read` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/assistants/{id}/files/_search`.
     */
    search: TRPCQueryProcedure<{ input: FilesSearchInput; output: FilesSearchOutput; meta: unknown }>;
    /**
     * Give a file another name.
     *
     * Its bytes stay; what text is (CSV, HTML, Markdown, code) follows the name.
     *
     * Needs `assistant:write` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`, `conflict`, `version_mismatch`.
     *
     * Over REST: `PUT /api/assistants/{id}/files/{fileId}`.
     */
    update: TRPCMutationProcedure<{ input: FilesUpdateInput; output: File; meta: unknown }>;
    /**
     * Give an assistant a file.
     *
     * The file is the part `file` of a form, or the body itself, which needs `name`. What type it is, its bytes tell. Its text can be searched when its `status` is `indexed`.
     *
     * Takes a form: the file as its last part, `file`, before it `id`, `idempotencyKey`, `name` as texts.
     *
     * Needs `assistant:write` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`, `conflict`, `too_large`.
     *
     * Over REST: `POST /api/assistants/{id}/files/_upload`.
     */
    upload: TRPCMutationProcedure<{ input: FormData; output: File; meta: unknown }>;
  };
  folders: {
    /**
     * Create a folder of yours, or of a team in which you may write.
     *
     * At most 1000 an owner, 20 deep. In another folder, it belongs to whom that belongs to.
     *
     * Needs `owner:write` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`, `conflict`.
     *
     * Over REST: `POST /api/folders`.
     */
    create: TRPCMutationProcedure<{ input: FoldersCreateInput; output: Folder; meta: unknown }>;
    /**
     * Delete a folder; what lies in it moves up to where it was.
     *
     * 409 where a folder of the same name is there already: rename one of the two first.
     *
     * Needs `folder:delete` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`, `conflict`, `version_mismatch`.
     *
     * Over REST: `DELETE /api/folders/{id}`.
     */
    delete: TRPCMutationProcedure<{ input: FoldersDeleteInput; output: void; meta: unknown }>;
    /**
     * Read a folder.
     *
     * Needs `folder:read` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/folders/{id}`.
     */
    get: TRPCQueryProcedure<{ input: FoldersGetInput; output: Folder; meta: unknown }>;
    /**
     * List your folders and those of your teams by name; for a superuser, all.
     *
     * Needs a signed-in user and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `token_scope`.
     *
     * Over REST: `GET /api/folders`.
     */
    list: TRPCQueryProcedure<{ input: FoldersListInput | undefined; output: FoldersListOutput; meta: unknown }>;
    /**
     * Rename or move a folder, with all that lies in it.
     *
     * Only the keys that are given. It stays its owner's, and cannot lie within itself.
     *
     * Needs `folder:write` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`, `conflict`, `version_mismatch`.
     *
     * Over REST: `PUT /api/folders/{id}`.
     */
    update: TRPCMutationProcedure<{ input: FoldersUpdateInput; output: Folder; meta: unknown }>;
  };
  icons: {
    /**
     * Give an assistant its default icon again.
     *
     * Needs `assistant:write` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`, `version_mismatch`.
     *
     * Over REST: `DELETE /api/assistants/{id}/icon`.
     */
    delete: TRPCMutationProcedure<{ input: IconsDeleteInput; output: void; meta: unknown }>;
    /**
     * Fetch the icon of an assistant as an icon file.
     *
     * With 16, 32 and 48 pixels. What an SVG says in letters is not drawn; one that has too much in it gives way to the default icon.
     *
     * Needs `assistant:read` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`, `rate_limited`.
     *
     * Over REST: `GET /api/assistants/{id}/favicon.ico`.
     */
    favicon: TRPCQueryProcedure<{ input: IconsFaviconInput; output: ContentsLink; meta: unknown }>;
    /**
     * Fetch the icon of an assistant.
     *
     * An SVG or a PNG. One that has none gets an SVG that is drawn from its name, for light and dark pages.
     *
     * Needs `assistant:read` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/assistants/{id}/icon`.
     */
    get: TRPCQueryProcedure<{ input: IconsGetInput; output: ContentsLink; meta: unknown }>;
    /**
     * Give an assistant an icon.
     *
     * SVG, PNG, JPEG, GIF or WebP, at most 1 MiB and 4096 pixels wide and high (2048 on an edge); what it is, its bytes tell. An SVG is kept without anything that runs or refers elsewhere; anything else becomes a PNG of at most 512 pixels.
     *
     * Takes a form: the file as its last part, `file`, before it `id`, `expectedVersion` as texts.
     *
     * Needs `assistant:write` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`, `conflict`, `version_mismatch`, `too_large`, `rate_limited`.
     *
     * Over REST: `PUT /api/assistants/{id}/icon`.
     */
    set: TRPCMutationProcedure<{ input: FormData; output: Icon; meta: unknown }>;
  };
  images: {
    /**
     * Let a model draw a picture.
     *
     * It is kept for its maker. A request that is sent again with the same `Idempotency-Key` keeps one picture.
     *
     * Needs a signed-in user and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `token_scope`, `conflict`, `rate_limited`, `upstream_failed`, `model_not_configured`.
     *
     * Over REST: `POST /api/_create-image`.
     */
    create: TRPCMutationProcedure<{ input: ImagesCreateInput; output: Image; meta: unknown }>;
    /**
     * Let a model draw a picture for an assistant.
     *
     * Whoever may read the assistant sees it; drawn for a draft, it goes along with it. `setIcon` makes it the icon as well, which needs level 2.
     *
     * Needs `assistant:chat` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`, `conflict`, `rate_limited`, `upstream_failed`, `model_not_configured`.
     *
     * Over REST: `POST /api/assistants/{id}/_create-image`.
     */
    createForAssistant: TRPCMutationProcedure<{ input: ImagesCreateForAssistantInput; output: Image; meta: unknown }>;
    /**
     * Delete a picture that a model has drawn.
     *
     * Its maker may, and whoever may write the assistant for which it was drawn. An icon that was made of it stays.
     *
     * Needs `image:delete` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`, `version_mismatch`.
     *
     * Over REST: `DELETE /api/images/{id}`.
     */
    delete: TRPCMutationProcedure<{ input: ImagesDeleteInput; output: void; meta: unknown }>;
    /**
     * Fetch a picture that a model has drawn.
     *
     * For its maker, and where it was drawn for an assistant, for whoever may read that.
     *
     * Needs `image:read` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/images/{id}`.
     */
    get: TRPCQueryProcedure<{ input: ImagesGetInput; output: ContentsLink; meta: unknown }>;
    /**
     * List the pictures that you have had drawn, the newest first.
     *
     * Needs a signed-in user and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `token_scope`.
     *
     * Over REST: `GET /api/images`.
     */
    list: TRPCQueryProcedure<{ input: ImagesListInput | undefined; output: ImagesListOutput; meta: unknown }>;
    /**
     * List the pictures that were drawn for an assistant, the newest first.
     *
     * Needs `assistant:read` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/assistants/{id}/images`.
     */
    listOfAssistant: TRPCQueryProcedure<{
      input: ImagesListOfAssistantInput;
      output: ImagesListOfAssistantOutput;
      meta: unknown;
    }>;
  };
  jobs: {
    /**
     * The work in the background, newest first.
     *
     * What is over is forgotten after a week.
     *
     * Needs `tenant:superuser`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `token_scope`.
     *
     * Over REST: `GET /api/jobs`.
     */
    list: TRPCQueryProcedure<{ input: JobsListInput | undefined; output: JobsListOutput; meta: unknown }>;
    /**
     * Try a dead job again, as if it had never failed.
     *
     * Needs `tenant:superuser`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `token_scope`, `not_found`, `conflict`.
     *
     * Over REST: `POST /api/jobs/{id}/_retry`.
     */
    retry: TRPCMutationProcedure<{ input: JobsRetryInput; output: Job; meta: unknown }>;
  };
  knowledge: {
    /**
     * Let an assistant know a dataset.
     *
     * Only `datasetId` is required, of a dataset that is yours to read. `access` is `assistant` for one who administers it, and `asker` for everybody else.
     *
     * Needs `assistant:write` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`, `conflict`.
     *
     * Over REST: `POST /api/assistants/{id}/datasets`.
     */
    create: TRPCMutationProcedure<{ input: KnowledgeCreateInput; output: DatasetKnowledge; meta: unknown }>;
    /**
     * Let an assistant no longer know a dataset.
     *
     * Needs `assistant:write` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`, `version_mismatch`.
     *
     * Over REST: `DELETE /api/assistants/{id}/datasets/{datasetId}`.
     */
    delete: TRPCMutationProcedure<{ input: KnowledgeDeleteInput; output: void; meta: unknown }>;
    /**
     * Read what an assistant knows of a dataset.
     *
     * Needs `assistant:read` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/assistants/{id}/datasets/{datasetId}`.
     */
    get: TRPCQueryProcedure<{ input: KnowledgeGetInput; output: DatasetKnowledge; meta: unknown }>;
    /**
     * List the datasets that an assistant knows.
     *
     * Needs `assistant:read` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/assistants/{id}/datasets`.
     */
    list: TRPCQueryProcedure<{ input: KnowledgeListInput; output: KnowledgeListOutput; meta: unknown }>;
    /**
     * Change how much an assistant knows of a dataset, and whose rights count.
     *
     * With access `assistant` only one who administers the dataset may change anything; every writer of the assistant may set `asker`.
     *
     * Needs `assistant:write` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`, `conflict`, `version_mismatch`.
     *
     * Over REST: `PUT /api/assistants/{id}/datasets/{datasetId}`.
     */
    update: TRPCMutationProcedure<{ input: KnowledgeUpdateInput; output: DatasetKnowledge; meta: unknown }>;
  };
  owner: {
    /**
     * To whom an assistant belongs.
     *
     * Needs `assistant:read` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/assistants/{id}/owner`.
     */
    get: TRPCQueryProcedure<{ input: OwnerGetInput; output: Owner; meta: unknown }>;
    /**
     * Give an assistant to a team in which you may write; as a superuser, to anybody.
     *
     * Needs `assistant:changeOwner` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`, `conflict`, `version_mismatch`.
     *
     * Over REST: `PUT /api/assistants/{id}/owner`.
     */
    set: TRPCMutationProcedure<{ input: OwnerSetInput; output: Owner; meta: unknown }>;
  };
  principals: {
    /**
     * Look up a user or a team by its whole name.
     *
     * Needs a signed-in user.
     *
     * Fails with `validation_failed`, `unauthenticated`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/principals/{id}`.
     */
    get: TRPCQueryProcedure<{ input: PrincipalsGetInput; output: Principal; meta: unknown }>;
    /**
     * Look up users and teams by name, to share with them.
     *
     * Needs a signed-in user.
     *
     * Fails with `validation_failed`, `unauthenticated`, `token_scope`.
     *
     * Over REST: `GET /api/principals`.
     */
    search: TRPCQueryProcedure<{
      input: PrincipalsSearchInput | undefined;
      output: PrincipalsSearchOutput;
      meta: unknown;
    }>;
  };
  records: {
    /**
     * Add records to a dataset, all of them or none.
     *
     * A value that does not fit its field refuses them all. A dataset without data gets its fields from these records. Many more are loaded with `_upload?mode=append`.
     *
     * Needs `dataset:write`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `token_scope`, `not_found`, `conflict`, `too_large`.
     *
     * Over REST: `POST /api/datasets/{id}/data`.
     */
    add: TRPCMutationProcedure<{ input: RecordsAddInput; output: RecordsChanged; meta: unknown }>;
    /**
     * Delete all records of a dataset; its fields stay.
     *
     * Needs `dataset:write`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `token_scope`, `not_found`, `version_mismatch`.
     *
     * Over REST: `DELETE /api/datasets/{id}/data`.
     */
    delete: TRPCMutationProcedure<{ input: RecordsDeleteInput; output: void; meta: unknown }>;
    /**
     * List the records of a dataset that you may see.
     *
     * A cursor is good for the same question about the same data: when that has been replaced, begin again. A page may end early, at about 4 MiB.
     *
     * Needs `dataset:read`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `token_scope`, `not_found`, `conflict`, `rate_limited`.
     *
     * Over REST: `GET /api/datasets/{id}/data`.
     */
    list: TRPCQueryProcedure<{ input: RecordsListInput; output: RecordsListOutput; meta: unknown }>;
    /**
     * Filter, sort, select, group and aggregate the records of a dataset that you may see.
     *
     * It changes nothing, and a token that only reads may do it. An answer has at most 1,000 rows, and about 4 MiB.
     *
     * Needs `dataset:read`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `token_scope`, `not_found`, `conflict`, `rate_limited`.
     *
     * Over REST: `POST /api/datasets/{id}/_query`.
     */
    query: TRPCMutationProcedure<{ input: RecordsQueryInput; output: QueryAnswer; meta: unknown }>;
    /**
     * Replace the records of a dataset, all at once.
     *
     * The fields are found out from these records. More than 10,000 are loaded with `_upload`.
     *
     * Needs `dataset:write`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `token_scope`, `not_found`, `conflict`, `version_mismatch`, `too_large`.
     *
     * Over REST: `PUT /api/datasets/{id}/data`.
     */
    replace: TRPCMutationProcedure<{ input: RecordsReplaceInput; output: RecordsChanged; meta: unknown }>;
  };
  references: {
    /**
     * Let an assistant point to something.
     *
     * An assistant, a dataset or a file must be there and yours to read, and is kept by its UUID; a web address is kept in its normal form.
     *
     * Needs `assistant:write` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`, `conflict`.
     *
     * Over REST: `POST /api/assistants/{id}/references`.
     */
    create: TRPCMutationProcedure<{ input: ReferencesCreateInput; output: Reference; meta: unknown }>;
    /**
     * Let an assistant no longer point to something.
     *
     * Needs `assistant:write` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`, `version_mismatch`.
     *
     * Over REST: `DELETE /api/assistants/{id}/references/{targetId}`.
     */
    delete: TRPCMutationProcedure<{ input: ReferencesDeleteInput; output: void; meta: unknown }>;
    /**
     * Read one of the things that an assistant points to.
     *
     * Needs `assistant:read` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/assistants/{id}/references/{targetId}`.
     */
    get: TRPCQueryProcedure<{ input: ReferencesGetInput; output: Reference; meta: unknown }>;
    /**
     * All that an assistant points to, as one array.
     *
     * Needs `assistant:read` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/assistants/{id}/references`.
     */
    list: TRPCQueryProcedure<{ input: ReferencesListInput; output: ReferencesListOutput; meta: unknown }>;
  };
  revisions: {
    /**
     * What a revision changed, or what restoring it would change.
     *
     * Needs `assistant:write` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/assistants/{id}/revisions/{number}/_diff`.
     */
    diff: TRPCQueryProcedure<{ input: RevisionsDiffInput; output: Changes; meta: unknown }>;
    /**
     * Read a committed state of an assistant.
     *
     * Needs `assistant:write` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/assistants/{id}/revisions/{number}`.
     */
    get: TRPCQueryProcedure<{ input: RevisionsGetInput; output: RevisionWithContent; meta: unknown }>;
    /**
     * The committed states of an assistant, newest first.
     *
     * Needs `assistant:write` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/assistants/{id}/revisions`.
     */
    list: TRPCQueryProcedure<{ input: RevisionsListInput; output: RevisionsListOutput; meta: unknown }>;
    /**
     * Make an assistant what it was, as a new revision.
     *
     * Fields, skills, references and knowledge. Secrets stay as they are, for no revision knows a value. A dataset that it brought along, and now does not, comes back with access `asker` unless you administer it. An open draft stays, and then meets a conflict.
     *
     * Needs `assistant:write` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`, `version_mismatch`.
     *
     * Over REST: `POST /api/assistants/{id}/revisions/{number}/_restore`.
     */
    restore: TRPCMutationProcedure<{ input: RevisionsRestoreInput; output: Assistant; meta: unknown }>;
  };
  seats: {
    /**
     * Read an AI seat: your own, or as a superuser anybody's.
     *
     * Needs `user:read`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/ai-seats/{username}`.
     */
    get: TRPCQueryProcedure<{ input: SeatsGetInput; output: AiSeat; meta: unknown }>;
    /**
     * Give a user an AI seat, or another end to the one it has.
     *
     * Needs a session: no token may. Needs `user:administer`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `not_found`.
     *
     * Over REST: `POST /api/ai-seats`.
     */
    give: TRPCMutationProcedure<{ input: SeatsGiveInput; output: AiSeat; meta: unknown }>;
    /**
     * List who has an AI seat.
     *
     * Needs `tenant:superuser`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `token_scope`.
     *
     * Over REST: `GET /api/ai-seats`.
     */
    list: TRPCQueryProcedure<{ input: SeatsListInput | undefined; output: SeatsListOutput; meta: unknown }>;
    /**
     * Take a user's AI seat away, at once.
     *
     * Needs a session: no token may. Needs `user:administer`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `not_found`, `version_mismatch`.
     *
     * Over REST: `DELETE /api/ai-seats/{username}`.
     */
    take: TRPCMutationProcedure<{ input: SeatsTakeInput; output: void; meta: unknown }>;
  };
  secrets: {
    /**
     * Give an assistant a secret; its value is encrypted and never shown.
     *
     * Needs `assistant:write` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`, `conflict`.
     *
     * Over REST: `POST /api/assistants/{id}/secrets`.
     */
    create: TRPCMutationProcedure<{ input: SecretsCreateInput; output: Secret; meta: unknown }>;
    /**
     * Delete a secret.
     *
     * Needs `assistant:write` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`, `version_mismatch`.
     *
     * Over REST: `DELETE /api/assistants/{id}/secrets/{secretId}`.
     */
    delete: TRPCMutationProcedure<{ input: SecretsDeleteInput; output: void; meta: unknown }>;
    /**
     * Read a secret; never its value.
     *
     * Needs `assistant:write` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/assistants/{id}/secrets/{secretId}`.
     */
    get: TRPCQueryProcedure<{ input: SecretsGetInput; output: Secret; meta: unknown }>;
    /**
     * List the secrets of an assistant; never their values.
     *
     * Needs `assistant:write` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/assistants/{id}/secrets`.
     */
    list: TRPCQueryProcedure<{ input: SecretsListInput; output: SecretsListOutput; meta: unknown }>;
    /**
     * Change a secret; where it may be sent changes only with its value.
     *
     * Needs `assistant:write` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`, `conflict`, `version_mismatch`.
     *
     * Over REST: `PUT /api/assistants/{id}/secrets/{secretId}`.
     */
    update: TRPCMutationProcedure<{ input: SecretsUpdateInput; output: Secret; meta: unknown }>;
  };
  session: {
    /**
     * Read a session of yours.
     *
     * Needs `session:read`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/sessions/{id}`.
     */
    get: TRPCQueryProcedure<{ input: SessionGetInput; output: Session; meta: unknown }>;
    /**
     * Where you are signed in; for a superuser, where anybody is.
     *
     * Needs a signed-in user.
     *
     * Fails with `validation_failed`, `unauthenticated`, `token_scope`.
     *
     * Over REST: `GET /api/sessions`.
     */
    list: TRPCQueryProcedure<{ input: SessionListInput | undefined; output: SessionListOutput; meta: unknown }>;
    /**
     * Sign in with name and password.
     *
     * Answers with the session id, and over REST sets it as the cookie `sid`. An unknown user and a wrong password look alike, in text and time. After repeated failures of one account or one address: 429.
     *
     * Open to anybody.
     *
     * Fails with `validation_failed`, `unauthenticated`, `rate_limited`.
     *
     * Over REST: `POST /api/login/local`.
     */
    login: TRPCMutationProcedure<{ input: SessionLoginInput; output: SessionLoginOutput; meta: unknown }>;
    /**
     * End this session.
     *
     * Needs a session: no token may. Needs a signed-in user.
     *
     * Fails with `validation_failed`, `unauthenticated`.
     *
     * Over REST: `POST /api/logout`.
     */
    logout: TRPCMutationProcedure<{ input: Record<string, never> | undefined; output: void; meta: unknown }>;
    /**
     * Who you are: user, teams, permissions and seat.
     *
     * Needs a signed-in user.
     *
     * Fails with `validation_failed`, `unauthenticated`, `token_scope`.
     *
     * Over REST: `GET /api/me`.
     */
    me: TRPCQueryProcedure<{ input: Record<string, never> | undefined; output: Me; meta: unknown }>;
    /**
     * End a session at once.
     *
     * Needs `session:delete`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `token_scope`, `not_found`, `version_mismatch`.
     *
     * Over REST: `DELETE /api/sessions/{id}`.
     */
    revoke: TRPCMutationProcedure<{ input: SessionRevokeInput; output: void; meta: unknown }>;
  };
  settings: {
    /**
     * Read the tenant's settings.
     *
     * Needs `tenant:superuser`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `token_scope`.
     *
     * Over REST: `GET /api/settings`.
     */
    get: TRPCQueryProcedure<{ input: Record<string, never> | undefined; output: Settings; meta: unknown }>;
    /**
     * Change the tenant's settings, at once for everybody.
     *
     * Only the keys that are given. Shares, sessions, revisions, datasets and files that are there stay: what is made from then on follows.
     *
     * Needs a session: no token may. Needs `tenant:superuser`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `version_mismatch`.
     *
     * Over REST: `PUT /api/settings`.
     */
    update: TRPCMutationProcedure<{ input: SettingsUpdateInput | undefined; output: Settings; meta: unknown }>;
  };
  shares: {
    /**
     * End a share of an assistant.
     *
     * Needs `assistant:share` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`, `version_mismatch`.
     *
     * Over REST: `DELETE /api/assistants/{id}/shares/{principalId}`.
     */
    delete: TRPCMutationProcedure<{ input: SharesDeleteInput; output: void; meta: unknown }>;
    /**
     * Read one share of an assistant.
     *
     * Needs `assistant:read` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/assistants/{id}/shares/{principalId}`.
     */
    get: TRPCQueryProcedure<{ input: SharesGetInput; output: Share; meta: unknown }>;
    /**
     * With whom an assistant is shared.
     *
     * Needs `assistant:read` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/assistants/{id}/shares`.
     */
    list: TRPCQueryProcedure<{ input: SharesListInput; output: SharesListOutput; meta: unknown }>;
    /**
     * Share an assistant with a user or a team, or change what they may.
     *
     * The settings may limit sharing to one's own teams, or switch it off: 403 with the reason.
     *
     * Needs `assistant:share` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`, `conflict`, `version_mismatch`.
     *
     * Over REST: `PUT /api/assistants/{id}/shares/{principalId}`.
     */
    set: TRPCMutationProcedure<{ input: SharesSetInput; output: Share; meta: unknown }>;
  };
  skills: {
    /**
     * Give an assistant a skill.
     *
     * Only `type` is required, and of `data` what its driver requires. What it names (an assistant, a dataset) must be there and yours to read, and is kept by its UUID.
     *
     * Needs `assistant:write` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`, `conflict`.
     *
     * Over REST: `POST /api/assistants/{id}/skills`.
     */
    create: TRPCMutationProcedure<{ input: SkillsCreateInput; output: Skill; meta: unknown }>;
    /**
     * Take a skill from an assistant.
     *
     * Needs `assistant:write` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`, `version_mismatch`.
     *
     * Over REST: `DELETE /api/assistants/{id}/skills/{skillId}`.
     */
    delete: TRPCMutationProcedure<{ input: SkillsDeleteInput; output: void; meta: unknown }>;
    /**
     * How a skill can be configured, and how a model is told of it.
     *
     * Needs `assistant:read` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`, `conflict`, `rate_limited`.
     *
     * Over REST: `GET /api/assistants/{id}/skills/{skillId}/driver`.
     */
    driver: TRPCQueryProcedure<{ input: SkillsDriverInput; output: DriverOfSkill; meta: unknown }>;
    /**
     * List the types of skills that there are.
     *
     * Needs a signed-in user and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `token_scope`.
     *
     * Over REST: `GET /api/skill-drivers`.
     */
    drivers: TRPCQueryProcedure<{ input: SkillsDriversInput | undefined; output: SkillsDriversOutput; meta: unknown }>;
    /**
     * Read a skill.
     *
     * Needs `assistant:read` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/assistants/{id}/skills/{skillId}`.
     */
    get: TRPCQueryProcedure<{ input: SkillsGetInput; output: Skill; meta: unknown }>;
    /**
     * List the skills of an assistant.
     *
     * Needs `assistant:read` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/assistants/{id}/skills`.
     */
    list: TRPCQueryProcedure<{ input: SkillsListInput; output: SkillsListOutput; meta: unknown }>;
    /**
     * Run a skill as a model would.
     *
     * Under your own rights, as when you ask the assistant. What the skill could not do is a success with `failed`, and says what is possible instead. A draft's skills run for its editors.
     *
     * Needs `assistant:chat` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`, `conflict`, `rate_limited`.
     *
     * Over REST: `POST /api/assistants/{id}/skills/{skillId}/_run`.
     */
    run: TRPCMutationProcedure<{ input: SkillsRunInput; output: SkillOutcome; meta: unknown }>;
    /**
     * Change a skill; its type stays.
     *
     * Only the keys that are given; null clears one that is optional. `data` is replaced as a whole.
     *
     * Needs `assistant:write` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`, `version_mismatch`.
     *
     * Over REST: `PUT /api/assistants/{id}/skills/{skillId}`.
     */
    update: TRPCMutationProcedure<{ input: SkillsUpdateInput; output: Skill; meta: unknown }>;
  };
  tags: {
    /**
     * Tag an assistant.
     *
     * 201 when it did not have the tag, 200 when it did. At most 50 an assistant; none on a draft.
     *
     * Needs `assistant:write` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`, `conflict`.
     *
     * Over REST: `PUT /api/assistants/{id}/tags/{tagId}`.
     */
    add: TRPCMutationProcedure<{ input: TagsAddInput; output: Tag; meta: unknown }>;
    /**
     * Create a tag for the whole tenant.
     *
     * At most 2000. Its maker may rename and delete it, and so may superusers.
     *
     * Needs `assistants:create` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `conflict`.
     *
     * Over REST: `POST /api/tags`.
     */
    create: TRPCMutationProcedure<{ input: TagsCreateInput; output: Tag; meta: unknown }>;
    /**
     * Delete a tag that you have made, as a superuser any, and so take it off everywhere.
     *
     * Needs `tag:delete` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`, `version_mismatch`.
     *
     * Over REST: `DELETE /api/tags/{id}`.
     */
    delete: TRPCMutationProcedure<{ input: TagsDeleteInput; output: void; meta: unknown }>;
    /**
     * Read a tag.
     *
     * Needs `tag:read` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/tags/{id}`.
     */
    get: TRPCQueryProcedure<{ input: TagsGetInput; output: Tag; meta: unknown }>;
    /**
     * Read a tag of an assistant.
     *
     * Needs `assistant:read` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/assistants/{id}/tags/{tagId}`.
     */
    getOfAssistant: TRPCQueryProcedure<{ input: TagsGetOfAssistantInput; output: Tag; meta: unknown }>;
    /**
     * List all tags by name.
     *
     * Needs a signed-in user and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `token_scope`.
     *
     * Over REST: `GET /api/tags`.
     */
    list: TRPCQueryProcedure<{ input: TagsListInput | undefined; output: TagsListOutput; meta: unknown }>;
    /**
     * List the tags of an assistant by name.
     *
     * Needs `assistant:read` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/assistants/{id}/tags`.
     */
    listOfAssistant: TRPCQueryProcedure<{
      input: TagsListOfAssistantInput;
      output: TagsListOfAssistantOutput;
      meta: unknown;
    }>;
    /**
     * Take a tag off an assistant.
     *
     * Needs `assistant:write` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `DELETE /api/assistants/{id}/tags/{tagId}`.
     */
    remove: TRPCMutationProcedure<{ input: TagsRemoveInput; output: void; meta: unknown }>;
    /**
     * Rename a tag that you have made; as a superuser, any.
     *
     * Assistants keep it under its new name; their versions stay.
     *
     * Needs `tag:write` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`, `conflict`, `version_mismatch`.
     *
     * Over REST: `PUT /api/tags/{id}`.
     */
    update: TRPCMutationProcedure<{ input: TagsUpdateInput; output: Tag; meta: unknown }>;
  };
  teams: {
    /**
     * Create a team; its maker becomes its admin.
     *
     * Needs `teams:create`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `token_scope`, `conflict`.
     *
     * Over REST: `POST /api/teams`.
     */
    create: TRPCMutationProcedure<{ input: TeamsCreateInput; output: Team; meta: unknown }>;
    /**
     * Delete a team that owns no assistants and no datasets, with its memberships and shares.
     *
     * Needs `team:delete`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `token_scope`, `not_found`, `conflict`, `version_mismatch`.
     *
     * Over REST: `DELETE /api/teams/{id}`.
     */
    delete: TRPCMutationProcedure<{ input: TeamsDeleteInput; output: void; meta: unknown }>;
    /**
     * Read a team of yours.
     *
     * Needs `team:read`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/teams/{id}`.
     */
    get: TRPCQueryProcedure<{ input: TeamsGetInput; output: Team; meta: unknown }>;
    /**
     * Read a member of a team of yours.
     *
     * Needs `team:read`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/teams/{id}/members/{username}`.
     */
    getMember: TRPCQueryProcedure<{ input: TeamsGetMemberInput; output: TeamMember; meta: unknown }>;
    /**
     * List your teams; for a superuser, all.
     *
     * Needs a signed-in user.
     *
     * Fails with `validation_failed`, `unauthenticated`, `token_scope`.
     *
     * Over REST: `GET /api/teams`.
     */
    list: TRPCQueryProcedure<{ input: TeamsListInput | undefined; output: TeamsListOutput; meta: unknown }>;
    /**
     * List the members of a team of yours.
     *
     * Needs `team:read`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/teams/{id}/members`.
     */
    listMembers: TRPCQueryProcedure<{ input: TeamsListMembersInput; output: TeamsListMembersOutput; meta: unknown }>;
    /**
     * Take a member out of a team; anybody may leave.
     *
     * Needs `team:read`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `token_scope`, `not_found`, `conflict`, `version_mismatch`.
     *
     * Over REST: `DELETE /api/teams/{id}/members/{username}`.
     */
    removeMember: TRPCMutationProcedure<{ input: TeamsRemoveMemberInput; output: void; meta: unknown }>;
    /**
     * Add a member to a team, or give it another role.
     *
     * Needs `team:manageMembers`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `token_scope`, `not_found`, `conflict`, `version_mismatch`.
     *
     * Over REST: `PUT /api/teams/{id}/members/{username}`.
     */
    setMember: TRPCMutationProcedure<{ input: TeamsSetMemberInput; output: TeamMember; meta: unknown }>;
    /**
     * Change a team.
     *
     * Needs `team:write`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `token_scope`, `not_found`, `version_mismatch`.
     *
     * Over REST: `PUT /api/teams/{id}`.
     */
    update: TRPCMutationProcedure<{ input: TeamsUpdateInput; output: Team; meta: unknown }>;
  };
  tokens: {
    /**
     * Create a token; its value is in this answer only.
     *
     * Needs a session: no token may. Needs `tokens:create`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `not_found`, `conflict`.
     *
     * Over REST: `POST /api/tokens`.
     */
    create: TRPCMutationProcedure<{ input: TokensCreateInput | undefined; output: NewToken; meta: unknown }>;
    /**
     * Read a token.
     *
     * Needs `token:read`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/tokens/{id}`.
     */
    get: TRPCQueryProcedure<{ input: TokensGetInput; output: Token; meta: unknown }>;
    /**
     * List your tokens; for a superuser, all.
     *
     * Needs a signed-in user.
     *
     * Fails with `validation_failed`, `unauthenticated`, `token_scope`.
     *
     * Over REST: `GET /api/tokens`.
     */
    list: TRPCQueryProcedure<{ input: TokensListInput | undefined; output: TokensListOutput; meta: unknown }>;
    /**
     * List the tokens of an assistant: its editors see all, others their own.
     *
     * Needs `assistant:read` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/assistants/{id}/tokens`.
     */
    listOfAssistant: TRPCQueryProcedure<{
      input: TokensListOfAssistantInput;
      output: TokensListOfAssistantOutput;
      meta: unknown;
    }>;
    /**
     * Revoke a token, at once.
     *
     * Needs `token:delete`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `token_scope`, `not_found`, `version_mismatch`.
     *
     * Over REST: `DELETE /api/tokens/{id}`.
     */
    revoke: TRPCMutationProcedure<{ input: TokensRevokeInput; output: void; meta: unknown }>;
    /**
     * Change a token of yours; its value stays.
     *
     * `host` or `cidr` is given in the same change that makes it count.
     *
     * Needs a session: no token may. Needs `token:write`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `not_found`, `version_mismatch`.
     *
     * Over REST: `PUT /api/tokens/{id}`.
     */
    update: TRPCMutationProcedure<{ input: TokensUpdateInput; output: Token; meta: unknown }>;
  };
  uploads: {
    /**
     * Cancel an upload: nothing of it is taken.
     *
     * One that was not used yet is gone, and so are its bytes; one that is loading stops within about a second.
     *
     * Needs `upload:cancel`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `token_scope`, `not_found`, `conflict`, `version_mismatch`.
     *
     * Over REST: `DELETE /api/uploads/{id}`.
     */
    cancel: TRPCMutationProcedure<{ input: UploadsCancelInput; output: void; meta: unknown }>;
    /**
     * Make an id for bytes that you will send.
     *
     * Good for one upload by you within 24 hours: into a dataset, with which one can watch how far its bytes have come, or as a file, whose bytes `PUT /uploads/{id}/contents` takes.
     *
     * Needs a signed-in user.
     *
     * Fails with `validation_failed`, `unauthenticated`, `token_scope`, `conflict`.
     *
     * Over REST: `POST /api/uploads`.
     */
    create: TRPCMutationProcedure<{ input: UploadsCreateInput | undefined; output: Upload; meta: unknown }>;
    /**
     * Read how far an upload has come.
     *
     * Needs `upload:read`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/uploads/{id}`.
     */
    get: TRPCQueryProcedure<{ input: UploadsGetInput; output: Upload; meta: unknown }>;
    /**
     * List your uploads, the newest first.
     *
     * Needs a signed-in user.
     *
     * Fails with `validation_failed`, `unauthenticated`, `token_scope`.
     *
     * Over REST: `GET /api/uploads`.
     */
    list: TRPCQueryProcedure<{ input: UploadsListInput | undefined; output: UploadsListOutput; meta: unknown }>;
    /**
     * Send the bytes of which a file is to be made.
     *
     * Once, by who has made the id, while it is good. They are the part `file` of a form, or the body itself, which needs `name`. `files.create` then takes them.
     *
     * Takes a form: the file as its last part, `file`, before it `id`, `name` as texts.
     *
     * Needs `upload:send`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `token_scope`, `not_found`, `conflict`, `too_large`.
     *
     * Over REST: `PUT /api/uploads/{id}/contents`.
     */
    send: TRPCMutationProcedure<{ input: FormData; output: Upload; meta: unknown }>;
    /**
     * Watch an upload until it is over.
     *
     * The upload, as `GET /uploads/{id}` answers it, whenever it has changed, and every second while it loads; the last one says how it ended.
     *
     * Needs `upload:read`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/uploads/{id}/events`.
     */
    watch: TRPCSubscriptionProcedure<{ input: UploadsWatchInput; output: AsyncIterable<Upload>; meta: unknown }>;
  };
  users: {
    /**
     * Create a user, with an AI seat unless `seat` is false.
     *
     * Needs a session: no token may. Needs `tenant:superuser`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `conflict`.
     *
     * Over REST: `POST /api/users`.
     */
    create: TRPCMutationProcedure<{ input: UsersCreateInput; output: User; meta: unknown }>;
    /**
     * Delete a user who owns no assistants and no datasets.
     *
     * Its sessions, tokens, shares and memberships go too. A user made later under the same name inherits nothing. `users.transfer` moves what it owns to somebody else.
     *
     * Needs `user:delete`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `token_scope`, `not_found`, `conflict`, `version_mismatch`.
     *
     * Over REST: `DELETE /api/users/{username}`.
     */
    delete: TRPCMutationProcedure<{ input: UsersDeleteInput; output: void; meta: unknown }>;
    /**
     * Read a user: yourself, or as a superuser anybody.
     *
     * Needs `user:write`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `GET /api/users/{username}`.
     */
    get: TRPCQueryProcedure<{ input: UsersGetInput; output: User; meta: unknown }>;
    /**
     * List all users.
     *
     * Needs `tenant:superuser`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `token_scope`.
     *
     * Over REST: `GET /api/users`.
     */
    list: TRPCQueryProcedure<{ input: UsersListInput | undefined; output: UsersListOutput; meta: unknown }>;
    /**
     * Give all assistants and datasets of a user who leaves to somebody else.
     *
     * All at once or none, with their drafts, shares, tokens, comments and records. Where the new owner has a slug already, the moved one gets `-2`, `-3` and so on. Folders stay with their owner. The user may be disabled.
     *
     * Needs `user:administer`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `token_scope`, `not_found`.
     *
     * Over REST: `POST /api/users/{username}/_transfer`.
     */
    transfer: TRPCMutationProcedure<{ input: UsersTransferInput; output: Transferred; meta: unknown }>;
    /**
     * Change a user: yourself (not role, grants, enabled, seat), or as a superuser anybody.
     *
     * A new password ends the user's other sessions; disabling ends all its sessions and tokens.
     *
     * Needs `user:write`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `token_scope`, `not_found`, `conflict`, `version_mismatch`.
     *
     * Over REST: `PUT /api/users/{username}`.
     */
    update: TRPCMutationProcedure<{ input: UsersUpdateInput; output: User; meta: unknown }>;
  };
};

/** The type of Steward's router, for any library of tRPC: its client, its bindings to React, its inference. */
export type StewardRouter = TRPCBuiltRouter<
  { ctx: object; meta: object; errorShape: StewardErrorShape; transformer: true },
  StewardProcedures
>;
