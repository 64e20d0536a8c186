import { expect, test } from "vitest";
import { doors } from "./doors.ts";
import { throughEveryDoor } from "./every-door.ts";
import { expectSuccess } from "./expectations.ts";
import { fileOf, readAll } from "./files-read.ts";
import { plainReader } from "./plain-reader.ts";
import { bookText, type Searched, searched } from "./search-files-world.ts";
import { specify } from "./specify.ts";
import { openWorld, type World } from "./world.ts";

specify("files.search", {
  arrange: searched,
  as: ({ ben }: Searched) => ben,
  input: ({ sales }: Searched) => ({ id: sales.id, q: "Cafe INVOIC" }),
  gives: ({ sales, book, note }: Searched) => ({
    items: [
      {
        file: { id: book.id, filename: "book.pdf" },
        embeddingId: "2",
        page: 3,
        sheet: null,
        heading: null,
        start: 33,
        snippet: "The café delivers invoices, invoices and invoices to Zürich.",
        marks: [
          { start: 4, end: 8 },
          { start: 18, end: 26 },
          { start: 28, end: 36 },
          { start: 41, end: 49 },
        ],
        href: `/api/assistants/${sales.id}/files/${book.id}/contents#page=3`,
      },
      {
        file: { id: note.id, filename: "note.txt" },
        embeddingId: "0",
        page: null,
        snippet: "An invoice is sent\nby e-mail to the café.",
        marks: [
          { start: 3, end: 10 },
          { start: 36, end: 40 },
        ],
        href: `/api/assistants/${sales.id}/files/${note.id}/contents#:~:text=invoice%20is%20sent`,
      },
    ],
    start: 0,
    count: 2,
    total: 2,
    totalIsExact: true,
    next: null,
    pending: 0,
  }),
  bad: [
    { input: { q: undefined }, at: "q" },
    { input: { q: "" }, at: "q" },
    { input: { q: "x".repeat(501) }, at: "q" },
    { input: { q: "a ".repeat(21) }, at: "q" },
    { input: { start: -1 }, at: "start" },
    { input: { start: 1001 }, at: "start" },
    { input: { limit: 0 }, at: "limit" },
    { input: { limit: 201 }, at: "limit" },
    { input: { cursor: "x" }, at: "cursor" },
  ],
  also: [
    {
      title: "finds what is quoted as it stands there, and nothing else",
      input: ({ sales }: Searched) => ({ id: sales.id, q: '"sent by e-mail"' }),
      gives: { items: [{ file: { filename: "note.txt" }, marks: [{ start: 14, end: 28 }] }], total: 1 },
    },
    {
      title: "finds no words in another order than quoted",
      input: ({ sales }: Searched) => ({ id: sales.id, q: '"mail e"' }),
      gives: { items: [], total: 0, totalIsExact: true, next: null },
    },
    {
      title: "takes a quoted word for no beginning of one",
      input: ({ sales }: Searched) => ({ id: sales.id, q: 'cafe "invoic"' }),
      gives: { items: [], total: 0 },
    },
    {
      title: "takes none but the last word for the beginning of one",
      input: ({ sales }: Searched) => ({ id: sales.id, q: "invoic cafe" }),
      gives: { items: [], total: 0 },
    },
    {
      title: "finds nothing where nothing is asked for",
      input: ({ sales }: Searched) => ({ id: sales.id, q: '"* -' }),
      gives: { items: [], total: 0 },
    },
    {
      title: "finds what a token of the assistant asks for",
      arrange: async (world, things: Searched) => {
        Object.assign(things, { bound: await world.token(things.ben, { assistant: things.sales, readOnly: true }) });
      },
      as: (things) => (things as Searched & { bound: { bearer: string } }).bound,
      gives: { total: 2 },
    },
    {
      title: "404 for a stranger",
      as: ({ stranger }: Searched) => stranger,
      refuses: "not_found",
    },
  ],
});

interface Page {
  items: { file: { id: string; filename: string }; page: number | null; snippet: string; score: number }[];
  total: number;
  totalIsExact: boolean;
  next: string | null;
  pending: number;
}

const ask = async (world: World, as: Parameters<typeof doors.core>[1], input: object) =>
  expectSuccess(await doors.core(world, as, "files.search", { ...input })) as Page;

throughEveryDoor("a draft and its original find their own files each, for those who may see them", async (behind) => {
  const { world, get, refuses } = behind;
  const { ada, ben, sales, book, note } = await searched(world);
  const draft = await world.assistant({ owner: ada, name: "Sales", slug: "sales-draft", editing: sales });
  const same = await fileOf(world, draft, { name: "book.pdf", text: bookText });
  const fresh = await fileOf(world, draft, { name: "fresh.txt", text: "No invoices at the café any more" });
  await readAll(world);
  const found = async (id: string) => {
    const { items } = (await get(ada, "files.search", { id, q: "cafe invoice" })) as Page;
    return items.map(({ file }) => file.id).toSorted();
  };
  expect(await found(sales.id)).toEqual([book.id, note.id].toSorted());
  expect(await found(draft.id)).toEqual([same.id, fresh.id].toSorted());
  await refuses("not_found", ben, "files.search", { id: draft.id, q: "cafe" });
});

test("another assistant's files are never found, whatever is asked", async () => {
  const world = await openWorld();
  const { ada, sales, book } = await searched(world);
  const other = await world.assistant({ owner: ada, name: "Other" });
  await fileOf(world, other, { text: "secretive café" });
  await readAll(world);
  for (const q of ["secretive", '"secretive"', 'café" OR terms:secretive', "0000000002secretive", "café"]) {
    const { items } = await ask(world, ada, { id: sales.id, q });
    expect(items.every(({ file }) => file.id !== other.id)).toBe(true);
    expect(items.some(({ snippet }) => snippet.includes("secretive"))).toBe(false);
  }
  await world.rows("delete from assistant_files where id = ?", book.id);
  expect((await ask(world, ada, { id: sales.id, q: "zurich" })).items).toEqual([]);
});

test("files that are still being read are counted", async () => {
  const world = await openWorld({ documents: plainReader });
  const ada = await world.user();
  const sales = await world.assistant({ owner: ada });
  await fileOf(world, sales, { text: "one" });
  await fileOf(world, sales, { name: "b", text: "!failed" });
  await fileOf(world, sales, { name: "c", text: "none", format: null });
  expect(await ask(world, ada, { id: sales.id, q: "one" })).toMatchObject({ items: [], pending: 2 });
  await world.services.heavyWork.tend();
  expect(await ask(world, ada, { id: sales.id, q: "one" })).toMatchObject({ total: 1, pending: 0 });
  await world.rows("update library_documents set complete = 0 where number = 1");
  expect(await ask(world, ada, { id: sales.id, q: "one" })).toMatchObject({ total: 1, pending: 1 });
});

test("pages follow each other without gaps or repetitions, and end with the thousandth", async () => {
  const world = await openWorld({ documents: plainReader });
  const ada = await world.user();
  const sales = await world.assistant({ owner: ada });
  const pages = Array.from({ length: 1100 }, (_, index) => `same ${"other ".repeat(index % 7)}n${index}`);
  await fileOf(world, sales, { text: pages.join("\n\n\f") });
  await world.services.heavyWork.tend();
  const found: string[] = [];
  let scores: number[] = [];
  let cursor: string | undefined;
  do {
    const page = await ask(world, ada, { id: sales.id, q: "same", limit: 200, cursor });
    expect(page).toMatchObject({ total: 1000, totalIsExact: false });
    found.push(...page.items.map(({ page: number }) => String(number)));
    scores = [...scores, ...page.items.map(({ score }) => score)];
    cursor = page.next ?? undefined;
  } while (cursor);
  expect(new Set(found).size).toBe(1000);
  expect(scores).toEqual(scores.toSorted((one, other) => other - one));
  expect(await ask(world, ada, { id: sales.id, q: "same", start: 990, limit: 30 })).toMatchObject({
    count: 10,
    next: null,
  });
  expect(await ask(world, ada, { id: sales.id, q: "same", start: 1000 })).toMatchObject({ items: [], total: 1000 });
});

test("what is rare counts more than what is frequent, and what comes often more than what comes once", async () => {
  const world = await openWorld({ documents: plainReader });
  const ada = await world.user();
  const sales = await world.assistant({ owner: ada });
  const filler = (count: number) => "filler ".repeat(count);
  const pages = Array.from({ length: 30 }, (_, index) => `plain words ${filler(20)} ${index}`);
  pages[7] = `plain rare rare rare words ${filler(18)}`;
  pages[9] = `plain rare words words words ${filler(18)}`;
  await fileOf(world, sales, { text: pages.join("\n\n\f") });
  await world.services.heavyWork.tend();
  const { items } = await ask(world, ada, { id: sales.id, q: "plain words filler rare" });
  expect(items.map(({ page }) => page)).toEqual([8, 10]);
});

throughEveryDoor("of many files, too, nothing is found or counted that only the draft has", async ({ world, get }) => {
  const { ada, ben, sales } = await searched(world);
  // More than are looked through one by one.
  for (let number = 0; number < 40; number++)
    await fileOf(world, sales, { name: `${number}.txt`, text: `part ${number}` });
  await readAll(world);
  const draft = await get(ada, "drafts.edit", { id: sales.id });
  await get(ada, "files.delete", { id: draft.id, fileId: "note.txt" });
  await fileOf(world, { id: draft.id }, { name: "hidden.txt", text: "A narwhal among invoices." });
  await readAll(world);
  const found = async (id: string, q: string, as = ben) => {
    const { items, total } = (await get(as, "files.search", { id, q })) as Page;
    return [total, ...items.map(({ file }) => file.filename)];
  };
  expect(await found(sales.id, "narwhal")).toEqual([0]);
  expect(await found(draft.id, "narwhal", ada)).toEqual([1, "hidden.txt"]);
  expect(await found(sales.id, "mail")).toEqual([1, "note.txt"]);
  expect(await found(draft.id, "mail", ada)).toEqual([0]);
  expect(await found(sales.id, "part 39")).toEqual([1, "39.txt"]);
});

throughEveryDoor("of two files with the same bytes the older one is named", async ({ world, get }) => {
  const { ben, sales } = await searched(world);
  for (const name of ["z-first.txt", "a-second.txt"]) await fileOf(world, sales, { name, text: "twins" });
  await readAll(world);
  const { items, total } = (await get(ben, "files.search", { id: sales.id, q: "twins" })) as Page;
  expect([total, ...items.map(({ file }) => file.filename)]).toEqual([1, "z-first.txt"]);
});
