import type { Sql } from "../statement.ts";
import { type Comparison, type Condition, type Operator, parseCriteria, quoted, wrong } from "./criteria-schema.ts";
import { storedOf } from "./criteria-values.ts";
import type { VisibleField } from "./records.ts";

export { Criteria } from "./criteria-schema.ts";

const mostListed = 20;

/** What goes by this name; `validation_failed`, with the names that there are, where nothing does. */
export function named<T>(things: ReadonlyMap<string, T>, name: string, path: string, what = "field"): T {
  const found = things.get(name);
  if (found !== undefined) return found;
  const names = [...things.keys()].slice(0, mostListed).map(quoted);
  const listed = names.length
    ? `there are ${names.join(", ")}${things.size > mostListed ? ", ..." : ""}`
    : "it has none";
  throw wrong(path, `There is no ${what} ${quoted(name)}: ${listed}`);
}

/** Names for values in the text of a statement: `:filter1`, `:filter2` and so on. */
interface Places {
  put(value: string | number): string;
  readonly values: Record<string, unknown>;
}

function placesOf(prefix: string): Places {
  const values: Record<string, unknown> = {};
  let given = 0;
  return {
    values,
    put(value) {
      const name = `${prefix}${++given}`;
      values[name] = value;
      return `:${name}`;
    },
  };
}

/** Where a field is shown by a condition, that condition stands in the text wherever the field does. */
const longestText = 1_000_000;

/** `inexact` counts the values that cannot travel within a list, `length` is that of the text so far. */
interface Compiling {
  readonly fields: ReadonlyMap<string, VisibleField>;
  readonly places: Places;
  inexact: number;
  length: number;
}

/**
 * SQL for whether the record `r` matches, in parentheses: always true or false, never null, so that it can be negated.
 * A value is bound at a place named after `prefix` (lower-case letters), at most 1,500 of them; nothing of the input stands
 * in the text. It is at most 400 expressions deep, and 50 symbols of SQLite's parser, besides the fields' own.
 * Throws `validation_failed` with the place of what is wrong, beneath `path`: the form, a field that is not among
 * `fields`, a value that is not of its field's type.
 */
export function compileCriteria(
  criteria: unknown,
  fields: ReadonlyMap<string, VisibleField>,
  prefix: string,
  path: string,
): Sql {
  const places = placesOf(prefix);
  const { text } = compile(parseCriteria(criteria, path), { fields, places, inexact: 0, length: 0 });
  return { text: `(${text})`, values: places.values };
}

/** A row of conditions stands in parentheses beside others. */
interface Compiled {
  readonly text: string;
  readonly shape: "single" | "negated" | "row";
}

function compile(condition: Condition, compiling: Compiling): Compiled {
  if (condition.kind === "comparison") return { text: compare(condition, compiling), shape: "single" };
  if (condition.kind === "not") {
    return { text: `not (${compile(condition.condition, compiling).text})`, shape: "negated" };
  }
  const parts = condition.conditions.map((inner) => compile(inner, compiling));
  const [first = { text: "true", shape: "single" }] = parts;
  return parts.length < 2 ? first : { text: join(parts, condition.kind === "all" ? "and" : "or"), shape: "row" };
}

const mostInRow = 25;

/**
 * Conditions side by side are as deep as there are many of them, and the database bounds both depth and parentheses. So
 * long rows of single ones become rows of rows, and what nests comes last, where it lies highest.
 */
function join(parts: readonly Compiled[], word: "and" | "or"): string {
  const row = (texts: readonly string[]) => texts.join(` ${word} `);
  const singles = parts.filter(({ shape }) => shape === "single").map(({ text }) => text);
  const nested = parts.filter(({ shape }) => shape !== "single");
  const groups = nested.map(({ text, shape }) => (shape === "row" ? `(${text})` : text));
  const rows: string[] = [];
  for (let index = 0; index < singles.length; index += mostInRow) {
    rows.push(row(singles.slice(index, index + mostInRow)));
  }
  return row([...(rows.length > 1 ? rows.map((text) => `(${text})`) : rows), ...groups]);
}

interface Target {
  readonly field: VisibleField;
  readonly operand: unknown;
  readonly path: string;
  readonly compiling: Compiling;
}

function compare({ field: name, operator, operand, at, path }: Comparison, compiling: Compiling): string {
  const field = named(compiling.fields, name, at);
  const text = comparisons[operator]({ field, operand, path, compiling });
  compiling.length += text.length;
  if (compiling.length > longestText) {
    throw wrong(at, "Too many conditions on fields that you see in some of the records only: ask for less at once");
  }
  return text;
}

const placed = ({ field, operand, path, compiling }: Target): string =>
  compiling.places.put(storedOf(field.dataType, operand, path));

const same = (target: Target): string => `${target.field.sql} is ${target.operand === null ? "null" : placed(target)}`;

const differs = (target: Target): string =>
  `${target.field.sql} is not ${target.operand === null ? "null" : placed(target)}`;

/** Text compares by its bytes in UTF-8, which is by code point. */
const ordered =
  (sign: "<" | "<=" | ">" | ">=") =>
  (target: Target): string => {
    const { field, path } = target;
    if (field.dataType === "boolean") throw wrong(path, "true and false have no order: use $eq, $ne or $in");
    return `(${field.sql} ${sign} ${placed(target)}) is true`;
  };

const ofText =
  (condition: (text: string, part: string) => string) =>
  (target: Target): string => {
    const { field, path } = target;
    if (field.dataType !== "string") {
      throw wrong(path, `This works on texts only, and the field ${quoted(field.name)} holds ${field.dataType}s`);
    }
    return `(${condition(field.sql, placed(target))}) is true`;
  };

const mostInexact = 1000;

/** Whether the field's value is one of a list, null where it has none; the list is not empty. */
function listed(values: ReadonlySet<string | number>, { field, path, compiling }: Target): string {
  const { places } = compiling;
  const all = [...values];
  // The database reads a fraction from JSON with a last digit that may differ.
  const exact = all.filter((value) => typeof value === "string" || Number.isSafeInteger(value));
  const inexact = all.filter((value) => typeof value === "number" && !Number.isSafeInteger(value));
  compiling.inexact += inexact.length;
  if (compiling.inexact > mostInexact)
    throw wrong(path, `More than ${mostInexact} fractions in the lists of one filter`);
  const among = [
    exact.length > 0 && `${field.sql} in (select value from json_each(${places.put(JSON.stringify(exact))}))`,
    inexact.length > 0 && `${field.sql} in (${inexact.map((value) => places.put(value)).join(", ")})`,
  ];
  return among.filter((part) => part !== false).join(" or ");
}

const oneOf =
  (wanted: boolean) =>
  (target: Target): string => {
    const { field, operand, path } = target;
    const list = operand as readonly unknown[];
    const values = new Set<string | number>();
    list.forEach((value, index) => {
      if (value !== null) values.add(storedOf(field.dataType, value, `${path}.${index}`));
    });
    const missing = list.includes(null);
    if (values.size === 0) return missing ? `${field.sql} is ${wanted ? "" : "not "}null` : String(!wanted);
    return `coalesce(${listed(values, target)}, ${missing}) is ${wanted}`;
  };

const comparisons: { readonly [O in Operator]: (target: Target) => string } = {
  $eq: same,
  $ne: differs,
  $gt: ordered(">"),
  $gte: ordered(">="),
  $lt: ordered("<"),
  $lte: ordered("<="),
  $in: oneOf(true),
  $nin: oneOf(false),
  $exists: ({ field, operand }) => `${field.sql} is ${operand ? "not " : ""}null`,
  $contains: ofText((text, part) => `instr(${text}, ${part}) > 0`),
  $startsWith: ofText((text, part) => `substr(${text}, 1, length(${part})) = ${part}`),
};
