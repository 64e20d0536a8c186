import superjson from "superjson";
import { expect, test } from "vitest";
import { isUpload, type TrpcRequestContext } from "./index.ts";
import { filesAndTicks } from "./testing/files.ts";
import { dataOf, post, read, url } from "./testing/requests.ts";
import { openWorld } from "./testing/world.ts";

/** The whole body as the bytes: what a form holds is for whoever reads it to find out. */
function reader() {
  const read: string[] = [];
  const readUpload: TrpcRequestContext["readUpload"] = async ({ bytes = "" }, { body }) => {
    read.push("opened");
    return { input: { note: "x", [bytes]: { stream: body } }, release: () => void read.push("released") };
  };
  return { read, readUpload };
}

const formOf = (text: string) => {
  const form = new FormData();
  form.set("file", new File([text], "a.csv"));
  return form;
};
const upload = (name: string, body: BodyInit = formOf("a,b")) =>
  new Request(`${url}/${name}`, { method: "POST", body });

test("a form is read as it comes, by whoever can", async () => {
  const world = await openWorld();
  const { read: seen, readUpload } = reader();
  const response = await world.handle(upload("files.receive"), null, { readUpload }, filesAndTicks);
  const answer = superjson.deserialize((await read(response)).result?.data as never);
  expect(answer).toEqual({ note: "x", length: expect.any(Number), at: new Date(0) });
  expect(seen).toEqual(["opened", "released"]);
});

test("what is not read is let go of when the caller is turned away, and not opened for nobody", async () => {
  const world = await openWorld();
  const { read: seen, readUpload } = reader();
  const call = (as: string | null) => world.handle(upload("files.guarded"), as, { readUpload }, filesAndTicks);
  expect([(await call(null)).status, seen]).toEqual([401, []]);
  expect([(await call("stranger")).status, seen]).toEqual([401, ["opened", "released"]]);
});

test("only a form will do, and only where bytes are taken", async () => {
  const world = await openWorld();
  const { readUpload } = reader();
  const call = (request: Request) => world.handle(request, "ada", { readUpload }, filesAndTicks);
  const asJson = await call(post("files.receive", superjson.serialize({ note: "x" })));
  expect([asJson.status, await dataOf(asJson)]).toMatchObject([415, { cause: { code: "unsupported_media_type" } }]);
  const inBatch = await call(post("files.receive,files.receive?batch=1", {}));
  expect(inBatch.status).toBe(415);
  const elsewhere = await world.handle(upload("assistants.create"), "ada", { readUpload });
  expect(elsewhere.status).toBe(415);
});

test("is known by its operation, its method and its type", () => {
  const is = (request: Request) => isUpload(request, filesAndTicks);
  expect(is(upload("files.receive"))).toBe(true);
  expect(is(upload("files.receive?batch=1"))).toBe(true);
  expect(is(upload("files.receive,files.receive"))).toBe(false);
  expect(is(upload("ticks.some"))).toBe(false);
  expect(is(upload("files.receive", "text"))).toBe(false);
  expect(is(new Request(`${url}/files.receive`, { headers: { "content-type": "multipart/form-data" } }))).toBe(false);
});
