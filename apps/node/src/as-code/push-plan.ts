import type { AssistantDocument, Changes, Imported } from "@steward/client";
import { Failure } from "../failure.ts";
import type { Read } from "./check.ts";
import { eachOf } from "./each-of.ts";
import { withHeld, withoutHeld } from "./held-back.ts";
import { type Naming, namingsIn } from "./naming.ts";
import { Cycle, inOrder } from "./order.ts";
import type { Problem } from "./problem.ts";
import { Refused } from "./refusal.ts";
import type { Listed, Server } from "./server.ts";

/** What a push does about an assistant of the folder. */
export interface Import {
  readonly action: "create" | "update" | "unchanged";
  readonly naturalId: string;
  readonly document: AssistantDocument;
  readonly changes: Changes;
  /** Those that it names and that are to be made before it. */
  readonly waitsFor: readonly string[];
  /** What it needs, and somebody must set by hand. */
  readonly missingSecrets: readonly string[];
  /** Null for one that is to be made. */
  readonly id: string | null;
}

/** What a push does about one that only the server has; `keep` where it may not be deleted. */
export interface Removal {
  readonly action: "delete" | "keep";
  readonly naturalId: string;
  readonly listed: Listed;
}

export type Step = Import | Removal;

export const isChange = ({ action }: Step): boolean => action !== "unchanged" && action !== "keep";

/** Asks the server what each document would do, and puts them in an order in which they can be done. */
export async function planImports(
  server: Server,
  reads: readonly Read[],
): Promise<{ readonly imports: readonly Import[]; readonly problems: readonly Problem[] }> {
  const known = new Set(reads.map(({ place }) => place.naturalId));
  const rehearsed = await eachOf(reads, (read) => rehearse(server, read, known));
  const problems = rehearsed.flatMap((one) => ("problems" in one ? one.problems : []));
  const imports = rehearsed.flatMap((one) => ("problems" in one ? [] : [one]));
  return problems.length > 0 ? { imports, problems } : { imports: ordered(imports), problems };
}

function ordered(imports: readonly Import[]): readonly Import[] {
  const byName = new Map(imports.map((one) => [one.naturalId, one]));
  try {
    const order = inOrder(new Map(imports.map(({ naturalId, waitsFor }) => [naturalId, waitsFor])));
    return order.flatMap((naturalId) => byName.get(naturalId) ?? []);
  } catch (error) {
    if (!(error instanceof Cycle)) throw error;
    throw new Failure(
      `None of these can be made first, for each names the next: ${error.message}. Leave one reference out, push, put it back, push again`,
    );
  }
}

async function rehearse(
  server: Server,
  { document, place, problemOf }: Read,
  known: ReadonlySet<string>,
): Promise<Import | { readonly problems: readonly Problem[] }> {
  try {
    return await rehearseWithout(server, document, namingsIn(document, known), []);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const misfits =
      error.misfits.length > 0 ? error.misfits : [{ path: "document", message: refusalOf(error, place.owner) }];
    return { problems: misfits.map(problemOf) };
  }
}

const refusalOf = ({ code, message }: Refused, owner: string): string =>
  code === "forbidden"
    ? `You may not import it: that needs the grant assistants:create, and the right to give assistants to ${owner}`
    : message;

/** What the server finds missing and the folder will make is held back, and the rest asked for again. */
async function rehearseWithout(
  server: Server,
  document: AssistantDocument,
  namings: readonly Naming[],
  held: readonly Naming[],
): Promise<Import> {
  const reduced = withoutHeld(document, held);
  try {
    return importOf(document, await server.import(reduced.document, { dryRun: true }), held);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const misfits = error.misfits.map(reduced.inWhole);
    const missing = namings.filter((one) => !held.includes(one) && misfits.some(({ path }) => path === one.path));
    if (missing.length === 0 || missing.length < misfits.length) throw new Refused(error.code, error.message, misfits);
    return rehearseWithout(server, document, namings, [...held, ...missing]);
  }
}

function importOf(document: AssistantDocument, imported: Imported, held: readonly Naming[]): Import {
  const { outcome, id, missingSecrets } = imported;
  const changes = withHeld(imported.changes, document, held);
  return {
    action: outcome === "created" ? "create" : changes.changed ? "update" : "unchanged",
    naturalId: document.naturalId,
    document,
    changes,
    waitsFor: [...new Set(held.map(({ naturalId }) => naturalId))],
    missingSecrets,
    id,
  };
}

/** The assistants on the server that belong to these owners and are not in the folder. */
export async function planRemovals(
  server: Server,
  owners: readonly string[],
  kept: ReadonlySet<string>,
): Promise<readonly Removal[]> {
  const listed = await eachOf(owners, async (owner) =>
    (await server.list(owner)).filter(({ naturalId }) => naturalId.startsWith(`${owner}:`)),
  );
  return listed
    .flat()
    .filter(({ naturalId }) => !kept.has(naturalId))
    .map((one) => ({ action: one.mayDelete ? "delete" : "keep", naturalId: one.naturalId, listed: one }));
}
