import type { Facts } from "./gate.ts";
import type {
  BlobStore,
  HeavyWork,
  ImageModel,
  Passwords,
  Pictures,
  Sessions,
  Sha256,
  Tokens,
  Vault,
} from "./ports.ts";
import type { Guard, Read, Write } from "./statement.ts";

/** A read among the steps of a commit sees what the steps before it have written. */
export type Step = Write<unknown> | Guard | Read<unknown>;
type Done<S> = S extends Write<infer Row> | Read<infer Row> ? Row[] : undefined;
type DoneAll<S extends readonly Step[]> = { -readonly [K in keyof S]: Done<S[K]> };

/** All that the handler of an operation has. */
export interface Context {
  /** The moment of the request; where it streams, or takes bytes, the present one. */
  readonly now: Date;
  /** Aborted when nobody takes the items of a stream any more. */
  readonly signal: AbortSignal;
  /** The client's address, or null. */
  readonly address: string | null;
  readonly passwords: Passwords;
  readonly sessions: Sessions;
  readonly tokens: Tokens;
  readonly vault: Vault;
  readonly heavyWork: HeavyWork;
  readonly blobs: BlobStore;
  readonly sha256: () => Sha256;
  readonly pictures: Pictures;
  /** Null where none is configured. */
  readonly imageModel: ImageModel | null;
  newId(): string;
  /** The id of the tenant. Costs a trip the first time in a process that has not learnt it at its start. */
  tenant(): Promise<string>;
  /** What the gate knows of the caller. Costs nothing when something is read in the same tick. Null for nobody. */
  facts(): Promise<Facts>;
  /** The same, where an operation is open to anybody. */
  whoever(): Promise<Facts | null>;
  /**
   * Rows. What is read in the same tick (`Promise.all`) leaves together, behind the gate, in one trip and one
   * snapshot; an `await` between two reads is a second trip.
   */
  read<Row>(statement: Read<Row>): Promise<Row[]>;
  /**
   * All or nothing: gate, audit row, then the steps in their order, in one trip. Rejects with the error of the step
   * that failed, or with a DatabaseError that `execute` translates.
   */
  commit<const S extends readonly Step[]>(steps: S, trail?: Trail): Promise<DoneAll<S>>;
  /** Says that the request has made its object and not found it there. */
  made(): void;
  /** Runs after the answer has left. */
  defer(task: () => Promise<unknown>): void;
}

/** What the audit row says beyond operation and caller, where the request itself does not tell. */
export interface Trail {
  /** The id of the row, when the request has made it. */
  readonly subject?: string;
  /** The assistant to whose activity it belongs: one that the request has made, or null for what is its caller's alone. */
  readonly assistant?: string | null;
  /** The user that acts, when no credential was presented. */
  readonly userId?: string;
  /** What was done, as far as the operation and its subject do not say it: whom, which level. Never a secret. */
  readonly details?: Readonly<Record<string, unknown>>;
  /**
   * What only the database knows of that, before anything is changed: `object` is SQL text for an object of JSON, whose
   * keys without a value are left out.
   */
  readonly found?: { readonly object: string; readonly values?: object };
}
