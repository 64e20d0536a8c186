import type { DataType, StoredValue } from "../records.ts";
import { booleanOf } from "./booleans.ts";
import { type JsonScalar, Nested } from "./columns.ts";
import { givenDateOf } from "./dates.ts";
import { givenNumberOf } from "./numbers.ts";

const unlessNaN = (value: number) => (Number.isNaN(value) ? undefined : value);

/** The value that a text is in a field of this type; undefined where it does not fit. */
export function fromText(dataType: DataType, text: string): StoredValue | undefined {
  switch (dataType) {
    case "string":
      return text;
    case "number":
      return unlessNaN(givenNumberOf(text));
    case "date":
      return unlessNaN(givenDateOf(text));
    case "boolean":
      return booleanOf(text)?.value;
  }
}

/**
 * As {@link fromText}. In JSON, only a number is a number, and only a boolean a boolean; everything is text to a field of text.
 */
export function fromJson(dataType: DataType, value: JsonScalar): StoredValue | undefined {
  if (dataType === "string") return value instanceof Nested ? value.text : String(value);
  if (typeof value === "string") return dataType === "date" ? fromText(dataType, value) : undefined;
  if (typeof value === "number") return dataType === "number" ? value + 0 : undefined;
  return typeof value === "boolean" && dataType === "boolean" ? Number(value) : undefined;
}

/** Why a row is rejected of which the value of a field does not fit. */
export const unfit = (name: string, dataType: DataType): string => `the value of "${name}" is no ${dataType}`;
