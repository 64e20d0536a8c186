import type { Changes } from "@steward/client";

type FieldChange = Changes["fields"][number];
type PartChange = Changes["skills"][number];

const longest = 100;

/** A value on one line, cut where it is long. */
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** One line for each key that differs, however deep it lies. */
function valueLines(path: string, before: unknown, after: unknown): string[] {
  if (!isObject(before) || !isObject(after)) return [`${path}: ${shown(before)} → ${shown(after)}`];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const differing = keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  return differing.flatMap((key) => valueLines(`${path}.${key}`, before[key], after[key]));
}

type Lines = NonNullable<FieldChange["lines"]>;
const signs: Readonly<Record<Lines[number]["change"], string>> = { same: " ", added: "+", removed: "-" };
/** How many unchanged lines the server leaves on either side of a change. */
const around = 3;

/** A difference of lines, as people know it; `…` where unchanged ones are left out. */
function diffLines(lines: Lines): string[] {
  return lines.flatMap(({ change, text }, index) => {
    const all = text
      .replace(/\n$/, "")
      .split("\n")
      .map((line) => `${signs[change]} ${line}`);
    const isCut = change === "same" && index > 0 && index < lines.length - 1 && all.length === 2 * around;
    return isCut ? [...all.slice(0, around), "…", ...all.slice(around)] : all;
  });
}

const count = (text: unknown) => `${String(text ?? "").split("\n").length} lines`;
const indented = (lines: readonly string[]) => lines.map((line) => `  ${line}`);

function fieldLines({ field, before, after, lines }: FieldChange): string[] {
  if (lines) return [`${field}:`, ...indented(diffLines(lines))];
  const isText = [before, after].some((text) => typeof text === "string" && text.includes("\n"));
  return isText ? [`${field}: ${count(before)} → ${count(after)}, all different`] : valueLines(field, before, after);
}

const partSigns: Readonly<Record<PartChange["change"], string>> = { added: "+", removed: "-", changed: "~" };

const partLines = (kind: string, parts: readonly PartChange[]): string[] =>
  parts.flatMap(({ change, name, fields }) => [
    `${partSigns[change]} ${kind} ${shown(name)}`,
    ...(change === "changed" ? indented(fields.flatMap(fieldLines)) : []),
  ]);

/** What an update changes, for people: field by field, part by part, long texts by their lines. */
export const changeLines = ({ fields, skills, references, secrets, knowledge }: Changes): readonly string[] => [
  ...fields.flatMap(fieldLines),
  ...partLines("skill", skills),
  ...partLines("reference", references),
  ...partLines("secret", secrets),
  ...partLines("dataset", knowledge),
];

const isDefault = ({ field, after }: FieldChange): boolean =>
  field === "enabled"
    ? after === true
    : after === null || after === false || (Array.isArray(after) && after.length === 0);

/** What a new one brings, by name; of texts only how long they are. */
export function newLines({ fields, skills, references, knowledge }: Changes): readonly string[] {
  const told = fields
    .filter((change) => !isDefault(change))
    .map(({ field, after }) => {
      if (typeof after === "boolean") return `${field}: ${after}`;
      return typeof after === "string" && after.includes("\n") ? `${field} (${count(after)})` : field;
    });
  return [
    `with ${told.join(", ")}`,
    ...partLines("skill", skills),
    ...partLines("reference", references),
    ...partLines("dataset", knowledge),
  ];
}
