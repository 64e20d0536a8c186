import { join } from "node:path";
import ts from "typescript-5";

/** A program as somebody types it; each name between comment signs marks a place where an editor is asked. */
const program = `
import { createStewardClient, errorOf, type Assistant } from "@steward/client";
const client = createStewardClient({ url: "https://steward.example" });
const made = client.assistants./*create*/create.mutate({ name: "x", /*slug*/slug: "x", /*inputs*/ });
const one: Assistant = await made;
one./*moment*/createdAt.getTime();
client./*groups*/assistants./*procedures*/list.query();
switch (errorOf(one)?.code) {
  case "/*codes*/":
}
`;

interface Expectation {
  readonly at: string;
  /** What hovering over the place must show. */
  readonly shows?: readonly RegExp[];
  /** What completing there must offer. */
  readonly offers?: readonly string[];
}

const expectations: readonly Expectation[] = [
  { at: "create", shows: [/Create an assistant/, /assistants:create/, /validation_failed/, /POST \/api\/assistants/] },
  { at: "slug", shows: [/slug\?: string/, /natural id/, /1 to 63/] },
  { at: "moment", shows: [/createdAt: Date/, /millisecond/] },
  { at: "inputs", offers: ["description", "instructions", "ownerId", "suggestions"] },
  { at: "groups", offers: ["assistants", "session"] },
  { at: "procedures", offers: ["create", "delete", "get", "list", "update"] },
  { at: "codes", offers: ["version_mismatch", "not_found", "validation_failed"] },
];

/** Asks TypeScript's language service, in a folder with the client installed, what an editor would. Throws if it knows less than it should. */
export function checkEditor(folder: string): void {
  const file = join(folder, "src/editor.ts");
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(join(folder, "tsconfig.json"), ts.sys.readFile).config,
    ts.sys,
    folder,
  );
  const service = ts.createLanguageService({
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
    realpath: (name) => ts.sys.realpath?.(name) ?? name,
    getCompilationSettings: () => options,
    getScriptFileNames: () => [file],
    getScriptVersion: () => "1",
    getScriptSnapshot: (name) => {
      const text = name === file ? program : ts.sys.readFile(name);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    fileExists: (name) => name === file || ts.sys.fileExists(name),
    readFile: (name) => (name === file ? program : ts.sys.readFile(name)),
    getCurrentDirectory: () => folder,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
  });
  for (const { at, shows = [], offers = [] } of expectations) {
    const position = program.indexOf(`/*${at}*/`) + at.length + 4;
    const info = service.getQuickInfoAtPosition(file, position);
    const shown = [ts.displayPartsToString(info?.displayParts), ts.displayPartsToString(info?.documentation)].join(
      "\n",
    );
    const offered =
      service
        .getCompletionsAtPosition(file, at === "codes" ? position - at.length - 4 : position, {})
        ?.entries.map(({ name }) => name) ?? [];
    const missing = [
      ...shows.filter((text) => !text.test(shown)).map(String),
      ...offers.filter((name) => !offered.includes(name)),
    ];
    if (missing.length > 0)
      throw new Error(
        `At ${at} an editor misses ${missing.join(", ")}; it shows:\n${shown}\n${offered.slice(0, 50).join(" ")}`,
      );
    console.log(
      `editor: ${at} ${shows.length > 0 ? "is documented" : `completes to ${offered.length}: ${offered.slice(0, 8).join(", ")} ...`}`,
    );
  }
}
