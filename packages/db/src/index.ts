export * from "./executor.ts";
export type { StoredField } from "./schema.ts";
export * as tables from "./schema.ts";
