import * as z from "zod";
import { text } from "../schemas.ts";
import { hostOf } from "./hosts.ts";
import { mistakeIn, type Source } from "./templates.ts";

/** Fields that configurations of several types have. */

const kibibyte = 1024;
const nothing: ReadonlySet<string> = new Set();

export const HttpsUrl = text(2000, 1).refine(
  (url) => hostOf(url) !== null,
  "Must be an https URL whose host is written out, without user name, password and fragment",
);

/** An https URL as it stands. */
export const PlainUrl = HttpsUrl.refine((url) => !url.includes("{{"), "No placeholders may stand here");

export const seconds = (most: number, usual: number) =>
  z.int().min(1).max(most).default(usual).meta({ description: "Seconds until it is ended" });

export const bytes = (usual: number) =>
  z
    .int()
    .min(kibibyte)
    .max(kibibyte * kibibyte)
    .default(usual * kibibyte)
    .meta({ description: "How many bytes of the answer are taken" });

/** Names with texts, at most so many. */
export const texts = (name: z.ZodString, most = 50) =>
  z
    .record(name, text(4000))
    .refine((record) => Object.keys(record).length <= most, `At most ${most}`)
    .default({});

const fixedHeaders =
  /^(host|content-length|connection|transfer-encoding|te|trailer|upgrade|expect|keep-alive|proxy-.*)$/i;
const HeaderName = z
  .string()
  .max(100)
  .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, "Not the name of a header")
  .refine((name) => !fixedHeaders.test(name), "This header is not yours to set");

export const Headers = texts(HeaderName).refine(
  (headers) => Object.values(headers).every((value) => /^[\t\x20-\x7e]*$/.test(value)),
  "Values are of printable ASCII",
);

/** Reports what is wrong with the placeholders of every text in a value. */
export function checkTemplates(
  context: z.RefinementCtx,
  path: readonly PropertyKey[],
  value: unknown,
  sources: readonly Source[],
  inputs: ReadonlySet<string> = nothing,
): void {
  if (typeof value === "string") {
    const message = mistakeIn(value, sources, inputs);
    if (message) context.addIssue({ code: "custom", path: [...path], message });
  } else if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value)) checkTemplates(context, [...path, key], inner, sources, inputs);
  }
}
