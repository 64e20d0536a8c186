import { once } from "node:events";
import { inlineHeavyWork } from "@steward/core";
import { expect, test, vi } from "vitest";
import { fileOf } from "./files-read.ts";
import { plainReader } from "./plain-reader.ts";
import { startScript } from "./testing/child.ts";
import { openWorld, type World } from "./world.ts";

const kills = 12;
const leaseLasts = 61_000;

/** Some pages with images between, all of them different. */
const textOf = (file: number) =>
  Array.from({ length: 12 }, (_, page) =>
    page % 4 === 3 ? `@image${file % 5}-${page}\n\n` : `# Part ${page}\n${wordsOf(file, page)}.\n\n`,
  ).join("\f");
const wordsOf = (file: number, page: number) =>
  Array.from({ length: 500 }, (_, word) => `f${file}p${page}w${word % 100}`).join(" ");

function workLater(world: World, later: number) {
  const { blobs, sha256, ids } = world.services;
  const reading = { documents: plainReader, blobs, sha256, newId: () => ids.next() };
  return inlineHeavyWork({
    executor: world.beside,
    clock: { now: () => new Date(Date.now() + later) },
    reading,
  });
}

/** What was read of each file's bytes, and which of it is found in which library: the same wherever the files are the same. */
const readOf = (world: World) =>
  world.rows(`select d.hash, d.status, d.chunks, d.pages, e.id & 0xfffff, e.kind, e.page, e.heading, e.start, e.end, e.text,
      e.hash from documents d left join embeddings e on e.id >> 20 = d.number order by 1, 5`);
const foundOf = (world: World) =>
  world.rows(`select d.hash, l.library, l.complete, p.rowid & 0xfffff from library_documents l
      join documents d on d.number = l.document_number
      left join passage_search p on p.rowid >= l.number << 20 and p.rowid < (l.number + 1) << 20 order by 1, 2, 4`);

test("whenever a worker dies, the next one brings all to where it would have been", { timeout: 300_000 }, async () => {
  const world = await openWorld({ fresh: true });
  const ada = await world.user({ name: "ada" });
  const sales = await world.assistant({ owner: ada, name: "Sales" });
  const help = await world.assistant({ owner: ada, name: "Help" });
  vi.useRealTimers();
  let files = 0;
  const add = (assistant: { readonly id: string }, file: number) =>
    fileOf(world, assistant, { name: `${file} ${files++}`, text: textOf(file) });
  const inSales = [];
  for (let file = 0; file < 12; file++) inSales.push(await add(sales, file));
  let killed = 0;
  let done = 0;
  for (let kill = 0; kill < kills; kill++) {
    const child = startScript("job-process.ts", [world.path, String(kill * leaseLasts)]);
    const over = once(child, "close");
    await once(child.stdout, "data");
    child.stdout.on("data", () => done++);
    setTimeout(() => child.kill("SIGKILL"), Math.random() * 250);
    // Meanwhile files come, go and come back.
    await add(kill % 2 ? sales : help, kill % 15);
    const gone = inSales[kill % 12];
    if (gone && kill % 3 === 0) await world.rows("delete from assistant_files where id = ?", gone.id);
    if (kill % 10 === 9) await world.rows("delete from blobs where uses = 0");
    await over;
    // More kills than any job would survive: here it is not the job's fault.
    await world.rows("update jobs set attempts = 0");
    killed += child.signalCode === "SIGKILL" ? 1 : 0;
  }
  expect(killed).toBe(kills);
  expect(done).toBeLessThan(kills / 2);
  await workLater(world, kills * leaseLasts).tend();
  await world.rows("delete from blobs where uses = 0");
  await workLater(world, kills * leaseLasts).tend();

  expect(await world.rows("select kind, subject, status, error from jobs where status <> 'done'")).toEqual([]);
  const another = await openWorld({ fresh: true });
  const eva = await another.user({ name: "eva" });
  const libraries = [
    await another.assistant({ owner: eva, name: "Sales" }),
    await another.assistant({ owner: eva, name: "Help" }),
  ];
  const kept = (await world.rows(
    "select filename, assistant_id = ? from assistant_files order by filename",
    sales.id,
  )) as [string, number][];
  for (const [name, isSales] of kept)
    await fileOf(another, libraries[isSales ? 0 : 1] ?? sales, { name, text: textOf(Number.parseInt(name, 10)) });
  await workLater(another, 0).tend();
  expect(await readOf(world)).toEqual(await readOf(another));
  expect(await foundOf(world)).toEqual(await foundOf(another));
  const uses = "select hash, uses from blobs order by 1";
  expect(await world.rows(uses)).toEqual(await another.rows(uses));
  expect(await world.rows("select count(*) from passage_search")).toEqual(
    await another.rows("select count(*) from passage_search"),
  );
  for (const [hash, key] of (await world.rows("select hash, key from blobs")) as [string, string][])
    expect(await world.services.blobs.get(key), hash).not.toBeNull();
});
