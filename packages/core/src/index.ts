export * from "./access.ts";
export { contentOf } from "./assistants/content.ts";
export { AssistantDocument, neverBrought } from "./assistants/document.ts";
export { readDocument } from "./assistants/import-plan.ts";
export { type Act, actAsOperator } from "./audit/operator.ts";
export { type Sealing, sealTrail } from "./audit/seal.ts";
export { type Break, type Sealed, type Verdict, verifyTrail } from "./audit/verify.ts";
export { type BlobCheck, type CheckOptions, checkBlobs, type LostBlob } from "./blobs/check.ts";
export { type Contents, contentsOf } from "./contents/contents.ts";
export { linkTo } from "./contents/link.ts";
export * from "./context.ts";
export { compileCriteria } from "./datasets/criteria.ts";
export { inlineHeavyWork } from "./datasets/loading/inline.ts";
export { type Loaded, type LoadOrder, mostLoads } from "./datasets/loading/order.ts";
export { isAnythingLeft, tend } from "./datasets/loading/tend.ts";
export { orderOf, type RecordPosition, Sort } from "./datasets/order.ts";
export { answerOf, compileQuery, RecordQuery, type RecordView } from "./datasets/query.ts";
export * from "./datasets/records.ts";
export * from "./documents/document-error.ts";
export * from "./errors.ts";
export {
  type Executed,
  execute,
  executeStream,
  executeWithFacts,
  requireCredential,
  type Streamed,
} from "./execute.ts";
export { fingerprint } from "./fingerprint.ts";
export type { Facts } from "./gate.ts";
export * from "./grants.ts";
export { logCause } from "./log-cause.ts";
export * from "./operation.ts";
export * from "./ports.ts";
export * from "./registry.ts";
export { type KeyUse, keysInUse, type Rotation, rotateSecrets, type Unopened } from "./secrets/rotate.ts";
export * from "./secrets/vault-error.ts";
export { accountKey } from "./session/throttle.ts";
export * from "./skills/driver.ts";
export { drivers } from "./skills/drivers/index.ts";
export { nameKeyOf, sortNameOf } from "./slug.ts";
export { readSql, type Sql } from "./statement.ts";
export { learnTenant } from "./tenant.ts";
