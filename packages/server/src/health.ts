import type { Services } from "@steward/core";

const patience = 5000;

const state = (status: number, text: string) =>
  new Response(JSON.stringify({ status: text }), { status, headers: { "content-type": "application/json" } });

/** The process lives. Asks nobody. */
export const healthz = (): Response => state(200, "ok");

/** The process can do its work: the database answers, and soon enough. */
export async function readyz({ executor, log }: Pick<Services, "executor" | "log">): Promise<Response> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new RangeError(`no answer within ${patience} ms`)), patience);
  try {
    await Promise.race([executor.batch([{ sql: "select 1", args: [] }], "read"), late.promise]);
    return state(200, "ok");
  } catch (error) {
    log.error("database not ready", { cause: error instanceof Error ? error.name : typeof error });
    return state(503, "unavailable");
  } finally {
    clearTimeout(timer);
  }
}
