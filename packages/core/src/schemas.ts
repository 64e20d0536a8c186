import * as z from "zod";
import type { IncomingBytes } from "./ports.ts";

/** Text of bounded length, in UTF-16 units. */
export const text = (most: number, least = 0) => z.string().min(least).max(most);

/** What people call a thing; the blanks around it are dropped. */
export const label = (most: number) => z.string().trim().min(1).max(most);

export const Id = z.string().meta({ description: "A UUID of version 7", format: "uuid" });
export const Moment = z.date().meta({ description: "A moment, in UTC and to the millisecond" });
export const Version = z.int().min(1).meta({ description: "Grows by one with every change" });

/** A reference in a path or in the input: resolved by the database, so anything that is not there is 404. */
export const Reference = text(200, 1);
export const AssistantReference = Reference.meta({ description: "UUID, or natural id `owner:slug`" });
export const PrincipalReference = Reference.meta({
  description: "`user:<username>` or `team:<name>`; a bare name is accepted",
});
export const PrincipalId = z.string().meta({ description: "`user:<username>` or `team:<name>`" });

/** `user` and `team` are the prefixes of ids and so no names. */
export const PrincipalName = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9._-]{0,62}$/,
    "1 to 63 of a-z, 0-9, dot, underscore and hyphen, beginning with a letter or digit",
  )
  .refine((name) => name !== "user" && name !== "team", "This name is reserved");

/** For an operation that changes a row: fails with `version_mismatch` when the row has another version. */
export const versioned = {
  expectedVersion: z
    .int()
    .min(0)
    .optional()
    .meta({ description: "The version you read (`If-Match` over REST); `version_mismatch` when it has moved on" }),
};

const jsonLimit = 64 * 1024;

/** What JSON can spell; over tRPC a date, a map or a bigint may stand where it cannot. */
const isJson = (value: unknown): boolean => {
  if (value === null || typeof value === "string" || typeof value === "boolean") return true;
  if (typeof value === "number") return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isJson);
  return (
    typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isJson)
  );
};

const fits = (value: object) => isJson(value) && new TextEncoder().encode(JSON.stringify(value)).length <= jsonLimit;

/** An object of JSON, at most 64 KiB as text. */
export const JsonObject = z
  .record(z.string(), z.unknown())
  .refine(fits, "No object of JSON, or more than 64 KiB of it")
  .meta({ description: "An object of JSON, at most 64 KiB as text" });

const isIncomingBytes = (value: unknown): value is IncomingBytes =>
  typeof value === "object" && value !== null && "stream" in value && value.stream instanceof ReadableStream;

/** What the key takes that an operation's `bytes` names. No retry is told from another by them: they are read once. */
export const Bytes = z
  .custom<IncomingBytes>(isIncomingBytes, "Send the bytes of a file")
  .meta({ type: "string", format: "binary", writeOnly: true, description: "The bytes of a file" });

/** How a page is asked for. `cursor` is what the page before answered as `next`. */
export const paging = {
  start: z.int().min(0).max(1_000_000_000).default(0).meta({ description: "How many to skip" }),
  limit: z.int().min(1).max(200).default(30).meta({ description: "How many at most" }),
  cursor: text(2000).optional().meta({ description: "`next` of the page before: just as fast at any depth" }),
  total: z.enum(["exact"]).optional().meta({ description: "`exact`: count beyond 1,000 as well" }),
};

export const page = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item),
    start: z.int(),
    count: z.int().meta({ description: "How many are on this page" }),
    total: z.int().meta({ description: "How many there are; counted up to 1,000 unless `total=exact`" }),
    totalIsExact: z.boolean(),
    next: z.string().nullable().meta({ description: "`cursor` of the next page, null on the last" }),
  });

export const Nothing = z.void();

/** A whole object within another: over REST it stands in `_embedded`, under this relation. */
export const embedded = <T extends z.ZodType>(rel: `inf:${string}`, object: T) => object.meta({ "x-rel": rel });
