import * as z from "zod";
import { type ErrorDetail, invalid, isStewardError } from "../errors.ts";

/** How large a filter may be: bytes as JSON, levels of nesting, conditions in all, values of one list. */
export const criteriaLimits = { bytes: 32 * 1024, levels: 10, conditions: 500, values: 1000 } as const;

export const operators = [
  ...(["$eq", "$ne", "$gt", "$gte", "$lt", "$lte"] as const),
  ...(["$in", "$nin", "$exists", "$contains", "$startsWith"] as const),
] as const;
export type Operator = (typeof operators)[number];

/** What is asked of one field. `at` is where the field stands, `path` where the operand does. */
export interface Comparison {
  readonly kind: "comparison";
  readonly field: string;
  readonly operator: Operator;
  readonly operand: unknown;
  readonly at: string;
  readonly path: string;
}

/** A filter whose form is right; whether its fields and values are is for the fields to say. */
export type Condition =
  | Comparison
  | { readonly kind: "all" | "any"; readonly conditions: readonly Condition[] }
  | { readonly kind: "not"; readonly condition: Condition };

const longestQuote = 100;
const longestPath = 300;

const cut = (text: string, most: number) => (text.length > most ? `${text.slice(0, most)}...` : text);

/** A name from the input, as a message may repeat it: never at length. */
export const quoted = (name: string): string => `"${cut(name, longestQuote)}"`;

/** `validation_failed`, at a path that may hold whatever was given as a name. */
export const wrong = (path: string, message: string) => invalid(path.slice(0, longestPath), message);

const within = (path: string, key: string | number): string => (path ? `${path}.${key}` : String(key));

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

// Two for each level of a filter, and its operators with their list.
const deepest = 2 * criteriaLimits.levels + 2;
const encoder = new TextEncoder();
/** A moment as JSON has it, with its quotes. */
const bytesOfDate = 26;

/** The bytes of a value as JSON, counted no further than a little above `most`, and no deeper than a filter goes. */
function bytesOf(value: unknown, most: number, depth = 0): number {
  if (typeof value === "string") {
    return value.length > most ? value.length : encoder.encode(JSON.stringify(value)).length;
  }
  if (value instanceof Date) return bytesOfDate;
  if (typeof value !== "object" || value === null) return String(value ?? null).length;
  if (depth > deepest) return 2;
  const keyed = !Array.isArray(value);
  let bytes = 1;
  for (const key of Object.keys(value)) {
    bytes += 1 + (keyed ? 1 + bytesOf(key, most) : 0);
    if (bytes <= most) bytes += bytesOf((value as Record<string, unknown>)[key], most - bytes, depth + 1);
    if (bytes > most) return bytes;
  }
  return Math.max(2, bytes);
}

interface Tally {
  conditions: number;
}

function count(tally: Tally, path: string): void {
  tally.conditions++;
  if (tally.conditions > criteriaLimits.conditions) {
    throw wrong(path, `More than ${criteriaLimits.conditions} conditions in one filter`);
  }
}

/**
 * Reads the form of a filter, whatever the value is: it never goes deeper, nor further, than a filter may. Throws
 * `validation_failed` with the place; `path` is where the filter itself stands.
 */
export function parseCriteria(criteria: unknown, path: string): Condition {
  if (bytesOf(criteria, criteriaLimits.bytes) > criteriaLimits.bytes) {
    throw wrong(path, `More than ${criteriaLimits.bytes / 1024} KiB of JSON`);
  }
  return parseLevel(criteria, path, 1, { conditions: 0 });
}

function parseLevel(criteria: unknown, path: string, level: number, tally: Tally): Condition {
  if (level > criteriaLimits.levels) throw wrong(path, `Nested more than ${criteriaLimits.levels} levels deep`);
  if (!isObject(criteria)) throw wrong(path, 'Expected an object of conditions, such as {"name": "value"}');
  const entries = Object.entries(criteria);
  if (entries.length === 0) count(tally, path);
  const conditions = entries.flatMap(([key, value]) => parseEntry(key, value, within(path, key), level, tally));
  return { kind: "all", conditions };
}

function parseEntry(key: string, value: unknown, path: string, level: number, tally: Tally): Condition[] {
  if (key === "$not") return [{ kind: "not", condition: parseLevel(value, path, level + 1, tally) }];
  if (key === "$and" || key === "$or") {
    if (!Array.isArray(value) || value.length === 0) throw wrong(path, "Expected a list of at least one filter");
    const conditions = Array.from(value, (inner, index) => parseLevel(inner, within(path, index), level + 1, tally));
    return [{ kind: key === "$and" ? "all" : "any", conditions }];
  }
  if (isOperator(key)) throw wrong(path, `${key} stands within a field: {"name": {"${key}": ...}}`);
  if (key.startsWith("$")) {
    throw wrong(path, `There is no operator ${quoted(key)}: beside the names of fields stand $and, $or and $not`);
  }
  return parseField(key, value, path, tally);
}

const isOperator = (key: string): key is Operator => (operators as readonly string[]).includes(key);

function parseField(field: string, value: unknown, at: string, tally: Tally): Comparison[] {
  if (!isObject(value)) {
    if (Array.isArray(value)) throw wrong(at, 'A list stands behind an operator: {"$in": [...]}');
    checkScalar(value, at);
    count(tally, at);
    return [{ kind: "comparison", field, operator: "$eq", operand: value, at, path: at }];
  }
  const entries = Object.entries(value);
  if (entries.length === 0) throw wrong(at, `Expected a value, or one or more of ${operators.join(", ")}`);
  return entries.map(([operator, operand]) => {
    const path = within(at, operator);
    if (!isOperator(operator)) throw wrong(path, noOperator(operator));
    count(tally, path);
    checkForm(operator, operand, path);
    return { kind: "comparison", field, operator, operand, at, path };
  });
}

const noOperator = (key: string): string =>
  key === "$and" || key === "$or" || key === "$not"
    ? `${key} stands beside the names of fields, not within one`
    : `There is no operator ${quoted(key)}: within a field stand ${operators.join(", ")}`;

/** What an operator asks of its operand, whatever the field is. */
function checkForm(operator: Operator, operand: unknown, path: string): void {
  if (operator === "$in" || operator === "$nin") checkList(operand, path);
  else if (operator !== "$exists") checkScalar(operand, path);
  else if (typeof operand !== "boolean") throw wrong(path, "Expected true or false");
}

function checkList(operand: unknown, path: string): void {
  if (!Array.isArray(operand)) throw wrong(path, "Expected a list of values");
  if (operand.length > criteriaLimits.values) throw wrong(path, `More than ${criteriaLimits.values} values`);
  operand.forEach((value, index) => {
    checkScalar(value, within(path, index));
  });
}

function checkScalar(operand: unknown, path: string): void {
  if (typeof operand === "object" && operand !== null && !(operand instanceof Date)) {
    throw wrong(path, "Expected one value, neither a list nor an object");
  }
}

function misfitOf(criteria: unknown): ErrorDetail | undefined {
  try {
    parseCriteria(criteria, "");
  } catch (error) {
    const [detail] = (isStewardError(error) && error.details) || [];
    if (!detail) throw error;
    return detail;
  }
}

/** A filter as input: its form and its size are checked here, its fields and the types of its values when it is compiled. */
export const Criteria = z
  .record(z.string(), z.unknown())
  .superRefine((criteria, context) => {
    const misfit = misfitOf(criteria);
    if (misfit) {
      context.addIssue({ code: "custom", message: misfit.message, path: misfit.path ? [misfit.path] : [] });
    }
  })
  .meta({
    description: `Which records: \`{"field": value}\` for equality (null: it is missing), or \`{"field": {"$gt": 5}}\` with ${operators.join(", ")}; \`$and\` and \`$or\` take a list of filters, \`$not\` one. Several keys must all hold. Dates are ISO 8601. At most ${criteriaLimits.bytes / 1024} KiB, ${criteriaLimits.conditions} conditions, ${criteriaLimits.levels} levels and ${criteriaLimits.values} values in a list`,
  });
export type Criteria = z.output<typeof Criteria>;
