export * from "./executor.ts";
export type { StoredField } from "./schema/index.ts";
export * as tables from "./schema/index.ts";
