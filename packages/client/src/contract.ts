// Printed from the registry by tooling/scripts/src/client-contract.ts: change the operations, not this file.
// biome-ignore-all lint/suspicious/noConfusingVoidType: an operation without an answer has the output `void`.
import type { TRPCBuiltRouter, TRPCDefaultErrorShape, TRPCMutationProcedure, TRPCQueryProcedure } from "@trpc/server";

/** Every code with which Steward answers an error, and its HTTP status. A code never changes its meaning. */
export interface StewardErrorStatus {
  /** 400: The input does not fit; `details` says where. */
  validation_failed: 400;
  /** 401: Sign in, or present a valid token. */
  unauthenticated: 401;
  /** 403: This needs an active AI seat: ask an administrator. */
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
  /** 429: Too many attempts: wait, then try again. */
  rate_limited: 429;
  /** 500: Something broke on our side; the request id leads to it. */
  internal: 500;
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
  /** Leads whoever runs the server to its log. */
  requestId: string;
}

/** An error as it travels: `data.code` is tRPC's own, `data.cause.code` is Steward's. */
export interface StewardErrorShape extends TRPCDefaultErrorShape {
  data: TRPCDefaultErrorShape["data"] & { cause: StewardErrorCause };
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
  /** The part of the natural id behind the owner. */
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

/** An assistant with its tags, sharing and whether it is a favorite. */
export interface ListedAssistant {
  /** A UUID of version 7. */
  id: string;
  /** `owner:slug`, as people write it. */
  naturalId: string;
  /** The part of the natural id behind the owner. */
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

/** The way in. */
export interface Entry {
  name: "Steward";
  /** What you may do in the whole tenant. */
  permissions: Array<
    "assistants:create" | "datasets:create" | "tokens:create" | "teams:create" | "ai:manage" | "tenant:superuser"
  >;
}

/** To whom an assistant belongs. */
export interface Owner {
  /** `user:<username>` or `team:<name>`. */
  ownerId: string;
  ownerType: "user" | "team";
  displayName: string;
  permissions: {
    changeOwner: boolean;
  };
  /** The assistant's version. */
  version: number;
}

/** A user or a team, by name. */
export interface Principal {
  /** `user:<username>` or `team:<name>`. */
  id: string;
  type: "user" | "team";
  name: string;
  displayName: string;
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
  /** Null for no end. */
  expiresAt: Date | null;
  /** Whatever your systems keep with it, at most 64 KiB. */
  data: Record<string, unknown> | null;
  /** The last four characters. */
  hint: string;
  /** A moment, in UTC and to the millisecond. */
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
  /** Null for no end. */
  expiresAt: Date | null;
  /** Whatever your systems keep with it, at most 64 KiB. */
  data: Record<string, unknown> | null;
  /** The last four characters. */
  hint: string;
  /** A moment, in UTC and to the millisecond. */
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

/** Input of `assistants.create`: Create an assistant. */
export interface AssistantsCreateInput {
  /**
   * What people call it.
   *
   * 1 to 255 characters.
   */
  name: string;
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

/** Input of `assistants.get`: Read an assistant. */
export interface AssistantsGetInput {
  /**
   * UUID, or natural id `owner:slug`.
   *
   * 1 to 200 characters.
   */
  id: string;
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
   * Words of the name, the slug or the description.
   *
   * 1 to 200 characters.
   */
  q?: string | undefined;
  /**
   * `user:<username>` or `team:<name>`; a bare name is accepted.
   *
   * 1 to 200 characters.
   */
  ownerId?: string | undefined;
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

/** Input of `teams.create`: Create a team; its maker becomes its admin. */
export interface TeamsCreateInput {
  /** Otherwise: "1 to 63 of a-z, 0-9, dot, underscore and hyphen, beginning with a letter or digit", "This name is reserved". */
  name: string;
  /** 1 to 255 characters. */
  displayName?: string | undefined;
  /** At most 4,000 characters. Default: `null`. */
  description?: string | null | undefined;
}

/** Input of `teams.delete`: Delete a team that owns no assistants, with its memberships and shares. */
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
  /** Null for no end. */
  expiresAt?: Date | null | undefined;
  /**
   * Whatever your systems keep with it, at most 64 KiB.
   *
   * Otherwise: "No object of JSON, or more than 64 KiB of it".
   */
  data?: Record<string, unknown> | null | undefined;
}

/** Input of `users.create`: Create a user, with an AI seat unless `seat` is false. */
export interface UsersCreateInput {
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

/** Input of `users.delete`: Delete a user who owns no assistants. */
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
     * Needs `assistant:share` and an AI seat.
     *
     * Fails with `validation_failed`, `unauthenticated`, `ai_entitlement_required`, `forbidden`, `token_scope`, `not_found`, `version_mismatch`.
     *
     * Over REST: `PUT /api/assistants/{id}/shares/{principalId}`.
     */
    set: TRPCMutationProcedure<{ input: SharesSetInput; output: Share; meta: unknown }>;
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
     * Delete a team that owns no assistants, with its memberships and shares.
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
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `not_found`.
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
     * Needs a session: no token may. Needs `token:write`.
     *
     * Fails with `validation_failed`, `unauthenticated`, `forbidden`, `not_found`, `version_mismatch`.
     *
     * Over REST: `PUT /api/tokens/{id}`.
     */
    update: TRPCMutationProcedure<{ input: TokensUpdateInput; output: Token; meta: unknown }>;
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
     * Delete a user who owns no assistants.
     *
     * Its sessions, tokens, shares and memberships go too. A user made later under the same name inherits nothing.
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
