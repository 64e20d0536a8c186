import * as assistants from "./assistants/operations.ts";
import type { AnyOperation } from "./operation.ts";

/** An operation's name is its path here: the export `update` of assistants/operations.ts is `assistants.update`. */
export const operations = { assistants } satisfies Record<string, Record<string, AnyOperation>>;
export type Operations = typeof operations;
