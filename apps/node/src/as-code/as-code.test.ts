import { appendFileSync, existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { type Ended, steward, temporaryFolder, type Variables } from "../testing.ts";
import { runAsCode } from "./command.ts";
import { asCode, type DemoServer, demoServer, filesIn, writeAssistant } from "./testing.ts";

const slow = { timeout: 120_000 };

const idsAt = async ({ ask }: DemoServer): Promise<string[]> =>
  ((await ask("GET", "/assistants-list")) as unknown as { naturalId: string }[])
    .map(({ naturalId }) => naturalId)
    .sort();
const versionAt = async ({ ask }: DemoServer, naturalId: string) =>
  (await ask("GET", `/assistants/${naturalId}`)).version;

/** Parts of every kind, texts that files could spoil, and one that names two others. */
async function enrich({ ask }: DemoServer) {
  const make = (name: string, more: object) => ask("POST", "/assistants", { name, ownerId: "ada", ...more });
  await make("Zebra", {
    instructions: "Two at the end.\n\n",
    welcome: "Hello,\n  you.\n",
    modelSettings: { b: 1, a: [true, null] },
  });
  await make("Windows", { instructions: "One\r\nTwo\r\n" });
  await make("Empty", { instructions: "", enabled: false });
  await make("Asks", { instructions: "Ask the zebra: 'yes' # no" });
  await ask("POST", "/assistants/ada:asks/skills", {
    type: "code-execution",
    name: "Sums",
    data: { languages: ["python"] },
  });
  await ask("POST", "/assistants/ada:asks/skills", {
    type: "assistant",
    name: "Ask Zebra",
    data: { assistantId: "ada:zebra" },
  });
  await ask("POST", "/assistants/ada:asks/references", { targetType: "assistant", targetId: "ada:windows" });
  await ask("POST", "/assistants/ada:asks/references", { targetType: "url", targetId: "https://example.com/" });
  await ask("POST", "/assistants/ada:asks/secrets", {
    name: "API_KEY",
    value: "of development",
    allowedHosts: ["example.com"],
  });
}

test("from development to production and back the files are the same", slow, async () => {
  const [development, production] = await Promise.all([demoServer(), demoServer("production")]);
  await enrich(development);
  const folder = temporaryFolder();
  const seen = await asCode(development, folder, "pull", "here", "--dry-run");
  expect([seen.code, existsSync(join(folder, "here"))]).toEqual([3, false]);
  const pulled = await asCode(development, folder, "pull", "here");
  expect([pulled.code, pulled.errors, pulled.output]).toEqual([0, "", seen.output]);
  expect(filesIn(join(folder, "here"))).toMatchObject({
    "ada/asks/assistant.yaml": expect.stringContaining("assistantId: ada:zebra"),
    "ada/zebra/instructions.md": "Two at the end.\n\n\n",
    "ada/empty/instructions.md": "\n",
    "ada/windows/assistant.yaml": expect.stringContaining('instructions: "One\\r\\nTwo\\r\\n"'),
  });
  const again = await asCode(development, folder, "pull", "here", "--dry-run");
  expect([again.code, again.output]).toEqual([0, "14 unchanged\n"]);

  const before = await idsAt(production);
  const planned = await asCode(production, folder, "push", "here", "--dry-run");
  expect([planned.code, await idsAt(production)]).toEqual([3, before]);
  expect(planned.output).toContain("create ada:asks (after ada:zebra, ada:windows)");
  const refused = await asCode(production, folder, "push", "here");
  expect([refused.code, refused.errors]).toEqual([1, expect.stringContaining("Nothing was done: nobody can be asked")]);
  expect(await idsAt(production)).toEqual(before);

  const pushed = await asCode(production, folder, "push", "here", "--yes");
  expect([pushed.code, pushed.output]).toEqual([0, expect.stringMatching(/4 to create, 10 unchanged\nDone\.\n$/)]);
  expect(pushed.errors).toBe("ada:asks needs secrets that you must set by hand: API_KEY\n");
  const secret = { name: "API_KEY", value: "of production", allowedHosts: ["example.com"] };
  await production.ask("POST", "/assistants/ada:asks/secrets", secret);
  const version = await versionAt(production, "ada:asks");
  const twice = await asCode(production, folder, "push", "here", "--dry-run");
  expect([twice.code, twice.output, twice.errors]).toEqual([0, "14 unchanged\n", ""]);
  expect((await asCode(production, folder, "push", "here")).code).toBe(0);
  expect(await versionAt(production, "ada:asks")).toBe(version);

  expect((await asCode(production, folder, "pull", "there")).code).toBe(0);
  expect(filesIn(join(folder, "there"))).toEqual(filesIn(join(folder, "here")));
  expect(JSON.stringify(filesIn(folder))).not.toMatch(/of (?:development|production)/);
});

test("a pull writes what differs, and prunes when it is told to", slow, async () => {
  const server = await demoServer();
  const folder = temporaryFolder();
  await asCode(server, folder, "pull", "here");
  const here = join(folder, "here");
  const commented = join(here, "ada/query-helper/assistant.yaml");
  appendFileSync(commented, "# Ask the warehouse team before you change this\n");
  writeFileSync(join(here, "ada/meeting-notes/instructions.md"), "Mine\r\n");
  writeFileSync(join(here, "ada/meeting-notes/notes.txt"), "mine");
  await server.ask("PUT", "/assistants/chloe:reply-writer", { instructions: null, welcome: "Hello" });
  await server.ask("DELETE", "/assistants/chloe:holiday-greetings");
  await server.ask("DELETE", "/assistants/ada:meeting-notes");
  writeAssistant(here, "ben:local");

  const { code, output } = await asCode(server, folder, "pull", "here");
  expect(code).toBe(0);
  expect(output.split("\n")).toEqual([
    "update  chloe:reply-writer: chloe/reply-writer/assistant.yaml, chloe/reply-writer/instructions.md",
    ...["ada:meeting-notes", "ben:local", "chloe:holiday-greetings"].map(
      (name) => `leave   ${name}: not on the server, or not yours to see; --prune removes its files`,
    ),
    "1 to update, 3 to leave, 7 unchanged",
    "",
  ]);
  expect(readFileSync(commented, "utf8")).toContain("# Ask the warehouse team");
  expect(existsSync(join(here, "chloe/reply-writer/instructions.md"))).toBe(false);

  const one = await asCode(server, folder, "pull", "here", "--prune", "--only", "ada:meeting-notes", "--json");
  expect(JSON.parse(one.output)).toMatchObject({
    changes: true,
    plan: [{ naturalId: "ada:meeting-notes", action: "remove" }],
  });
  expect(Object.keys(filesIn(join(here, "ada/meeting-notes")))).toEqual(["notes.txt"]);
  expect(existsSync(join(here, "ben/local/assistant.yaml"))).toBe(true);
  expect((await asCode(server, folder, "pull", "here", "--prune")).code).toBe(0);
  expect(existsSync(join(here, "ben"))).toBe(false);
  expect(existsSync(join(here, "chloe/holiday-greetings"))).toBe(false);
  expect((await asCode(server, folder, "pull", "here", "--prune", "--dry-run")).code).toBe(0);
});

test("a token reaches as far as its user, and says what it had to leave out", slow, async () => {
  const server = await demoServer();
  const folder = temporaryFolder();
  const ben = { url: server.url, token: await server.tokenOf("ben", "--read-only") };
  const { code, output } = await asCode(ben, folder, "pull", "here", "--json");
  const { plan } = JSON.parse(output) as { plan: { naturalId: string; action: string; reason: string | null }[] };
  const having = (action: string) => plan.filter((one) => one.action === action).map(({ naturalId }) => naturalId);
  expect(code).toBe(0);
  expect(having("create")).toEqual([
    "ada:query-helper",
    "analytics:sales-assistant",
    "analytics:strike-analyst",
    "analytics:survey-reader",
    "chloe:reply-writer",
  ]);
  expect(having("skip")).toEqual(["support:address-helper", "support:front-desk", "support:refund-guide"]);
  expect(plan.find(({ action }) => action === "skip")?.reason).toContain("level 2");
  const pushed = await asCode(ben, folder, "push", "here", "--dry-run");
  expect([pushed.code, pushed.errors]).toEqual([1, expect.stringContaining("does not reach that far")]);
  const writing = { url: server.url, token: await server.tokenOf("ada") };
  writeAssistant(join(folder, "here"), "chloe:by-ada");
  const foreign = await asCode(writing, folder, "push", "here", "--yes", "--only", "chloe:by-ada");
  expect([foreign.code, foreign.errors]).toEqual([
    1,
    "chloe/by-ada/assistant.yaml:1: You may not import it: that needs the grant assistants:create, and the right to give assistants to chloe\nNothing was done.\n",
  ]);
});

test("a push makes what is named first, and deletes only what it is told to", slow, async () => {
  const server = await demoServer();
  const folder = temporaryFolder();
  const here = join(folder, "here");
  await asCode(server, folder, "pull", "here");
  const naming = (other: string) => `skills:\n  - {type: assistant, name: Ask, data: {assistantId: "${other}"}}\n`;
  writeAssistant(here, "ada:a", `${naming("ada:b")}references:\n  - {targetType: assistant, targetId: "ada:c"}\n`);
  writeAssistant(here, "ada:b", naming("team:analytics:c"));
  writeAssistant(here, "analytics:c");
  writeAssistant(here, "ada:c", naming("ada:a"));
  const circle = await asCode(server, folder, "push", "here", "--yes");
  expect([circle.code, circle.errors]).toEqual([1, expect.stringContaining("ada:a → ada:c → ada:a")]);
  expect(await idsAt(server)).not.toContain("analytics:c");

  writeAssistant(here, "ada:c");
  const helper = join(here, "ada/query-helper/assistant.yaml");
  appendFileSync(helper, naming("ada:a"));
  writeFileSync(join(here, "ada/query-helper/instructions.md"), "Write SQL.\nExplain it.\n");
  rmSync(join(here, "ada/meeting-notes"), { recursive: true });
  rmSync(join(here, "chloe"), { recursive: true });
  const planned = await asCode(server, folder, "push", "here", "--prune", "--dry-run", "--json");
  expect(planned.code).toBe(3);
  expect(JSON.parse(planned.output)).toMatchObject({
    command: "push",
    url: server.url,
    dryRun: true,
    changes: true,
    plan: [
      { naturalId: "analytics:c", action: "create", result: "not done" },
      { naturalId: "ada:b", action: "create", waitsFor: ["analytics:c"] },
      { naturalId: "ada:c", action: "create" },
      { naturalId: "ada:a", action: "create", waitsFor: ["ada:b", "ada:c"] },
      {
        naturalId: "ada:query-helper",
        action: "update",
        changes: { fields: [{ field: "instructions" }], skills: [{ change: "added", name: "Ask" }] },
      },
      ...Array.from({ length: 6 }, () => ({ action: "unchanged", result: null })),
      { naturalId: "ada:meeting-notes", action: "delete" },
    ],
  });
  const kept = await asCode(server, folder, "push", "here", "--yes");
  expect([kept.code, await idsAt(server)]).toEqual([0, expect.arrayContaining(["ada:meeting-notes", "ada:a"])]);
  const pruned = await asCode(server, folder, "push", "here", "--yes", "--prune");
  expect([pruned.code, pruned.output]).toEqual([0, "delete ada:meeting-notes\n1 to delete, 11 unchanged\nDone.\n"]);
  const left = await idsAt(server);
  expect(left).not.toContain("ada:meeting-notes");
  expect(left).toEqual(expect.arrayContaining(["chloe:reply-writer", "chloe:holiday-greetings"]));
  expect((await asCode(server, folder, "push", "here", "--prune", "--dry-run")).code).toBe(0);

  writeFileSync(helper, readFileSync(helper, "utf8").replace("ada:a", "ada:d"));
  writeAssistant(here, "ada:d");
  const changed = await asCode(
    server,
    folder,
    "push",
    "here",
    "--dry-run",
    "--only",
    "ada:d",
    "--only",
    "ada:query-helper",
  );
  expect(changed.output).toMatch(
    /update ada:query-helper \(after ada:d\)\n {4}~ skill "Ask"\n {6}data\.assistantId: ".+" → "ada:d"\n/,
  );
  expect((await asCode(server, folder, "push", "here", "--yes")).code).toBe(0);
  expect((await asCode(server, folder, "push", "here")).output).toBe("12 unchanged\n");
});

test("a folder with faults changes nothing, and every fault has its place", slow, async () => {
  const server = await demoServer();
  const folder = temporaryFolder();
  const here = join(folder, "here");
  await asCode(server, folder, "pull", "here");
  const before = await Promise.all((await idsAt(server)).map((id) => versionAt(server, id)));
  writeAssistant(here, "ada:fine", "enabled: false\n");
  symlinkSync("/etc", join(here, "eve"));
  symlinkSync("/etc/passwd", join(here, "ada/fine/instructions.md"));
  writeFileSync(join(here, "ada/query-helper/assistant.yaml"), "name: [");
  writeFileSync(join(here, "ada/meeting-notes/instructions.md"), "a".repeat(2 * 1024 * 1024));
  writeFileSync(writeAssistant(here, "ada:twin"), readFileSync(writeAssistant(here, "ben:twin")));
  const { code, output, errors } = await asCode(server, folder, "push", "here", "--yes", "--prune");
  expect([code, output]).toEqual([1, ""]);
  expect(errors.split("\n")).toEqual([
    expect.stringMatching(/^eve: Is a symbolic link/),
    expect.stringMatching(/^ada\/fine\/instructions\.md: Is a symbolic link/),
    expect.stringMatching(/^ada\/meeting-notes\/instructions\.md: Larger than 1 MiB/),
    expect.stringMatching(/^ada\/query-helper\/assistant\.yaml:\d+: Not YAML/),
    expect.stringMatching(/^ada\/twin\/assistant\.yaml:2: naturalId: Is ben:twin in the folder of ada:twin/),
    "Nothing was done.",
    "",
  ]);
  expect(await Promise.all((await idsAt(server)).map((id) => versionAt(server, id)))).toEqual(before);
  const pulled = await asCode(server, folder, "pull", "here", "--only", "ada:query-helper");
  expect([pulled.code, readFileSync(join(here, "ada/query-helper/assistant.yaml"), "utf8")]).toEqual([
    0,
    expect.stringContaining("name: Query helper"),
  ]);

  for (const path of ["eve", "ada/fine/instructions.md", "ada/twin"]) rmSync(join(here, path), { recursive: true });
  writeAssistant(
    here,
    "ada:fine",
    "skills:\n  - type: code-execution\n    name: S\n    data:\n      languages:\n        - cobol\n",
  );
  const refused = await asCode(server, folder, "push", "here", "--yes", "--only", "ada:fine");
  expect([refused.code, refused.errors]).toEqual([
    1,
    expect.stringMatching(/^ada\/fine\/assistant\.yaml:9: skills\.0\.data\.languages\.0: /),
  ]);
});

/** What the command line does with such arguments; a process for each would take most of this file's time. */
async function withinThisProcess(args: readonly string[], variables: Variables): Promise<Ended> {
  const [input, output, errors] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const code = await runAsCode(args, variables, { input, output, errors });
  output.end();
  errors.end();
  return { code, output: await text(output), errors: await text(errors) };
}

test("exit code 2 and one line for what was called wrongly", async () => {
  const folder = temporaryFolder();
  const variables = { STEWARD_URL: "http://127.0.0.1:1", STEWARD_TOKEN: "stw_0123456789" };
  for (const [args, message] of [
    [["push"], "`push` needs one folder"],
    [["pull", "a", "b"], "`pull` needs one folder"],
    [["pull", "a", "--only", "../../etc:passwd"], "--only: ../../etc:passwd is no"],
    [["pull", "a", "--yes"], "`pull` never asks"],
    [["push", "a", "--token", "stw_0123456789"], "A token is no argument"],
    [["push", "a", "--token=stw_0123456789"], "A token is no argument"],
    [["push", "a", "--force"], "Unknown option '--force'"],
    [["push", "a", "--url", "steward"], "--url must be"],
  ] as const) {
    const { code, output, errors } = await withinThisProcess(args, variables);
    expect([code, output, errors.split("\n")[0]]).toEqual([2, "", expect.stringContaining(message)]);
    expect(errors).toContain("Exit codes:");
    expect(errors).not.toContain(variables.STEWARD_TOKEN);
  }
  expect(await steward(folder, ["push"], variables)).toMatchObject({ code: 2, output: "" });
  expect(await steward(folder, ["push", "--help"], { PORT: "wrong" })).toMatchObject({
    code: 0,
    output: expect.stringContaining("Exit codes:"),
  });
  expect(await steward(folder, ["push", "none"], variables)).toMatchObject({ code: 1, errors: "There is no none\n" });
  expect(await steward(folder, ["push", "."], variables)).toMatchObject({
    code: 1,
    errors: "There is no <owner>/<slug>/assistant.yaml in .\n",
  });
  expect(await steward(folder, ["pull", "none"], variables)).toMatchObject({
    code: 1,
    errors: expect.stringMatching(/^http:\/\/127\.0\.0\.1:1 cannot be reached: .+\n$/),
  });
  expect(existsSync(join(folder, "none"))).toBe(false);
});
