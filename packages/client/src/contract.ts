// Printed from the registry by tooling/scripts/src/client-contract.ts: change the operations, not this file.
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

/** Any JSON. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

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
  modelSettings: Record<string, Json> | null;
  /** Whether it hands questions to the assistant that suits them. */
  dispatcher: boolean;
  /** Whether it may be embedded in other pages. */
  embedded: boolean;
  /** A disabled one cannot be chatted with by anyone. */
  enabled: boolean;
  /** Whatever your systems keep with it, at most 64 KiB. */
  data: Record<string, Json> | null;
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
  modelSettings: Record<string, Json> | null;
  /** Whether it hands questions to the assistant that suits them. */
  dispatcher: boolean;
  /** Whether it may be embedded in other pages. */
  embedded: boolean;
  /** A disabled one cannot be chatted with by anyone. */
  enabled: boolean;
  /** Whatever your systems keep with it, at most 64 KiB. */
  data: Record<string, Json> | null;
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
   * Otherwise: "More than 64 KiB as JSON". Default: `null`.
   */
  modelSettings?: Record<string, Json> | null | undefined;
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
   * Otherwise: "More than 64 KiB as JSON". Default: `null`.
   */
  data?: Record<string, Json> | null | undefined;
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
   * Otherwise: "More than 64 KiB as JSON".
   */
  modelSettings?: Record<string, Json> | null | undefined;
  /** Whether it hands questions to the assistant that suits them. */
  dispatcher?: boolean | undefined;
  /** Whether it may be embedded in other pages. */
  embedded?: boolean | undefined;
  /** A disabled one cannot be chatted with by anyone. */
  enabled?: boolean | undefined;
  /**
   * Whatever your systems keep with it, at most 64 KiB.
   *
   * Otherwise: "More than 64 KiB as JSON".
   */
  data?: Record<string, Json> | null | undefined;
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
};

/** The type of Steward's router, for any library of tRPC: its client, its bindings to React, its inference. */
export type StewardRouter = TRPCBuiltRouter<
  { ctx: object; meta: object; errorShape: StewardErrorShape; transformer: true },
  StewardProcedures
>;
