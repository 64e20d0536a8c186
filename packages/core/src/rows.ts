import { Column, is, noopDecoder, SQL } from "drizzle-orm";

type Decode = ((value: unknown) => unknown) | undefined;
type Rows = readonly (readonly unknown[])[];

/** One column of a prepared query, as drizzle keeps it. */
interface SelectedField {
  readonly path: readonly string[];
  readonly field: unknown;
}

function decoderOf(field: unknown): Decode {
  if (is(field, Column)) {
    const plain = field.mapFromDriverValue === Column.prototype.mapFromDriverValue;
    return plain ? undefined : (value) => field.mapFromDriverValue(value);
  }
  const expression = is(field, SQL.Aliased) ? field.sql : field;
  if (!is(expression, SQL)) throw new TypeError("A selection holds columns and expressions");
  const { decoder } = Reflect.get(expression, "decoder") === noopDecoder ? {} : (expression as unknown as Decoding);
  return decoder && ((value) => decoder.mapFromDriverValue(value));
}

interface Decoding {
  readonly decoder?: { mapFromDriverValue(value: unknown): unknown };
}

/**
 * Makes objects of rows as drizzle's own mapper does, for a selection without nesting, but asks once and not for each
 * value what a column is. Undefined where drizzle's own is needed.
 */
export function flatMapper(prepared: object): ((rows: Rows) => unknown[]) | undefined {
  const fields = Reflect.get(prepared, "fields") as readonly SelectedField[] | undefined;
  if (!fields?.every(({ path }) => path.length === 1)) return undefined;
  const names = fields.map(({ path }) => path[0] as string);
  const decoders = fields.map(({ field }) => decoderOf(field));
  return (rows) =>
    rows.map((row) => {
      const object: Record<string, unknown> = {};
      for (let index = 0; index < names.length; index++) {
        const value = row[index];
        const decode = decoders[index];
        object[names[index] as string] = decode && value !== null ? decode(value) : value;
      }
      return object;
    });
}
