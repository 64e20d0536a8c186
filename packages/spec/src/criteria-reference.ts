import type { RecordValue } from "@steward/core";
import type { Row } from "./criteria-world.ts";

/**
 * What filters mean, written down once more and without any SQL: over values in memory, as plainly as can be.
 */
export function matches(criteria: Readonly<Record<string, unknown>>, row: Row): boolean {
  return Object.entries(criteria).every(([key, value]) => {
    if (key === "$and") return (value as Readonly<Record<string, unknown>>[]).every((inner) => matches(inner, row));
    if (key === "$or") return (value as Readonly<Record<string, unknown>>[]).some((inner) => matches(inner, row));
    if (key === "$not") return !matches(value as Readonly<Record<string, unknown>>, row);
    const found = row[key] ?? null;
    if (typeof value !== "object" || value === null || value instanceof Date) return equal(found, value);
    return Object.entries(value).every(([operator, operand]) => holds(found, operator, operand));
  });
}

function holds(found: RecordValue, operator: string, operand: unknown): boolean {
  switch (operator) {
    case "$eq":
      return equal(found, operand);
    case "$ne":
      return !equal(found, operand);
    case "$in":
      return (operand as unknown[]).some((one) => equal(found, one));
    case "$nin":
      return !(operand as unknown[]).some((one) => equal(found, one));
    case "$exists":
      return (found !== null) === operand;
  }
  if (found === null) return false;
  switch (operator) {
    case "$contains":
      return String(found).includes(String(operand));
    case "$startsWith":
      return String(found).startsWith(String(operand));
    case "$gt":
      return compare(found, like(found, operand)) > 0;
    case "$gte":
      return compare(found, like(found, operand)) >= 0;
    case "$lt":
      return compare(found, like(found, operand)) < 0;
    case "$lte":
      return compare(found, like(found, operand)) <= 0;
  }
  throw new Error(`The reference knows no ${operator}`);
}

const equal = (found: RecordValue, operand: unknown): boolean =>
  found === null || operand === null ? found === operand : compare(found, like(found, operand)) === 0;

/** An operand as a value of the type that was found: dates may be written in several ways. */
function like(found: RecordValue, operand: unknown): RecordValue {
  if (!(found instanceof Date) || operand instanceof Date) return operand as RecordValue;
  const text = String(operand).replace(" ", "T");
  const moment = new Date(text.length > 10 && !/(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? `${text}Z` : text);
  if (Number.isNaN(moment.getTime())) throw new Error(`The reference cannot read the moment ${text}`);
  return moment;
}

/** Less than, equal to or greater than zero; missing values come first. */
export function compare(one: RecordValue, other: RecordValue): number {
  if (one === null || other === null) return Number(one !== null) - Number(other !== null);
  if (typeof one === "string" && typeof other === "string") return compareTexts(one, other);
  return Number(one) < Number(other) ? -1 : Number(Number(one) > Number(other));
}

/** By code point, which is not how JavaScript compares. */
function compareTexts(one: string, other: string): number {
  const [left, right] = [[...one], [...other]];
  for (const [index, character] of left.entries()) {
    const against = right[index];
    if (against === undefined) return 1;
    if (character !== against) return (character.codePointAt(0) ?? 0) - (against.codePointAt(0) ?? 0);
  }
  return left.length - right.length;
}
