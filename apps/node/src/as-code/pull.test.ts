import { readDocument } from "@steward/core";
import { expect, test } from "vitest";
import { temporaryFolder } from "../testing.ts";
import type { Console } from "./console.ts";
import { pull } from "./pull.ts";
import { Refused } from "./refusal.ts";
import type { Server } from "./server.ts";
import { filesIn } from "./testing.ts";

const quiet: Console = { say: () => undefined, note: () => undefined, confirm: async () => null };

const documentOf = (naturalId: string) => ({ format: "steward.assistant/1", naturalId, name: "Sales" });

/** A server that lists these, and exports whatever is given for each. */
function serverOf(exported: Readonly<Record<string, unknown>>): Server {
  const never = async () => {
    throw new Error("A pull changes nothing");
  };
  return {
    list: async () =>
      Object.keys(exported).map((naturalId) => ({ id: naturalId, naturalId, version: 1, mayDelete: true })),
    async export(naturalId) {
      const given = exported[naturalId];
      if (given instanceof Error) throw given;
      return given;
    },
    import: never,
    delete: never,
  };
}

const options = { only: [], prune: false, dryRun: false, json: false };

test.each([
  [
    "a path instead of a natural id",
    { "../../etc:passwd": documentOf("../../etc:passwd") },
    "none that this version reads",
  ],
  ["another assistant's document", { "ada:sales": documentOf("ada:other") }, "with a document of ada:other"],
  [
    "a document of another format",
    { "ada:sales": { ...documentOf("ada:sales"), format: "steward.assistant/2" } },
    "document.format",
  ],
  ["no document", { "ada:sales": null }, "none that this version reads"],
  [
    "an error of its own",
    { "ada:sales": new Refused("internal", "Something broke (r-1)") },
    "ada:sales: Something broke (r-1)",
  ],
])("a server that answers %s is not believed, and nothing is written", async (_, exported, message) => {
  const folder = temporaryFolder();
  const all = { "ada:fine": documentOf("ada:fine"), ...exported };
  await expect(pull(serverOf(all), quiet, { ...options, folder })).rejects.toThrow(message);
  expect(filesIn(folder)).toEqual({});
});

test("what has gone since it was listed is not there", async () => {
  const folder = temporaryFolder();
  const server = serverOf({
    "ada:sales": documentOf("ada:sales"),
    "ada:gone": new Refused("not_found", "No such thing"),
  });
  expect(await pull(server, quiet, { ...options, folder })).toBe(0);
  expect(Object.keys(filesIn(folder))).toEqual(["ada/sales/assistant.yaml", "assistant-document.schema.json"]);
  await expect(pull(server, quiet, { ...options, folder, only: ["ada:gone"] })).rejects.toThrow(
    "Not on the server, or not yours to see: ada:gone",
  );
});

test("what an export could not bring is told, but for what none brings", async () => {
  const folder = temporaryFolder();
  const said: string[] = [];
  const leftBehind = ["values of secrets", "natural ids of 2 assistants that you cannot see"];
  const server = serverOf({ "ada:sales": readDocument({ ...documentOf("ada:sales"), leftBehind }) });
  await pull(server, { ...quiet, say: (text) => void said.push(text) }, { ...options, folder });
  expect(said[0]?.split("\n")).toEqual([
    "write   assistant-document.schema.json",
    "create  ada:sales: ada/sales/assistant.yaml",
    "        left behind: natural ids of 2 assistants that you cannot see",
    "1 to create, 0 unchanged",
  ]);
});
