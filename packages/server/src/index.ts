export { type App, type AppOptions, createApp } from "./app.ts";
export type { ExecutionContext } from "./deferred.ts";
export type { Authentication } from "./doors.ts";
