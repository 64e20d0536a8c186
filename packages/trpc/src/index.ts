export type { TrpcErrorShape } from "./errors.ts";
export { handleTrpc, maxBatchSize, refuseTrpc, type TrpcRequestContext } from "./handle.ts";
export { type AppRouter, appRouter, type ProcedureOf, type TrpcContext } from "./router.ts";
