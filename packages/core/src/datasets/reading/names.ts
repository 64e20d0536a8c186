import { unreadable } from "./refusals.ts";

const mostCharacters = 128;

export interface Name {
  readonly name: string;
  readonly label: string;
}

/**
 * Gives names of fields to headings, and each only once: blanks around them go, none is `column_<number>`, a second is
 * `<name>_2`; `$` at the beginning, which is kept for operators, and names that are {@link reserved} get a `_` in front. The
 * label is the heading as it stands.
 */
export class Names {
  readonly #taken = new Set<string>();

  /** The name for the heading of column `number`, from 1 on. */
  add(heading: string, number: number): Name {
    const trimmed = heading.trim();
    const wanted = nameOf(trimmed, number);
    let name = wanted;
    for (let count = 2; this.#taken.has(name); count++) name = `${wanted}_${count}`;
    refuseUnfit(name, number);
    this.#taken.add(name);
    return { name, label: trimmed === "" ? name : trimmed };
  }
}

/**
 * Under which REST tells what an object leads to and holds: a record is one. And keys that no input may have, see hostile.ts:
 * nobody could filter by such a field.
 */
const reserved: ReadonlySet<string> = new Set(["_links", "_embedded", "__proto__", "constructor", "prototype"]);

/** What a heading is called when it is the only one of its kind. */
export function nameOf(heading: string, number: number): string {
  const trimmed = heading.trim();
  if (trimmed === "") return `column_${number}`;
  return trimmed.startsWith("$") || reserved.has(trimmed) ? `_${trimmed}` : trimmed;
}

function refuseUnfit(name: string, number: number): void {
  if (name.length > mostCharacters) {
    const beginning = `${Array.from(name).slice(0, 20).join("")}...`;
    throw unreadable(
      `The name of column ${number} (${beginning}) has ${name.length} characters, and at most ${mostCharacters} are possible: shorten it`,
    );
  }
  if (name.includes("\0") || !name.isWellFormed()) {
    throw unreadable(
      `The name of column ${number} has a character that cannot be stored: perhaps \`encoding\` must be given`,
    );
  }
}
