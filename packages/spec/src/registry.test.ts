import { readdirSync, readFileSync } from "node:fs";
import { errors } from "@steward/core";
import { describe, expect, test } from "vitest";
import { document } from "./app.ts";
import { everyOperation, isRead, methodOf, pathOf } from "./operations.ts";

/** The names for which some file of this folder calls `specify`. */
function specified(): string[] {
  const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith(".test.ts"));
  return files.flatMap((name) => {
    const text = readFileSync(`${import.meta.dirname}/${name}`, "utf8");
    return [...text.matchAll(/^specify\("([\w.]+)", \{/gm)].map(([, operation = ""]) => operation);
  });
}

test("every operation is specified, once", () => {
  expect(specified().toSorted()).toEqual([...everyOperation.keys()].toSorted());
});

test("no address is given twice", () => {
  const shape = (http: string) => http.replaceAll(/{\w+}/g, "{}");
  const addresses = [...everyOperation.values()].flatMap(({ http, aliases = [] }) => [http, ...aliases].map(shape));
  expect(addresses.filter((address, index) => addresses.indexOf(address) !== index)).toEqual([]);
});

/** Those that make something and cannot be sent again as the same request, and why. */
const sentOnce: Readonly<Record<string, string>> = {
  "session.login": "the answer lets one in",
  "session.logout": "makes nothing",
  "tokens.create": "the answer holds the token",
  "secrets.create": "the request holds the secret",
  "seats.give": "gives the same seat again",
};

test("what creates can be sent again", () => {
  const last = (path: string) => path.slice(path.lastIndexOf("/") + 1);
  const creates = (path: string) => !last(path).startsWith("_") || /^_(copy|import)$/.test(last(path));
  const posts = [...everyOperation].filter(([, one]) => methodOf(one) === "POST" && creates(pathOf(one)));
  const once = posts.filter(([, { input }]) => !("idempotencyKey" in input.shape)).map(([name]) => name);
  expect(once.toSorted()).toEqual(Object.keys(sentOnce).toSorted());
});

/** Those that ask for so much that it stands in a body, and change nothing: what they need instead of writing. */
const asking: Readonly<Record<string, string>> = {
  "images.create": "chat",
  "images.createForAssistant": "chat",
  "records.query": "read",
  "skills.run": "chat",
};

describe.each([...everyOperation])("%s", (name, operation) => {
  const { needs, input, summary, trips, rel, items, bare, status } = operation;
  const declared = operation.errors ?? [];

  test("is described in one line", () => {
    expect(summary).toMatch(/^[A-Z].{8,118}[^.]$/);
    expect(document).toMatchObject({
      paths: { [pathOf(operation)]: { [methodOf(operation).toLowerCase()]: { operationId: name, summary } } },
    });
  });

  test("names in its input the row that it needs a level on", () => {
    if (needs.on) expect(Object.keys(input.shape)).toContain(needs.on.resource.key);
  });

  test("takes in its input what its path names", () => {
    const parameters = [...pathOf(operation).matchAll(/{(\w+)}/g)].map(([, key]) => key);
    expect(Object.keys(input.shape)).toEqual(expect.arrayContaining(parameters));
  });

  test("declares its errors", () => {
    for (const code of declared) expect(Object.keys(errors)).toContain(code);
    if ("expectedVersion" in input.shape) expect(declared).toContain("version_mismatch");
    if ("idempotencyKey" in input.shape) expect(declared).toContain("conflict");
    if ("idempotencyKey" in input.shape) expect(declared).not.toContain("version_mismatch");
    if (declared.includes("version_mismatch")) expect(Object.keys(input.shape)).toContain("expectedVersion");
  });

  test("asks for what fits its kind", () => {
    expect(needs.permission).not.toBe("");
    if (isRead(operation)) expect(needs.scope).toBe("read");
    else if (needs.credential === "any" || needs.credential === "session")
      expect(needs.scope).toBe(asking[name] ?? "write");
    if (needs.assistantTokens && needs.on) expect(needs.on.resource.assistant).toBeDefined();
  });

  test("says why, where it takes more than one trip", () => {
    if (!trips) return;
    expect(trips.most).toBeGreaterThan(1);
    expect(trips.because.length).toBeGreaterThan(20);
  });

  test("is shown as the contract says", () => {
    for (const relation of [rel, items?.rel]) if (relation !== undefined) expect(relation).toMatch(/^inf:[a-z-]+$/);
    if (bare || items) expect(methodOf(operation)).toBe("GET");
    if (methodOf(operation) === "GET") expect(status ?? 200).toBe(200);
  });
});
