import { type Checked, check, type Read } from "./check.ts";
import { eachOf } from "./each-of.ts";
import type { Folder } from "./folder.ts";
import { documentFile, fileNames, instructionsFile, type Place, placeOf } from "./layout.ts";
import type { Problem } from "./problem.ts";

export interface FolderRead {
  /** All that are in the folder, wanted or not. */
  readonly places: readonly Place[];
  /** Those that are wanted and fit the schema. */
  readonly reads: readonly Read[];
  readonly problems: readonly Problem[];
}

/** Reads the folder's assistants, or `only` those, and holds them against the schema. */
export async function readFolder(folder: Folder, only: readonly string[]): Promise<FolderRead> {
  const { places, problems } = await folder.assistants();
  const wanted = places.filter(({ naturalId }) => only.length === 0 || only.includes(naturalId));
  const checked = await eachOf(wanted, (place) => readOne(folder, place));
  return {
    places,
    reads: checked.flatMap((one) => ("read" in one ? [one.read] : [])),
    problems: [
      ...problems.filter(({ file }) => only.length === 0 || only.some((name) => liesOnWay(file, name))),
      ...checked.flatMap((one) => ("problems" in one ? one.problems : [])),
    ],
  };
}

/** Whether a file or folder is one of the assistant's, or one above them. */
function liesOnWay(file: string, naturalId: string): boolean {
  const [one, other] = [`${file}/`, `${placeOf(naturalId).path}/`];
  return one.startsWith(other) || other.startsWith(one);
}

async function readOne(folder: Folder, place: Place): Promise<Checked> {
  const contents = await Promise.all(fileNames.map((name) => folder.content(place, name)));
  const problems = contents.flatMap((content, index) =>
    "unreadable" in content
      ? [{ file: `${place.path}/${fileNames[index]}`, line: null, message: content.unreadable }]
      : [],
  );
  if (problems.length > 0) return { problems };
  const [yaml = "", instructions] = contents.map((content) => ("text" in content ? content.text : undefined));
  return check(place, { [documentFile]: yaml, [instructionsFile]: instructions });
}
