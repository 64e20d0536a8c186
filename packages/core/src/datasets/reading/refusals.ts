import { StewardError } from "../../errors.ts";
import { quoted } from "../criteria-schema.ts";

/** What may be read; the settings of the same names say how much. */
export interface ReadingLimits {
  readonly fields: number;
  /** In characters, as JavaScript counts them. */
  readonly fieldLength: number;
  /** Rejected ones included. */
  readonly rows: number;
  readonly bytes: number;
}

const settings = {
  fields: "datasetFields",
  fieldLength: "datasetFieldLength",
  rows: "datasetRows",
  bytes: "datasetBytes",
} as const satisfies Record<keyof ReadingLimits, string>;

/** No row may be longer, so that a quotation mark without its second does not fill the memory. In characters. */
export const longestRow = 4 * 1024 * 1024;

export const tooLarge = (limit: "fields" | "rows" | "bytes", most: number): StewardError =>
  new StewardError("too_large", {
    message: `There are more than ${most} ${limit}, which the setting ${settings[limit]} allows: make it smaller, or ask an administrator`,
  });

export const tooLongRow = (line: number): StewardError =>
  new StewardError("too_large", {
    message: `What begins in line ${line} is longer than ${longestRow} characters, and so no row: is a quotation mark or a bracket missing?`,
  });

/** Why a row with a value this long is rejected. */
export const tooLongValue = (name: string, length: number, most: number): string =>
  `${quoted(name)} has ${length} characters, and the setting ${settings.fieldLength} allows ${most}`;

/** Why a row with a value that SQLite could not give back is rejected. */
export const unstorable = (name: string): string =>
  `${quoted(name)} has a character that cannot be stored (NUL, or half of a pair)`;

/** Whether text can be stored and read again. */
export const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes("\0");

/** A message in which the input may be quoted, never at length. */
export const cut = (message: string, most: number): string =>
  message.length > most ? `${message.slice(0, most - 3).toWellFormed()}...` : message;

/** The whole of it cannot be read. */
export const unreadable = (message: string): StewardError =>
  new StewardError("validation_failed", { message, details: [{ path: "", message }] });
