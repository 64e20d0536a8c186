import { createHash } from "node:crypto";
import { type AnyOperation, rotateSecrets, type Services, StewardError, toStewardError } from "@steward/core";
import { DatabaseError } from "@steward/db";
import { jweVault } from "@steward/vault";
import { describe, expect, test } from "vitest";
import { openApp, origin } from "./app.ts";
import type { Presented } from "./arrange.ts";
import { databaseFiles, newCanary, scannerOf, tell } from "./canary-scan.ts";
import { arrangeCanary, goodInput, type Things } from "./canary-world.ts";
import { type Answer, type DoorName, doorNames, doors, headersFor } from "./doors.ts";
import { everyOperation, methodOf, type OperationName, pathOf } from "./operations.ts";
import { openWorld, type World } from "./world.ts";

type Input = Readonly<Record<string, unknown>>;

/** A world that holds the canary, and all that was ever said in it. */
async function watched() {
  const canary = newCanary();
  const world = await openWorld({ fresh: true });
  const things = await arrangeCanary(world, canary);
  const said: { readonly where: string; readonly what: string }[] = [];
  const say = (where: string, what: unknown) => void said.push({ where, what: tell(what) });

  async function ask(
    door: DoorName,
    as: Presented,
    name: OperationName,
    input: Input,
    within = world,
  ): Promise<Answer> {
    try {
      const answer = await doors[door](within, as, name, input);
      say(`the answer to ${name} through ${door}`, answer);
      return answer;
    } catch (error) {
      say(`the error of ${name} through ${door}`, toStewardError(error));
      return { ok: false, status: 500, code: "internal", details: [], headers: new Headers(), body: "" };
    }
  }

  async function send(url: string, method: string, body: string): Promise<void> {
    const headers = { ...headersFor(things.ada), "content-type": "application/json" };
    const response = await world.app.fetch(new Request(`${origin}${url}`, { method, headers, body }));
    say(`the answer to a broken body at ${url}`, [await response.text(), response.headers]);
  }

  /** Where it is found, and in which form. */
  async function leaks(): Promise<string[]> {
    await world.settle();
    const { look } = scannerOf(canary);
    const everywhere = [
      ...said,
      { where: "the log", what: world.lines.join("\n") },
      { where: "what was logged as errors", what: tell(world.logged) },
      { where: "a statement", what: tell(world.trips) },
      ...databaseFiles(world.path).map(({ name, bytes }) => ({ where: name, what: bytes })),
    ];
    return everywhere.flatMap(({ where, what }) => look(what).map((form) => `${form} in ${where}`));
  }

  return { canary, world, things, ask, send, leaks };
}

/** Over the same database, but with other services. */
const changed = (world: World, services: Partial<Services>): World => {
  const all = { ...world.services, ...services };
  return { ...world, services: all, app: openApp(all) };
};

/** Fails whatever it is asked, and quotes it. */
const quoting = {
  executor: {
    batch: (statements: unknown) => Promise.reject(new DatabaseError("SQLITE_ERROR", `near ${tell(statements)}`)),
  },
  vault: {
    currentKeyId: "broken",
    seal: (plaintext: string) => Promise.reject(new Error(`cannot seal ${plaintext}`)),
    open: (ciphertext: string) => Promise.reject(new Error(`cannot open ${ciphertext}`)),
  },
} satisfies Partial<Services>;

const httpDoors = ["rest", "trpc"] as const;
const hasBody = (operation: AnyOperation) => ["POST", "PUT"].includes(methodOf(operation));

type Watched = Awaited<ReturnType<typeof watched>>;

/** Requests that hold the canary and must be refused. */
async function refusals({ canary, things, world, ask, send }: Watched, name: OperationName, good: Input) {
  const operation = everyOperation.get(name) as AnyOperation;
  const { shape } = operation.input;
  for (const door of httpDoors) {
    for (const key of Object.keys(shape)) {
      const wrong = await ask(door, things.ada, name, { ...good, [key]: canary, "no-such-key": canary });
      expect(wrong.ok, `${key} and a key that is none`).toBe(false);
    }
    if ("expectedVersion" in shape) await ask(door, things.ada, name, { ...good, expectedVersion: 99 });
    await ask(door, things.ada, name, good, changed(world, { executor: quoting.executor }));
    if ("value" in shape) await ask(door, things.ada, name, good, changed(world, { vault: quoting.vault }));
  }
  // Where bytes are sent, they are data, and kept.
  if (!hasBody(operation) || operation.bytes !== undefined) return;
  const path = pathOf(operation).replaceAll(/{(\w+)}/g, (_, key: string) => encodeURIComponent(String(good[key])));
  for (const broken of [`{"value":${canary}}`, `{"value":"${canary}`, canary, JSON.stringify([canary])]) {
    await send(`/api${path}`, methodOf(operation), broken);
    await send(`/trpc/${name}`, "POST", broken);
    await send(`/trpc/${name}?batch=1`, "POST", `{"0":{"json":${broken}}}`);
  }
}

/** What else holds it, by operation: things that an input takes whole and looks into. */
const further: Partial<Record<OperationName, (canary: string, things: Things) => readonly Input[]>> = {
  "secrets.create": (value) => [
    { name: "BAD NAME", value },
    { name: "API_KEY", value },
    { name: value, value: "x" },
    { value: value.padEnd(70_000, value) },
    { value: [value] },
    { value: { value } },
    { allowedHosts: [value] },
  ],
  "secrets.update": (value) => [
    { name: "OTHER", value },
    { secretId: "none", value },
    { value: "", description: value.padEnd(5000, value) },
  ],
  "assistants.import": (value, { keys }) => {
    const secrets = [{ name: "API_KEY", value }];
    return [
      { document: { ...(keys.document as object), secrets } },
      { document: `name: Sales\nsecrets:\n  - name: API_KEY\n    value: ${value}\n  bad: [` },
      { document: `secrets: "${value}` },
      { document: `secrets: !${value}` },
      { document: JSON.stringify({ secrets }) },
    ];
  },
  "skills.create": (value) => [{ type: "custom", data: { url: "no address", headers: { "x key": value } } }],
};

describe("a secret is found nowhere after", () => {
  test.each([...everyOperation.keys()])("%s", async (name) => {
    const operation = everyOperation.get(name) as AnyOperation;
    const all = await watched();
    const { canary, things, world, ask, leaks } = all;
    const good = goodInput(name, operation, things);
    await refusals(all, name, good);
    for (const wrong of further[name]?.(canary, things) ?? []) {
      for (const door of httpDoors) expect((await ask(door, things.ada, name, { ...good, ...wrong })).ok).toBe(false);
    }
    // Signing in is slowed down by now.
    await world.rows("delete from sign_in_attempts");
    const answer = await ask("rest", things.ada, name, good);
    if (!answer.ok) throw new Error(`${name} is to succeed with what canary-world.ts says: ${tell([good, answer])}`);
    const others = [things.ada, things.cleo, things.stranger, null, { bearer: `stw_${canary}` }];
    for (const door of doorNames) for (const as of others) await ask(door, as, name, good);
    expect(await leaks()).toEqual([]);
  });
});

test("nor after everything has been encrypted with another key", async () => {
  const { world, leaks } = await watched();
  const vault = jweVault([{ id: "newer", key: crypto.getRandomValues(new Uint8Array(32)) }]);
  const both = { ...vault, open: world.services.vault.open };
  const { keys } = await rotateSecrets({ ...world.services, vault: both }, (count) => expect(count).toBe(4));
  expect(keys).toEqual([{ keyId: "newer", secrets: 4 }]);
  expect(await leaks()).toEqual([]);
});

describe("what looks for it would find it", () => {
  test("in an answer, in the log, in a statement, and in the database's files", async () => {
    const { canary, world, things, ask, leaks } = await watched();
    await ask("rest", things.ada, "assistants.update", { id: things.rows.assistant, description: canary });
    world.services.log.info("careless", { canary });
    const found = await leaks();
    expect(found).toContain("plain in the answer to assistants.update through rest");
    expect(found).toContain("plain in the log");
    expect(found).toContain("plain in a statement");
    expect(found.some((where) => where.startsWith("plain in the database's file"))).toBe(true);
  });

  test("in an error of ours, and in what has caused another's", () => {
    const canary = newCanary();
    const { look } = scannerOf(canary);
    const ours = new StewardError("conflict", { message: canary });
    expect([look(tell(ours)), look(tell(new Error("x", { cause: new Error(canary) })))]).toEqual([
      ["plain"],
      ["plain"],
    ]);
  });

  const escaped = (canary: string) => Buffer.from(canary).toString("hex").toUpperCase().replaceAll(/../g, "%$&");
  test.each<[form: string, encode: (canary: string) => string | Uint8Array]>([
    ["plain", (canary) => `${canary.slice(3, 22)} ...`],
    ["plain", (canary) => encodeURIComponent(canary)],
    ["plain", (canary) => JSON.stringify(JSON.stringify({ value: canary }))],
    ["base64", (canary) => Buffer.from(`ab${canary}c`).toString("base64")],
    ["base64", (canary) => Buffer.from(`a${canary}`).toString("base64")],
    ["base64url", (canary) => Buffer.from(`{"value":"${canary}"}`).toString("base64url")],
    ["hex", (canary) => Buffer.from(canary).toString("hex")],
    ["hex", (canary) => Buffer.from(canary).toString("hex").toUpperCase()],
    ["URL-encoded", escaped],
    ["UTF-16", (canary) => Buffer.from(`x${canary}`, "utf16le")],
    ["SHA-256", (canary) => createHash("sha256").update(canary).digest("hex")],
  ])("as %s", (form, encode) => {
    const canary = newCanary();
    expect(scannerOf(canary).look(encode(canary))).toContain(form);
    expect(scannerOf(newCanary()).look(encode(canary))).toEqual([]);
  });
});
