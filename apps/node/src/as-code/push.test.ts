import type { AssistantDocument, Imported } from "@steward/client";
import { expect, test } from "vitest";
import { Failure } from "../failure.ts";
import { temporaryFolder } from "../testing.ts";
import type { Console } from "./console.ts";
import { type PushOptions, push } from "./push.ts";
import { Refused } from "./refusal.ts";
import type { Listed, Server } from "./server.ts";
import { writeAssistant } from "./testing.ts";

/** A server that keeps names alone, and can be told to fail. */
class FakeServer implements Server {
  readonly names = new Map<string, string>();
  readonly undeletable = new Set<string>();
  fails: ((naturalId: string) => Error | undefined) | undefined;

  async list(ownerId?: string): Promise<readonly Listed[]> {
    const own = [...this.names.keys()].filter((name) => name.startsWith(`${ownerId}:`));
    return own.map((naturalId) => ({
      id: naturalId,
      naturalId,
      version: 1,
      mayDelete: !this.undeletable.has(naturalId),
    }));
  }

  async export(): Promise<unknown> {
    throw new Error("A push exports nothing");
  }

  async import({ naturalId, name }: AssistantDocument, { dryRun }: { readonly dryRun: boolean }): Promise<Imported> {
    const failure = dryRun ? undefined : this.fails?.(naturalId);
    if (failure) throw failure;
    const before = this.names.get(naturalId);
    if (!dryRun) this.names.set(naturalId, name);
    const changed = before !== name;
    const fields = changed ? [{ field: "name", before, after: name, lines: null }] : [];
    return {
      outcome: before === undefined ? "created" : changed ? "updated" : "unchanged",
      dryRun,
      id: before === undefined && dryRun ? null : naturalId,
      naturalId,
      changes: { changed, fields, skills: [], references: [], secrets: [], knowledge: [], files: [] },
      missingSecrets: [],
    };
  }

  async delete({ naturalId }: Listed): Promise<void> {
    const failure = this.fails?.(naturalId);
    if (failure) throw failure;
    this.names.delete(naturalId);
  }
}

function talk(answer: boolean | null = null) {
  const [said, noted, asked]: [string[], string[], string[]] = [[], [], []];
  const console: Console = {
    say: (text) => void said.push(text),
    note: (text) => void noted.push(text),
    confirm: async (question) => {
      asked.push(question);
      return answer;
    },
  };
  return { console, said, noted, asked };
}

function prepare(...names: readonly string[]) {
  const folder = temporaryFolder();
  for (const name of names) writeAssistant(folder, name);
  const wishes: PushOptions = {
    folder,
    url: "https://steward.example",
    only: [],
    dryRun: false,
    yes: true,
    prune: false,
    json: false,
  };
  return { server: new FakeServer(), folder, wishes };
}

test("says how far it has come when it cannot go on, and goes on from there the next time", async () => {
  const { server, wishes } = prepare("ada:a", "ada:b", "ada:c");
  server.names.set("ada:old", "old");
  const misfits = [{ path: "document.name", message: "Too long" }];
  server.fails = (name) =>
    name === "ada:b" ? new Refused("validation_failed", "The input does not fit", misfits) : undefined;
  const failing = push(server, talk().console, { ...wishes, prune: true });
  await expect(failing).rejects.toThrow(Failure);
  await expect(failing).rejects.toThrow(
    [
      "Failed: create ada:b: The input does not fit",
      "    document.name: Too long",
      "Done: create ada:a",
      "Not done: create ada:c, delete ada:old",
      "What is done stays; a second push goes on from there.",
    ].join("\n"),
  );
  expect([...server.names.keys()]).toEqual(["ada:old", "ada:a"]);
  server.fails = undefined;
  const { console, said } = talk();
  expect(await push(server, console, { ...wishes, prune: true })).toBe(0);
  expect(said[0]).toContain("2 to create, 1 to delete, 1 unchanged");
  expect([...server.names.keys()]).toEqual(["ada:a", "ada:b", "ada:c"]);
});

test("tells programs what has become of each step", async () => {
  const { server, wishes } = prepare("ada:a", "ada:b", "ada:c");
  server.fails = (name) => (name === "ada:b" ? new Failure("It is gone") : undefined);
  const { console, said } = talk();
  await expect(push(server, console, { ...wishes, json: true })).rejects.toThrow("Failed: create ada:b: It is gone");
  expect(said).toHaveLength(1);
  const { plan } = JSON.parse(said[0] ?? "") as { plan: { naturalId: string; result: string }[] };
  expect(plan.map(({ naturalId, result }) => [naturalId, result])).toEqual([
    ["ada:a", "done"],
    ["ada:b", "failed"],
    ["ada:c", "not done"],
  ]);
});

test("asks before it acts, once and only where there is something to do", async () => {
  const { server, wishes } = prepare("ada:a");
  const no = talk(false);
  await expect(push(server, no.console, { ...wishes, yes: false })).rejects.toThrow("Nothing was done.");
  expect([no.asked, server.names.size]).toEqual([["Do this at https://steward.example?"], 0]);
  await expect(push(server, talk(null).console, { ...wishes, yes: false })).rejects.toThrow("without a terminal");
  const json = talk(true);
  expect(await push(server, json.console, { ...wishes, yes: false, json: true })).toBe(0);
  expect([json.noted[0], json.asked.length, server.names.size]).toEqual([
    expect.stringContaining("create ada:a"),
    1,
    1,
  ]);
  const nothing = talk(null);
  expect(await push(server, nothing.console, { ...wishes, yes: false })).toBe(0);
  expect([nothing.asked, nothing.said]).toEqual([[], ["1 unchanged"]]);
});

test("prunes among the owners of the folder alone, and of those named alone", async () => {
  const { server, wishes } = prepare("ada:a");
  for (const name of ["ada:a", "ada:old", "ada:older", "ada:kept", "ben:other"]) server.names.set(name, name);
  server.undeletable.add("ada:kept");
  const { console, said } = talk();
  const prune = { ...wishes, prune: true };
  expect(await push(server, console, { ...prune, dryRun: true })).toBe(3);
  expect(said).toEqual([
    "delete ada:old\ndelete ada:older\nkeep   ada:kept: not in the folder, but you may not delete it\n2 to delete, 1 to keep, 1 unchanged",
  ]);
  expect(await push(server, talk().console, { ...prune, only: ["ada:old"] })).toBe(0);
  expect([...server.names.keys()]).toEqual(["ada:a", "ada:older", "ada:kept", "ben:other"]);
  await expect(push(server, talk().console, { ...wishes, only: ["ada:older"] })).rejects.toThrow(
    "Not in the folder: ada:older",
  );
  await expect(push(server, talk().console, { ...prune, only: ["ben:other"] })).rejects.toThrow(
    "Not in the folder: ben:other",
  );
  await push(server, talk().console, prune);
  expect(await push(server, talk().console, { ...prune, dryRun: true })).toBe(0);
  expect([...server.names.keys()]).toEqual(["ada:a", "ada:kept", "ben:other"]);
});

test("`only` leaves the faults of others alone", async () => {
  const { server, folder, wishes } = prepare("ada:a");
  writeAssistant(folder, "ada:b", "enabled: perhaps\n");
  writeAssistant(folder, "Ada:c");
  await expect(push(server, talk().console, wishes)).rejects.toThrow(
    /Ada\/c\/assistant\.yaml.+\n.*ada\/b\/assistant\.yaml:4: enabled/,
  );
  expect(await push(server, talk().console, { ...wishes, only: ["ada:a"] })).toBe(0);
});
