import * as z from "zod";
import { writeDataset } from "../access.ts";
import type { Context } from "../context.ts";
import { isStewardError, StewardError } from "../errors.ts";
import { operation } from "../operation.ts";
import { last } from "../records.ts";
import { Bytes, Reference, text, versioned } from "../schemas.ts";
import { oneOf, toUpload, Upload } from "../uploads/schema.ts";
import { becoming } from "./loading/become.ts";
import { type Begun, beginning } from "./loading/begin.ts";
import { declaredFormat } from "./loading/format.ts";
import { tooManyLoads } from "./loading/load.ts";
import { formats, type Loaded, type LoadOrder } from "./loading/order.ts";
import { dataTypes, mostPositions } from "./records.ts";
import { datasetKey } from "./schema.ts";

const Types = z
  .record(text(128, 1), z.enum(dataTypes))
  .refine((types) => Object.keys(types).length <= 10_000, "Too many fields");

/** An address knows only text. */
const TypesAsText = text(100_000)
  .transform((given, context) => {
    try {
      return JSON.parse(given) as unknown;
    } catch {
      context.addIssue({ code: "custom", message: "Not an object of JSON" });
      return z.NEVER;
    }
  })
  .pipe(Types);

const Flag = z
  .union([z.boolean(), z.enum(["true", "false"]).transform((given) => given === "true")])
  .meta({ type: "boolean" });

const options = {
  format: z
    .enum(formats)
    .optional()
    .meta({ description: "By the media type, the file's name or the first character unless told" }),
  delimiter: z
    .string()
    .length(1)
    .optional()
    .meta({ description: "What stands between the fields of CSV; found out unless told" }),
  encoding: text(40, 1).optional().meta({ description: "The encoding of the text; found out unless told" }),
  types: z.union([Types, TypesAsText]).optional().meta({
    description:
      "What the fields of these names are: string, number, date or boolean. A value that does not fit makes its row a rejected one",
  }),
  strict: Flag.default(false).meta({ description: "Whether the first row that does not fit refuses the load" }),
  mode: z
    .enum(["replace", "append"])
    .default("replace")
    .meta({ description: "Whether this is all of the data from now on, or comes behind what is there" }),
  uploadId: Reference.optional().meta({ description: "What `uploads.create` has answered; made here unless given" }),
};

export const upload = operation({
  http: "POST /datasets/{id}/_upload",
  summary: "Load CSV, NDJSON or JSON into a dataset",
  description:
    "Read as it comes, and answered when it is over. Types are found out from the whole of it. Readers see the old data until the new is there; what breaks off, fails or is cancelled leaves nothing.",
  needs: writeDataset,
  input: { ...datasetKey, content: Bytes, ...options, ...versioned },
  bytes: "content",
  output: Upload,
  status: 200,
  errors: ["conflict", "version_mismatch", "too_large", "rate_limited"],
  trips: {
    most: 2,
    because: "what was loaded becomes the data in a commit of its own, for which the gate is asked again",
  },
  run: async (ctx, { content, mode, uploadId: given, expectedVersion, id: _resolved, ...how }) => {
    if (ctx.heavyWork.full) throw tooManyLoads();
    const told = how.format ? { format: how.format } : declaredFormat(content.type, content.name);
    const uploadId = given?.toLowerCase() ?? ctx.newId();
    const append = mode === "append";
    const steps = beginning(
      { uploadId, given: given !== undefined, append, format: told?.format ?? null, bytesTotal: content.length },
      ctx.now,
    );
    const begun = last(await ctx.commit(steps, { details: { uploadId, mode } }))[0];
    if (!begun) throw new StewardError("internal");
    // Whatever ends this request before it is done: one that is done, or has said why not, is left alone.
    ctx.defer(() =>
      ctx.heavyWork.abandon(uploadId, "You may not change the dataset any more, or the request has ended"),
    );
    ctx.defer(() => ctx.heavyWork.tend());
    const order = orderOf(uploadId, begun, { ...told, ...how });
    const loaded = await ctx.heavyWork.load(order, content.stream);
    return finish(ctx, { uploadId, begun, append, expectedVersion }, loaded);
  },
});

type How = Partial<Pick<LoadOrder, "format" | "delimiter" | "encoding" | "types">> & Pick<LoadOrder, "strict">;

function orderOf(
  uploadId: string,
  begun: Begun,
  { format = null, delimiter, encoding, types, strict }: How,
): LoadOrder {
  const { loadNumber, currentLoad, limits, rows, bytes, lastPosition, fields } = begun;
  const appends = loadNumber === currentLoad;
  return {
    uploadId,
    loadNumber,
    lastPosition,
    fields: appends ? fields : null,
    format,
    delimiter,
    encoding,
    types,
    strict,
    limits: {
      ...limits,
      rows: Math.min(limits.rows - rows, mostPositions - lastPosition),
      bytes: limits.bytes - bytes,
    },
  };
}

interface Ending {
  readonly uploadId: string;
  readonly begun: Begun;
  readonly append: boolean;
  readonly expectedVersion: number | undefined;
}

async function finish(ctx: Context, { uploadId, begun, append, expectedVersion }: Ending, loaded: Loaded) {
  const { loadNumber, currentLoad, lastPosition } = begun;
  const onto = append ? { load: currentLoad, behind: lastPosition } : null;
  const { rows, rowsRejected } = loaded;
  try {
    const steps = [
      ...becoming({ uploadId, load: loadNumber, onto, expectedVersion }, loaded),
      oneOf({ uploadId }),
    ] as const;
    const [row] = last(await ctx.commit(steps, { details: { uploadId, rows, rowsRejected } }));
    if (!row) throw new StewardError("internal");
    return toUpload(row);
  } catch (error) {
    if (isStewardError(error)) await ctx.heavyWork.abandon(uploadId, error.message);
    throw error;
  }
}
