import type { StoredField } from "@steward/db";

export const formats = ["csv", "ndjson", "json"] as const;
export type Format = (typeof formats)[number];

export interface Limits {
  readonly fields: number;
  /** In UTF-16 units. */
  readonly fieldLength: number;
  readonly rows: number;
  readonly bytes: number;
}

/** What is to be read into which load. Plain data, so that it can go to where the work is done. */
export interface LoadOrder {
  readonly uploadId: string;
  readonly loadNumber: number;
  /** Records are numbered from the one behind this on. */
  readonly lastPosition: number;
  /** What the fields are where there are some already; null where they are to be found out. */
  readonly fields: readonly StoredField[] | null;
  /** Null where the first character is to tell. */
  readonly format: Format | null;
  readonly delimiter?: string | undefined;
  readonly encoding?: string | undefined;
  readonly types?: Readonly<Record<string, StoredField["dataType"]>> | undefined;
  /** Whether the first row that does not fit refuses them all. */
  readonly strict: boolean;
  readonly limits: Limits;
}

/** A row that was not taken. */
export interface Rejected {
  readonly line: number;
  readonly reason: string;
}

/** What a load holds once all has been read. */
export interface Loaded {
  readonly fields: readonly StoredField[];
  readonly format: Format;
  /** How many records were written. */
  readonly rows: number;
  readonly lastPosition: number;
  readonly rowsRead: number;
  readonly rowsRejected: number;
  readonly rejected: readonly Rejected[];
  readonly bytesRead: number;
}

/** How many of the rows that were not taken are kept. */
export const mostRejectedKept = 1000;

/** Milliseconds for which a load is its loader's alone; renewed as long as it goes on. */
export const lease = 60_000;

/** How many loads go on at once in a process, and how many there are together with those that wait for their turn. */
export const mostAtOnce = 2;
export const mostLoads = 22;
/** How many of them may be one user's, wherever they go on: whoever sends slowly shuts out nobody else. */
export const mostLoadsOfUser = 3;
