import { type AssistantDocument, isStewardError, neverBrought, readDocument } from "@steward/core";
import { Failure } from "../failure.ts";
import { check } from "./check.ts";
import { eachOf } from "./each-of.ts";
import type { Folder } from "./folder.ts";
import {
  documentFile,
  type Files,
  fileNames,
  filesOf,
  instructionsFile,
  isSame,
  type Place,
  placeOf,
} from "./layout.ts";
import { Refused } from "./refusal.ts";
import type { Server } from "./server.ts";

/** What a pull does about one assistant. */
export interface Pulled {
  readonly naturalId: string;
  /** `skip`: it may not be exported. `leave`: it is in the folder alone, and stays there. */
  readonly action: "create" | "update" | "unchanged" | "skip" | "leave" | "remove";
  /** The files that change, by their paths in the folder; null for one that is taken away. */
  readonly files: ReadonlyMap<string, string | null>;
  readonly reason: string | null;
  /** What the document could not bring, beyond what none does. */
  readonly leftBehind: readonly string[];
}

export interface PullWishes {
  /** None for all. */
  readonly only: readonly string[];
  readonly prune: boolean;
}

const nothing = { files: new Map<string, null>(), reason: null, leftBehind: [] };

/** Reads everything, and changes nothing. */
export async function planPull(
  server: Server,
  folder: Folder,
  { only, prune }: PullWishes,
): Promise<readonly Pulled[]> {
  const wanted = only.length > 0 ? [...new Set(only)] : (await server.list()).map(({ naturalId }) => naturalId);
  const found = await eachOf(wanted.toSorted(), (naturalId) => planOne(server, folder, naturalId));
  const plans = found.filter((one) => one !== null);
  const there = new Set(plans.map(({ naturalId }) => naturalId));
  const { places } = await folder.assistants();
  const left = places.filter(({ naturalId: name }) => !there.has(name) && (only.length === 0 || only.includes(name)));
  const lost = only.filter((name) => !there.has(name) && !left.some(({ naturalId }) => naturalId === name));
  if (lost.length > 0) throw new Failure(`Not on the server, or not yours to see: ${lost.join(", ")}`);
  return [...plans, ...(await eachOf(left, (place) => planLeft(folder, place, prune)))];
}

/** Null for one that is not there, or is no longer. */
async function planOne(server: Server, folder: Folder, naturalId: string): Promise<Pulled | null> {
  try {
    const document = readExport(naturalId, await server.export(naturalId));
    return await compare(folder, placeOf(naturalId), document);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (error.code === "not_found") return null;
    if (error.code !== "forbidden") throw new Failure(`${naturalId}: ${error.message}`);
    return { ...nothing, naturalId, action: "skip", reason: "you may use it, but not export it: that needs level 2" };
  }
}

/** A server is not believed more than a file: what it calls its assistant becomes a path. */
function readExport(naturalId: string, given: unknown): AssistantDocument {
  try {
    const document = readDocument(given);
    if (document.naturalId === naturalId) return document;
    throw new Failure(`The server answers ${naturalId} with a document of ${document.naturalId}`);
  } catch (error) {
    if (!isStewardError(error)) throw error;
    const [{ path, message } = { path: "", message: error.message }] = error.details ?? [];
    throw new Failure(`The document of ${naturalId} is none that this version reads (${path}: ${message})`);
  }
}

async function compare(folder: Folder, place: Place, document: AssistantDocument): Promise<Pulled> {
  const [yaml, instructions] = await Promise.all(fileNames.map((name) => existing(folder, place, name)));
  const usual = new Set(neverBrought);
  const leftBehind = (document.leftBehind ?? []).filter((line) => !usual.has(line));
  const plan = { ...nothing, naturalId: place.naturalId, leftBehind };
  const there = { [documentFile]: yaml, [instructionsFile]: instructions };
  // What says the same stays as somebody has written it, comments and all.
  if (saysSame(place, there, document)) return { ...plan, action: "unchanged" };
  return { ...plan, action: yaml ? "update" : "create", files: changed(place, filesOf(document), there) };
}

/** What a file holds: null where it cannot be read, undefined where there is none. */
type Existing = string | null | undefined;
type Existings = Readonly<Record<keyof Files, Existing>>;

async function existing(folder: Folder, place: Place, name: keyof Files): Promise<Existing> {
  const content = await folder.content(place, name);
  if ("text" in content) return content.text;
  if ("missing" in content) return undefined;
  if (!content.safe) throw new Failure(`${place.path}/${name}: ${content.unreadable}`);
  return null;
}

function saysSame(place: Place, there: Existings, document: AssistantDocument): boolean {
  const { [documentFile]: yaml, [instructionsFile]: instructions } = there;
  if (typeof yaml !== "string" || instructions === null) return false;
  const local = check(place, { [documentFile]: yaml, [instructionsFile]: instructions });
  return "read" in local && isSame(local.read.document, document);
}

function changed({ path }: Place, files: Files, there: Existings): ReadonlyMap<string, string | null> {
  const different = fileNames.filter(
    (name) => files[name] !== (there[name] === undefined ? null : (there[name] ?? "")),
  );
  return new Map(different.map((name) => [`${path}/${name}`, files[name]]));
}

async function planLeft(folder: Folder, place: Place, prune: boolean): Promise<Pulled> {
  const { naturalId, path } = place;
  if (!prune) return { ...nothing, naturalId, action: "leave" };
  const there = await eachOf(fileNames, async (name) =>
    (await existing(folder, place, name)) === undefined ? [] : [`${path}/${name}`],
  );
  return { ...nothing, naturalId, action: "remove", files: new Map(there.flat().map((file) => [file, null])) };
}
