export { type App, type AppOptions, type Authentication, createApp } from "./app.ts";
export type { ExecutionContext } from "./deferred.ts";
