import type { Batches } from "./batches.ts";
import type { Columns } from "./columns.ts";
import type { ReadingLimits } from "./refusals.ts";

/** What the readers of all formats share. */
export interface Source {
  readonly text: AsyncGenerator<string, void>;
  readonly columns: Columns;
  readonly batches: Batches;
  readonly limits: ReadingLimits;
  /** As given, then as found out; null as long as there is none. */
  delimiter: string | null;
}
