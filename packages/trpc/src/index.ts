export type { TrpcErrorShape } from "./errors.ts";
export { handleTrpc, isUpload, maxBatchSize, refuseTrpc, type TrpcRequestContext } from "./handle.ts";
export { type AppRouter, appRouter, type ProcedureOf, type TrpcContext, type Upload } from "./router.ts";
