import { StewardError } from "@steward/core";
import { expect, test } from "vitest";
import { doors } from "./doors.ts";
import { throughEveryDoor } from "./every-door.ts";
import { expectSuccess } from "./expectations.ts";
import { objectsOf, sha256 } from "./files-world.ts";
import { drawWith, type Pictured, pictured, pngOf, sizeOfPng } from "./pictures-world.ts";
import { specify } from "./specify.ts";
import { openWorld, type World } from "./world.ts";

const prompt = "a red square";

/** Pictured, with a picture that Cleo has had drawn for Sales and one of her own. */
async function drawn(world: World) {
  const things = await pictured(world);
  const { cleo, sales } = things;
  const size = "64x64";
  const ofSales = expectSuccess(
    await doors.core(world, cleo, "images.createForAssistant", { id: sales.id, prompt, size }),
  ) as { readonly id: string };
  const own = expectSuccess(await doors.core(world, cleo, "images.create", { prompt: "another", size })) as {
    readonly id: string;
  };
  await world.settle();
  await world.rows("delete from audit");
  return { ...things, ofSales, own };
}

const badOrders = [
  { input: { prompt: "" }, at: "prompt" },
  { input: { prompt: "x".repeat(4001) }, at: "prompt" },
  { input: { size: "0x64" }, at: "size" },
  { input: { size: "64x4096" }, at: "size" },
  { input: { size: "64" }, at: "size" },
  { input: { model: "a model\n" }, at: "model" },
];

specify("images.create", {
  arrange: pictured,
  as: ({ cleo }) => cleo,
  input: () => ({ prompt, size: "128x64" }),
  status: 201,
  gives: { assistantId: null, prompt, model: "painter", size: "128x64", permissions: { delete: true }, version: 1 },
  async after(world, { orders }, value) {
    const { id, url } = value as { id: string; url: string };
    expect(orders).toEqual([{ prompt, model: undefined, width: 128, height: 64 }]);
    expect(url).toBe(`/api/images/${id}`);
    const [[hash, type, uses] = []] = await world.rows(
      "select i.hash, i.content_type, b.uses from images i join blobs b on b.hash = i.hash",
    );
    expect([type, uses]).toEqual(["image/png", 1]);
    // Not the model's own bytes: they are encoded anew.
    expect(hash).not.toBe(sha256(pngOf(128, 64)));
  },
  bad: badOrders,
  also: [
    {
      title: "names another model",
      input: () => ({ prompt, model: "org/other:1" }),
      gives: { model: "org/other:1", size: "1024x1024" },
    },
    {
      title: "503 without a model",
      arrange: async (world) => drawWith(world, null),
      refuses: "model_not_configured",
    },
    {
      title: "502 for a model that draws no picture",
      arrange: async (world) => drawWith(world, async () => ({ bytes: new Uint8Array([1, 2, 3]), model: "painter" })),
      refuses: "upstream_failed",
      after: async (world) => expect(await objectsOf(world)).toEqual([]),
    },
    {
      title: "409 for one too many",
      arrange: (world, { cleo }: Pictured) =>
        world.rows("insert into blobs (hash, key, size, created_at) values ('h', 'k', 1, 1)").then(() =>
          world.rows(
            `with recursive n(i) as (select 1 union all select i + 1 from n where i < 1000)
                insert into images (id, user_id, prompt, model, width, height, hash, content_type, created_at)
                select 'i' || i, ?, 'p', 'm', 1, 1, 'h', 'image/png', 1 from n`,
            cleo.id,
          ),
        ),
      refuses: "conflict",
      after: async (world) => expect(await objectsOf(world)).toEqual([]),
    },
  ],
});

specify("images.createForAssistant", {
  arrange: pictured,
  as: ({ ben }) => ben,
  input: ({ sales }) => ({ id: sales.id, prompt, size: "1024x512", setIcon: true }),
  status: 201,
  gives: ({ sales }) => ({ assistantId: sales.id, prompt, size: "1024x512" }),
  async after(world, { sales }) {
    const [[iconHash, type, version] = []] = await world.rows(
      "select icon_hash, icon_type, version from assistants where id = ?",
      sales.id,
    );
    expect([type, version]).toEqual(["image/png", 2]);
    const [[key] = []] = await world.rows("select key from blobs where hash = ?", iconHash);
    const bytes = new Uint8Array(await new Response(await world.services.blobs.get(String(key))).arrayBuffer());
    expect(sizeOfPng(bytes)).toEqual([512, 256]);
    expect(await world.rows("select details ->> 'setIcon' from audit")).toEqual([[1]]);
  },
  bad: badOrders,
  also: [
    {
      title: "draws for a reader, and leaves the assistant as it is",
      as: ({ cleo }) => cleo,
      input: ({ sales }) => ({ id: sales.id, prompt }),
      after: async (world) =>
        expect(await world.rows("select version, icon_hash from assistants")).toEqual([[1, null]]),
    },
    {
      title: "403 for a reader who wants to change the icon, before anything is drawn",
      as: ({ cleo }) => cleo,
      refuses: "forbidden",
      after: async (_, { orders }) => expect(orders).toEqual([]),
    },
    {
      title: "503 without a model",
      arrange: async (world) => drawWith(world, null),
      refuses: "model_not_configured",
    },
  ],
});

specify("images.get", {
  arrange: drawn,
  as: ({ ben }) => ben,
  input: ({ ofSales }) => ({ id: ofSales.id }),
  gives: ({ ofSales }) => ({ contentType: "image/png", filename: `${ofSales.id}.png` }),
  also: [
    { title: "404 for another's own", input: ({ own }) => ({ id: own.id }), refuses: "not_found" },
    { title: "gives one's own", as: ({ cleo }) => cleo, input: ({ own }) => ({ id: own.id }) },
    {
      title: "gives its maker what it has drawn for an assistant that it may read no more",
      arrange: (world) => world.rows("delete from shares"),
      as: ({ cleo }) => cleo,
    },
    {
      title: "404 for whoever may read the assistant no more",
      arrange: (world) => world.rows("delete from shares"),
      refuses: "not_found",
    },
  ],
});

specify("images.list", {
  arrange: drawn,
  as: ({ cleo }) => cleo,
  input: () => ({}),
  gives: ({ own, ofSales, sales }) => ({
    items: [
      { id: own.id, assistantId: null, permissions: { delete: true } },
      { id: ofSales.id, assistantId: sales.id, prompt },
    ],
    total: 2,
    next: null,
  }),
  bad: [{ input: { limit: 201 }, at: "limit" }],
  also: [
    {
      title: "pages",
      input: () => ({ limit: 1 }),
      gives: ({ own }) => ({ items: [{ id: own.id }], next: expect.any(String) }),
    },
    { title: "has nobody else's", as: ({ ada }) => ada, gives: { items: [], total: 0 } },
  ],
});

specify("images.listOfAssistant", {
  arrange: drawn,
  as: ({ ben }) => ben,
  input: ({ sales }) => ({ id: sales.id }),
  gives: ({ ofSales }) => ({ items: [{ id: ofSales.id, permissions: { delete: true } }], total: 1 }),
  bad: [{ input: { limit: 0 }, at: "limit" }],
});

specify("images.delete", {
  arrange: drawn,
  as: ({ ben }) => ben,
  input: ({ ofSales }) => ({ id: ofSales.id }),
  status: 204,
  below: async (world, { sales }) => {
    const dan = await world.user({ name: "dan" });
    await world.share(sales, dan, 1);
    return dan;
  },
  async after(world, { own }) {
    expect(await world.rows("select id from images")).toEqual([[own.id]]);
    expect(await world.rows("select uses from blobs order by uses")).toEqual([[1]]);
  },
  also: [{ title: "is its maker's as well", as: ({ cleo }) => cleo }],
});

throughEveryDoor("pictures that were drawn for a draft go along with it", async ({ world, get, refuses }) => {
  const { ada, cleo, sales } = await pictured(world);
  const draft = await get(ada, "drafts.edit", { id: sales.id });
  const { id } = await get(ada, "images.createForAssistant", { id: draft.id, prompt, size: "64x64", setIcon: true });
  await refuses("not_found", cleo, "images.get", { id });
  expect(await world.rows("select icon_hash from assistants where id = ?", sales.id)).toEqual([[null]]);
  await get(ada, "drafts.commit", { id: sales.id });
  await get(cleo, "images.get", { id });
  expect((await get(cleo, "images.listOfAssistant", { id: sales.id })).items).toMatchObject([{ id }]);
  expect(await world.rows("select icon_type from assistants")).toEqual([["image/png"]]);
});

throughEveryDoor("what the model's provider says is for nobody to read", async ({ world, ask }) => {
  const { cleo } = await pictured(world);
  drawWith(world, () => Promise.reject(new StewardError("upstream_failed", { cause: new Error("key sk-secret") })));
  const answer = await ask(cleo, "images.create", { prompt });
  expect(answer).toMatchObject({ ok: false, status: 502, code: "upstream_failed" });
  expect(JSON.stringify(answer)).not.toContain("sk-secret");
});

test("a user has two pictures drawn at once, and others still have theirs", async () => {
  const world = await openWorld();
  const { ada, cleo } = await pictured(world);
  const { promise, resolve } = Promise.withResolvers<void>();
  drawWith(world, async () => {
    await promise;
    return { bytes: pngOf(8, 8), model: "painter" };
  });
  const create = (as: Pictured["ada"]) => doors.core(world, as, "images.create", { prompt });
  const two = [create(cleo), create(cleo)];
  await new Promise((done) => setTimeout(done, 100));
  expect(await create(cleo)).toMatchObject({ ok: false, code: "rate_limited" });
  const other = create(ada);
  await new Promise((done) => setTimeout(done, 50));
  resolve();
  for (const answer of await Promise.all([...two, other])) expectSuccess(answer);
  expectSuccess(await create(cleo));
});

test("nothing is asked of the database while a model draws", async () => {
  const world = await openWorld();
  const { cleo } = await pictured(world);
  let during = -1;
  drawWith(world, async () => {
    const { trips } = await world.countTrips(() => new Promise((done) => setTimeout(done, 20)));
    during = trips;
    // Others write meanwhile.
    await world.rows("update users set enabled = enabled");
    return { bytes: pngOf(8, 8), model: "painter" };
  });
  expectSuccess(await doors.core(world, cleo, "images.create", { prompt }));
  expect(during).toBe(0);
});

test("one who may only chat changes no icon, and one who may write does", async () => {
  const world = await openWorld();
  const { ada, sales, orders } = await pictured(world);
  const input = { id: sales.id, prompt, size: "64x64", setIcon: true };
  const chats = await world.token(ada, { scopes: ["read", "chat"] });
  expect(await doors.core(world, chats, "images.createForAssistant", input)).toMatchObject({ code: "forbidden" });
  expect(orders).toEqual([]);
  expectSuccess(await doors.core(world, await world.token(ada), "images.createForAssistant", input));
});

test("who may not change the icon any more when the picture is drawn keeps neither", async () => {
  const world = await openWorld();
  const { ben, sales } = await pictured(world);
  drawWith(world, async () => {
    await world.rows("update shares set level = 1 where principal_id = ?", ben.id);
    return { bytes: pngOf(8, 8), model: "painter" };
  });
  const input = { id: sales.id, prompt, setIcon: true };
  expect(await doors.core(world, ben, "images.createForAssistant", input)).toMatchObject({ code: "forbidden" });
  expect(await world.rows("select (select count(*) from images), (select icon_hash from assistants)")).toEqual([
    [0, null],
  ]);
  expect(await objectsOf(world)).toEqual([]);
});
