import type { KnownDataset, KnownField } from "../driver.ts";

const mostFields = 200;
const mostCharacters = 16 * 1024;

/** By what a model names a dataset: its name, or where several have it the natural id. */
export const refer = ({ id, name, naturalId }: KnownDataset, among: readonly KnownDataset[]): string =>
  among.some((other) => other.id !== id && other.name === name) ? naturalId : name;

const modes = {
  full: "all of its records",
  subset: "some of its records",
  schema: "its fields only: it cannot be queried",
  sample: "a random sample of its records",
} as const;

const example = (value: unknown) => JSON.stringify(value instanceof Date ? value.toISOString() : value);

const describeField = ({ name, dataType, examples }: KnownField): string => {
  const some = examples.length > 0 ? `, such as ${examples.map(example).join(", ")}` : "";
  return `- ${JSON.stringify(name)}: ${dataType}${some}`;
};

const longestDescription = 300;
const brief = (text: string) => (text.length > longestDescription ? `${text.slice(0, longestDescription)}...` : text);

/** The datasets and their fields as a model reads them: bounded, with a note of what was left out. */
export function describeKnown(known: readonly KnownDataset[]): string {
  const lines: string[] = [];
  let room = mostCharacters;
  let fields = mostFields;
  let omitted = 0;
  const add = (line: string): boolean => {
    if (room < line.length + 1) return false;
    room -= line.length + 1;
    lines.push(line);
    return true;
  };
  for (const dataset of known) {
    const said = dataset.description ? ` ${brief(dataset.description)}` : "";
    const begun = add(`Dataset ${JSON.stringify(refer(dataset, known))} (${modes[dataset.mode]}).${said}`);
    const told = begun ? dataset.fields.slice(0, Math.max(0, fields)).filter((field) => add(describeField(field))) : [];
    fields -= told.length;
    omitted += dataset.fields.length - told.length;
  }
  if (omitted > 0) lines.push(`${omitted} more fields are not listed here: a query without select shows them.`);
  return lines.join("\n");
}
