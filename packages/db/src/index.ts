export * from "./executor.ts";
export * as tables from "./schema.ts";
