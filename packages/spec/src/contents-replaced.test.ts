import { expect, test } from "vitest";
import { openApp, origin } from "./app.ts";
import { headersFor } from "./doors.ts";
import { type Filing, fileOf, filing, sha256 } from "./files-world.ts";
import { openWorld, type World } from "./world.ts";

interface Scene extends Filing {
  readonly world: World;
  readonly url: string;
}

/** A reader whose file's row is read, and to whose bytes something happens before those are: once. */
async function meanwhile(happens: (scene: Scene) => Promise<unknown>, headers: Record<string, string> = {}) {
  const world = await openWorld();
  const things = await filing(world);
  const file = await fileOf(world, things.sales, { filename: "plan.txt", content: "0123456789" });
  const url = `${origin}/api/assistants/${things.sales.id}/files/${file.id}/contents`;
  const { blobs } = world.services;
  let asked = 0;
  const racing = openApp({
    ...world.services,
    blobs: {
      ...blobs,
      async get(key, range) {
        if (++asked === 1) await happens({ world, ...things, url });
        return blobs.get(key, range);
      },
    },
  });
  const response = await racing.fetch(new Request(url, { headers: { ...headersFor(things.cleo), ...headers } }));
  return { world, response, times: () => asked };
}

async function remove({ world }: Scene) {
  await world.settle();
  await world.services.heavyWork.tend();
  expect(await world.rows("select 1 from blobs where hash = ?", sha256("0123456789"))).toEqual([]);
}

async function change(scene: Scene, method: "PUT" | "DELETE", body: string | null = null) {
  const { world, ben, url } = scene;
  const address = method === "DELETE" ? url.replace("/contents", "") : url;
  const done = await world.app.fetch(new Request(address, { method, headers: headersFor(ben), body }));
  expect(done.ok).toBe(true);
  await remove(scene);
}

const missing = (world: World) => world.lines.filter((line) => line.includes("a blob is missing"));

test("who reads a file while it is replaced gets its new bytes, and nothing is said to be missing", async () => {
  const { world, response, times } = await meanwhile((scene) => change(scene, "PUT", "new bytes"));
  expect(response.status).toBe(200);
  expect(await response.text()).toBe("new bytes");
  expect(response.headers.get("content-length")).toBe("9");
  expect(response.headers.get("etag")).toBe(`"2-${sha256("new bytes")}"`);
  expect(times()).toBe(2);
  expect(missing(world)).toEqual([]);
});

test("a part that was asked for is one of the new bytes", async () => {
  const { response } = await meanwhile((scene) => change(scene, "PUT", "new bytes"), { range: "bytes=-5" });
  expect([response.status, await response.text(), response.headers.get("content-range")]).toEqual([
    206,
    "bytes",
    "bytes 4-8/9",
  ]);
});

test("who reads a file while it is deleted finds nothing", async () => {
  const { world, response } = await meanwhile((scene) => change(scene, "DELETE"));
  expect(response.status).toBe(404);
  expect(missing(world)).toEqual([]);
});

test("bytes that the store has lost are not there, and the log says which", async () => {
  const { world, response, times } = await meanwhile(async (scene) => {
    const [[key] = []] = await scene.world.rows("select key from blobs where hash = ?", sha256("0123456789"));
    await scene.world.services.blobs.delete([String(key)]);
  });
  expect(response.status).toBe(404);
  expect(times()).toBe(1);
  expect(missing(world)).toHaveLength(1);
});
