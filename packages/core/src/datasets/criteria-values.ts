import { wrong } from "./criteria-schema.ts";
import type { DataType, StoredValue } from "./records.ts";

const iso =
  /^(?<year>\d{4}|\+\d{6}|-(?!000000)\d{6})-(?<month>\d{2})-(?<day>\d{2})(?:[Tt ](?<hour>\d{2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,](?<fraction>\d{1,9}))?)?(?<zone>[Zz]|[+-]\d{2}:?\d{2})?)?$/;

/** Minutes that a zone is ahead of UTC, or nothing where there is no such zone. */
function minutesAhead(zone: string): number | undefined {
  if (zone.toUpperCase() === "Z") return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))];
  if (hours > 23 || minutes > 59) return undefined;
  return (hours * 60 + minutes) * (zone.startsWith("-") ? -1 : 1);
}

/**
 * The milliseconds since 1970 of a date or a date and time in ISO 8601; in UTC unless it says otherwise, a date being its
 * midnight. What is finer than a millisecond is dropped. Undefined for anything else, and for days that there are not.
 */
export function momentOf(text: string): number | undefined {
  const parts = iso.exec(text)?.groups;
  if (!parts) return undefined;
  const { year, month, day, hour = 0, minute = 0, second = 0, fraction = "", zone = "Z" } = parts;
  const ahead = minutesAhead(zone);
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59 || ahead === undefined) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  // A day that there is not is one of another month.
  if (date.getUTCMonth() !== Number(month) - 1) return undefined;
  date.setUTCHours(Number(hour), Number(minute) - ahead, Number(second), Number(fraction.padEnd(3, "0").slice(0, 3)));
  return Number.isNaN(date.getTime()) ? undefined : date.getTime();
}

/** How a value of each type lies in a slot; undefined where it is no such value. */
const stored: { readonly [T in DataType]: (value: unknown) => StoredValue | undefined } = {
  string: (value) => (typeof value === "string" ? value : undefined),
  number: (value) => (typeof value === "number" && Number.isFinite(value) ? value : undefined),
  boolean: (value) => (typeof value === "boolean" ? Number(value) : undefined),
  date(value) {
    if (typeof value === "string") return momentOf(value);
    return value instanceof Date && !Number.isNaN(value.getTime()) ? value.getTime() : undefined;
  },
};

const expected: { readonly [T in DataType]: string } = {
  string: "Expected a text",
  number: "Expected a number",
  boolean: "Expected true or false",
  date: "Expected a date in ISO 8601, such as 2024-05-31 or 2024-05-31T08:30:00Z",
};

/** A value of the input as it lies in a slot of this type; `validation_failed` where it is none of that type, as null is. */
export function storedOf(dataType: DataType, value: unknown, path: string): string | number {
  const found = stored[dataType](value);
  if (found === undefined || found === null) throw wrong(path, expected[dataType]);
  return found;
}
