export { createStewardClient, type StewardClient, type StewardClientOptions } from "./client.ts";
export type * from "./contract.ts";
export { errorOf, isStewardError, type StewardClientError } from "./errors.ts";
