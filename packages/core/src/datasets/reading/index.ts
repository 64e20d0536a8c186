export type { Batch, RejectedRow, Written } from "./batches.ts";
export { type Reading, type ReadingOptions, type ReadingResult, readRecords } from "./reading.ts";
export type { ReadingLimits } from "./refusals.ts";
export { type Narrow, sqlOf, type Widening, writtenKey } from "./widening.ts";
