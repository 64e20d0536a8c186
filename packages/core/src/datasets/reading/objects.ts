import { quoted } from "../criteria-schema.ts";
import { type JsonScalar, Nested } from "./columns.ts";
import { type Element, elementsOfArray, elementsOfLines } from "./elements.ts";
import { isStorable, type ReadingLimits, tooLongValue, unstorable } from "./refusals.ts";
import type { Source } from "./source.ts";

/** Reads NDJSON; yields whenever a batch is full. */
export const readLines = (source: Source) => readElements(elementsOfLines(source.text), source);

/** Reads a JSON array; yields whenever a batch is full. */
export const readArray = (source: Source) => readElements(elementsOfArray(source.text), source);

async function* readElements(found: AsyncIterable<readonly Element[]>, source: Source): AsyncGenerator<void, void> {
  const { batches } = source;
  for await (const elements of found) {
    for (const element of elements) {
      const reason = take(element, source);
      if (reason !== undefined) batches.reject(element.line, reason);
      if (batches.isFull) yield;
    }
  }
}

/** Adds the record that an element is, or says why it is none. */
function take({ value }: Element, { columns, limits, batches }: Source): string | undefined {
  if (value === undefined) return "is no JSON";
  if (typeof value !== "object" || value === null || Array.isArray(value)) return "is no JSON object";
  const entries: [string, JsonScalar][] = [];
  let characters = 0;
  for (const [key, member] of Object.entries(value)) {
    if (member === null) continue;
    const scalar = scalarOf(member);
    const reason = scalar === undefined ? `${quoted(key)} is nested too deeply` : misfit(key, scalar, limits);
    if (scalar === undefined || reason !== undefined) return reason;
    entries.push([key, scalar]);
    characters += lengthOf(scalar);
  }
  batches.countText(characters);
  return columns.takeEntries(entries, batches);
}

function lengthOf(value: JsonScalar): number {
  if (typeof value === "string") return value.length;
  return value instanceof Nested ? value.text.length : 0;
}

function scalarOf(member: unknown): JsonScalar | undefined {
  if (typeof member === "string" || typeof member === "number" || typeof member === "boolean") return member;
  try {
    return new Nested(JSON.stringify(member));
  } catch (error) {
    // What came from JSON has no circles: only its depth can be too much.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function misfit(key: string, value: JsonScalar, limits: ReadingLimits): string | undefined {
  if (typeof value === "number")
    return Number.isFinite(value) ? undefined : `${quoted(key)} is larger than a number can be`;
  if (typeof value === "boolean") return undefined;
  const text = value instanceof Nested ? value.text : value;
  if (text.length > limits.fieldLength) return tooLongValue(key, text.length, limits.fieldLength);
  return isStorable(text) ? undefined : unstorable(key);
}
