import superjson from "superjson";

/** What stands for an input that could not be read: no schema accepts it, so the operation answers 400 by itself. */
const unreadable = Symbol("not readable");

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Which types of superjson an input may name. The others are in no input of ours, and some are dangerous to unfold: a
 * typed array is as long as it says, and equal references make a tree of 2^32 leaves out of a few bytes.
 */
const known = new Set<unknown>(["Date", "undefined", "number"]);

/** A tree of superjson is either `[type]`, `[type, children]`, or the children. */
function namesOnlyKnownTypes(tree: unknown): boolean {
  if (tree === undefined) return true;
  const [type, children] = Array.isArray(tree) ? tree : [undefined, tree];
  if (type !== undefined && !known.has(type)) return false;
  return children === undefined || (isRecord(children) && Object.values(children).every(namesOnlyKnownTypes));
}

function readInput(payload: unknown): unknown {
  if (!isRecord(payload) || !("json" in payload)) return unreadable;
  const { json, meta } = payload;
  if (meta === undefined) return json;
  if (!isRecord(meta) || !namesOnlyKnownTypes(meta.values)) return unreadable;
  const values = meta.values as NonNullable<Parameters<typeof superjson.deserialize>[0]["meta"]>["values"];
  // In place, for a copy would turn a key `__proto__` into a prototype, where no check would find it any more.
  return superjson.deserialize(
    { json: json as never, meta: { values, v: meta.v === 1 ? 1 : undefined } },
    { inPlace: true },
  );
}

/** superjson both ways; what comes in is read with care and never throws. */
export const transformer = {
  input: {
    serialize: (value: unknown) => superjson.serialize(value),
    deserialize(payload: unknown): unknown {
      try {
        return readInput(payload);
      } catch {
        return unreadable;
      }
    },
  },
  output: superjson,
};
