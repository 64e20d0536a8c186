import { createHash } from "node:crypto";
import type { Made, Person } from "./arrange.ts";
import { bytesOf } from "./bytes.ts";
import type { World } from "./world.ts";

export interface FileOptions {
  readonly filename?: string;
  readonly content?: string;
  readonly contentType?: string;
  readonly format?: string | null;
}

/** Gives an assistant a file by statements: a note in plain text unless said. */
export async function fileOf(
  world: World,
  assistant: { readonly id: string },
  { filename = "notes.txt", content = "Be brief.", contentType = "text/plain", format = "text" }: FileOptions = {},
) {
  const { ids, blobs } = world.services;
  const [id, key] = [ids.next(), ids.next()];
  const hash = sha256(content);
  const { blob } = { blob: new Blob([content]) };
  await blobs.put(key, blob.stream());
  await world.rows(
    "insert into blobs (hash, key, size, created_at) values (?, ?, ?, ?) on conflict do nothing",
    hash,
    key,
    blob.size,
    Date.now(),
  );
  await world.rows(
    `insert into assistant_files (id, assistant_id, created_at, updated_at, filename, content_type, size, hash, format)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    id,
    assistant.id,
    Date.now(),
    Date.now(),
    filename,
    contentType,
    blob.size,
    hash,
    format,
  );
  return { id, filename, hash };
}

export const sha256 = (content: string | Uint8Array) => createHash("sha256").update(content).digest("hex");

/** A file as a form brings it. */
export const sent = (content: string | Uint8Array<ArrayBuffer>, name: string | null = "notes.txt") =>
  bytesOf(content, { type: "application/x-nonsense", name });

export interface Filing {
  readonly ada: Person;
  readonly ben: Person;
  readonly cleo: Person;
  readonly sales: Made;
  readonly notes: { readonly id: string; readonly hash: string };
}

/** Ada owns Sales with a note; Ben may write it and Cleo read it. */
export async function filing(world: World): Promise<Filing> {
  const [ada, ben, cleo] = [
    await world.user({ name: "ada" }),
    await world.user({ name: "ben" }),
    await world.user({ name: "cleo" }),
  ];
  const sales = await world.assistant({ owner: ada, name: "Sales" });
  await world.share(sales, ben, 2);
  await world.share(sales, cleo, 1);
  const notes = await fileOf(world, sales);
  return { ada, ben, cleo, sales, notes };
}

/** The objects that lie in the store, by how many bytes each has. */
export async function objectsOf({ services, settle }: World): Promise<number[]> {
  await settle();
  const sizes: number[] = [];
  for await (const { size } of services.blobs.list()) sizes.push(size);
  return sizes.sort((one, other) => one - other);
}

/** How many rows name the bytes of each of these contents: none also where they have been removed already. */
export async function usesOf(world: World, ...contents: string[]) {
  const rows = await world.rows("select hash, uses from blobs");
  const known = new Map(rows.map(([hash, uses]) => [hash, uses]));
  return contents.map((content) => known.get(sha256(content)) ?? 0);
}
