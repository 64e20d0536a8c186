type Schema = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Schema =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const typeOf = (value: unknown): string =>
  value === null ? "null" : Array.isArray(value) ? "array" : typeof value === "number" ? "number" : typeof value;

function hasType(value: unknown, type: unknown): boolean {
  if (type === "integer") return Number.isInteger(value);
  return typeOf(value) === type;
}

const sameJson = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/**
 * Where a value does not fit a JSON Schema, as far as our documents use that language; empty when it fits. A key that
 * no schema names is found too, unless the schema says what else there may be: an answer tells nothing undocumented.
 */
export function misfits(value: unknown, schema: unknown, root: Schema, path = ""): string[] {
  const known = new Set<string>();
  const found = check(value, schema, root, path, known);
  if (!isObject(value) || known.has("*")) return found;
  return [
    ...found,
    ...Object.keys(value).flatMap((key) => (known.has(key) ? [] : [`${path}.${key} is not documented`])),
  ];
}

function check(value: unknown, schema: unknown, root: Schema, path: string, known: Set<string>): string[] {
  if (schema === true) return [];
  if (!isObject(schema)) return [`${path}: no schema`];
  if (typeof schema.$ref === "string") return check(value, resolve(schema.$ref, root), root, path, known);
  const found: string[] = [];
  const fail = (why: string) => void found.push(`${path || "."} ${why}: ${JSON.stringify(value)?.slice(0, 100)}`);
  if (schema.type !== undefined && ![schema.type].flat().some((type) => hasType(value, type)))
    fail(`is no ${schema.type}`);
  if (Array.isArray(schema.enum) && !schema.enum.some((one) => sameJson(one, value))) fail("is none of the enum");
  if ("const" in schema && !sameJson(schema.const, value)) fail("is not the constant");
  if (typeof value === "number" && typeof schema.minimum === "number" && value < schema.minimum) fail("is too small");
  if (typeof value === "number" && typeof schema.maximum === "number" && value > schema.maximum) fail("is too large");
  if (
    schema.format === "date-time" &&
    typeof value === "string" &&
    !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value)
  )
    fail("is no moment in UTC with milliseconds");
  for (const part of asArray(schema.allOf)) found.push(...check(value, part, root, path, known));
  for (const key of ["anyOf", "oneOf"]) {
    const options = asArray(schema[key]);
    const fitting = options.find((option) => check(value, option, root, path, new Set()).length === 0);
    if (fitting !== undefined) check(value, fitting, root, path, known);
    else if (options.length > 0) fail(`fits none of ${key}`);
  }
  if (Array.isArray(value) && schema.items !== undefined)
    for (const [index, item] of value.entries()) found.push(...misfits(item, schema.items, root, `${path}.${index}`));
  if (isObject(value)) found.push(...checkObject(value, schema, root, path, known));
  else known.add("*");
  return found;
}

function checkObject(value: Schema, schema: Schema, root: Schema, path: string, known: Set<string>): string[] {
  const properties = isObject(schema.properties) ? schema.properties : {};
  const missing = asArray(schema.required).filter((key) => !(String(key) in value));
  const found = missing.map((key) => `${path}.${key} is missing`);
  const { additionalProperties: others } = schema;
  if (others !== undefined && others !== false) known.add("*");
  if (Object.keys(schema).length === 0) known.add("*");
  for (const [key, inner] of Object.entries(value)) {
    if (key in properties) {
      known.add(key);
      found.push(...misfits(inner, properties[key], root, `${path}.${key}`));
    } else if (isObject(others)) found.push(...misfits(inner, others, root, `${path}.${key}`));
  }
  return found;
}

const asArray = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const resolve = (reference: string, root: Schema): unknown =>
  reference
    .replace(/^#\/?/, "")
    .split("/")
    .reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), root);
