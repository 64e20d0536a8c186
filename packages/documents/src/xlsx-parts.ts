import type { DocumentLimits } from "./limits.ts";
import { visit } from "./xml.ts";

/** The texts that cells refer to by their numbers, without how they are pronounced. */
export function sharedTexts(bytes: Uint8Array | undefined, limits: DocumentLimits): readonly string[] {
  const texts: string[] = [];
  if (!bytes) return texts;
  let text = "";
  let reads = false;
  let pronounced = 0;
  visit("xlsx", bytes, limits, {
    open(name) {
      if (name === "si") text = "";
      else if (name === "rPh") pronounced++;
      else if (name === "t") reads = pronounced === 0;
    },
    text(part) {
      if (reads) text += part;
    },
    close(name) {
      if (name === "si") texts.push(text);
      else if (name === "rPh") pronounced--;
      else if (name === "t") reads = false;
    },
  });
  return texts;
}

/** What a number in this style is: a date, a time of day, both, or (not in it) a number. */
export type DateKind = "date" | "time" | "both";

/** The formats that every workbook has, where they are dates or times. */
const usual = new Map<number, DateKind>([
  ...[14, 15, 16, 17, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 57, 58].map((id) => [id, "date"] as const),
  ...[18, 19, 20, 21, 32, 33, 45, 46, 47, 55, 56].map((id) => [id, "time"] as const),
  [22, "both"],
]);

/** The styles in which numbers are dates, by their numbers. */
export function dateStyles(bytes: Uint8Array | undefined, limits: DocumentLimits): ReadonlyMap<number, DateKind> {
  const styles = new Map<number, DateKind>();
  if (!bytes) return styles;
  const formats = new Map(usual);
  let inCells = false;
  let count = 0;
  visit("xlsx", bytes, limits, {
    open(name, { numFmtId: id = "", formatCode: code = "" }) {
      if (name === "cellXfs") inCells = true;
      else if (name === "numFmt") {
        const kind = kindOfFormat(code);
        if (kind) formats.set(Number(id), kind);
      } else if (name === "xf" && inCells) {
        const kind = formats.get(Number(id));
        if (kind) styles.set(count, kind);
        count++;
      }
    },
    close(name) {
      if (name === "cellXfs") inCells = false;
    },
  });
  return styles;
}

/** No format that anybody wrote is longer. */
const longestFormat = 255;

/** By the letters of a number format that stand for a part of a date; texts within it, colours and escapes left out. */
function kindOfFormat(code: string): DateKind | undefined {
  const [first = ""] = code.slice(0, longestFormat).split(";");
  const letters = first.replace(/"[^"]*"?|\\.|_.|\*./g, "").replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]?/gi, "");
  if (/general/i.test(letters)) return undefined;
  const hasTime = /[hs]/i.test(letters);
  const hasDate = /[yd]/i.test(letters) || (/m/i.test(letters) && !hasTime);
  if (hasDate) return hasTime ? "both" : "date";
  return hasTime ? "time" : undefined;
}

const day = 86_400_000;
/** Days from the beginning of 1900, which Excel takes for a leap year, to the first of January 1970. */
const before1970 = 25_569;
const between1900And1904 = 1462;

/** A serial number as a date: `2024-05-01`, `13:30:00`, or both. */
export function dateText(serial: number, kind: DateKind, from1904: boolean): string {
  const days = serial + (from1904 ? between1900And1904 : 0);
  // Before March 1900 the day that there never was has not been counted yet.
  const shift = days > 0 && days < 60 ? 1 : 0;
  const time = new Date(Math.round((days + shift - before1970) * 86_400) * 1000);
  if (!Number.isFinite(time.getTime()) || Math.abs(time.getTime()) > 100_000 * 365 * day) return String(serial);
  const [date = "", clock = ""] = time.toISOString().split("T");
  const hours = clock.slice(0, 8);
  if (kind === "date") return hours === "00:00:00" ? date : `${date} ${hours}`;
  return kind === "time" && Math.abs(serial) < 1 ? hours : `${date} ${hours}`;
}
