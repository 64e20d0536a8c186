import { setTimeout as sleep } from "node:timers/promises";
import type { AssistantDocument, Imported, StewardClient } from "@steward/client";
import { type Connection, openClient } from "./connection.ts";
import { explain, waitOf } from "./refusal.ts";

/** An assistant as a list has it, as far as it matters here. */
export interface Listed {
  readonly id: string;
  readonly naturalId: string;
  readonly version: number;
  readonly mayDelete: boolean;
}

/** A Steward server. What fails is a Failure, or a Refused for what concerns one assistant. */
export interface Server {
  /** All that the token may see, or those of one owner. */
  list(ownerId?: string): Promise<readonly Listed[]>;
  /** As the server has answered it, unchecked. */
  export(naturalId: string): Promise<unknown>;
  import(document: AssistantDocument, options: { readonly dryRun: boolean }): Promise<Imported>;
  /** Unless it has changed since it was listed. */
  delete(listed: Listed): Promise<void>;
}

const pageSize = 200;
/** How long one call waits in all when the server asks for it, in seconds. */
const longestWait = 120;

export function openServer(connection: Connection, note: (text: string) => void): Server {
  const client = openClient(connection);
  const ask = <T>(call: (client: StewardClient) => Promise<T>) => patiently(() => call(client), connection, note);
  return {
    async list(ownerId) {
      const found = new Map<string, Listed>();
      let cursor: string | undefined;
      do {
        const page = await ask(({ assistants }) => assistants.list.query({ limit: pageSize, ownerId, cursor }));
        for (const { id, naturalId, version, permissions } of page.items)
          found.set(id, { id, naturalId, version, mayDelete: permissions.delete });
        cursor = page.next ?? undefined;
      } while (cursor !== undefined);
      return [...found.values()];
    },
    export: (id) => ask(({ assistants }) => assistants.export.query({ id })),
    import: (document, { dryRun }) => ask(({ assistants }) => assistants.import.mutate({ document, dryRun })),
    delete: ({ id, version }) => ask(({ assistants }) => assistants.delete.mutate({ id, expectedVersion: version })),
  };
}

async function patiently<T>(work: () => Promise<T>, connection: Connection, note: (text: string) => void): Promise<T> {
  let waited = 0;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const seconds = waitOf(error)?.seconds ?? longestWait;
      if (!waitOf(error) || waited + seconds >= longestWait) throw explain(error, connection);
      note(`${connection.url} asks to wait ${seconds} s`);
      waited += seconds;
      await sleep(seconds * 1000);
    }
  }
}
