import { type AssistantDocument, isStewardError, readDocument } from "@steward/core";
import { documentFile, instructionsFile, type Place } from "./layout.ts";
import type { Problem } from "./problem.ts";
import { fromFile } from "./texts.ts";
import { NotYaml, parseYaml, type Yaml } from "./yaml.ts";

/** The texts of an assistant's files, as far as they are there. */
export interface Texts {
  readonly [documentFile]: string;
  readonly [instructionsFile]?: string | undefined;
}

/** A place in a document, as Steward's errors name it (`document.skills.0.type`), with what is wrong there. */
export interface Misfit {
  readonly path: string;
  readonly message: string;
}

/** A document that has been read, and where its parts stand in its files. */
export interface Read {
  readonly place: Place;
  readonly document: AssistantDocument;
  /** Says where a server's or our own misfit is. */
  problemOf(misfit: Misfit): Problem;
}

export type Checked = { readonly read: Read } | { readonly problems: readonly Problem[] };

/** Reads the files of an assistant, and holds them against the schema. */
export function check(place: Place, texts: Texts): Checked {
  const file = `${place.path}/${documentFile}`;
  try {
    const yaml = parseYaml(texts[documentFile]);
    return checkValue(place, yaml, texts[instructionsFile]);
  } catch (error) {
    if (!(error instanceof NotYaml)) throw error;
    return { problems: [{ file, line: error.line, message: error.message }] };
  }
}

function checkValue(place: Place, yaml: Yaml, instructions: string | undefined): Checked {
  const inFile = instructions !== undefined;
  const problemOf = problemsIn(place, yaml, inFile);
  const refuse = (path: string, message: string) => ({ problems: [problemOf({ path: `document.${path}`, message })] });
  const { value } = yaml;
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return refuse("", "Must be a mapping that begins with `format: steward.assistant/1`");
  if (inFile && (value as Record<string, unknown>).instructions != null) {
    const twice = { path: "document.instructions", message: `Is in ${instructionsFile} too: keep one` };
    return { problems: [problemsIn(place, yaml, false)(twice)] };
  }
  try {
    const document = readDocument(inFile ? { ...value, instructions: fromFile(instructions) } : value);
    const { naturalId } = document;
    if (naturalId !== place.naturalId)
      return refuse("naturalId", `Is ${naturalId} in the folder of ${place.naturalId}: make one of them the other`);
    return { read: { place, document, problemOf } };
  } catch (error) {
    if (!isStewardError(error) || !error.details) throw error;
    return { problems: error.details.map(problemOf) };
  }
}

const problemsIn =
  ({ path: folder }: Place, yaml: Yaml, instructionsInFile: boolean) =>
  ({ path, message }: Misfit): Problem => {
    const within = path.replace(/^document\.?/, "");
    if (within === "instructions" && instructionsInFile)
      return { file: `${folder}/${instructionsFile}`, line: null, message };
    const [, key] = /^Unrecognized key: "([^"]+)"$/.exec(message) ?? [];
    const line = yaml.lineOf([within, key].filter(Boolean).join("."));
    return { file: `${folder}/${documentFile}`, line, message: within ? `${within}: ${message}` : message };
  };
