export * from "./access.ts";
export * from "./context.ts";
export * from "./errors.ts";
export { type Executed, execute, executeWithFacts, requireCredential } from "./execute.ts";
export type { Facts } from "./gate.ts";
export * from "./grants.ts";
export * from "./operation.ts";
export * from "./ports.ts";
export * from "./registry.ts";
