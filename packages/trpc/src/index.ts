export type { TrpcErrorShape } from "./errors.ts";
export { handleTrpc, maxBatchSize, type TrpcRequestContext } from "./handle.ts";
export { type AppRouter, appRouter, type ProcedureOf, type TrpcContext } from "./router.ts";
