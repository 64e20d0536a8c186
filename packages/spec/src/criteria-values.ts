import type { VisibleField } from "@steward/core";
import fc from "fast-check";
import { fields, valuesOf } from "./criteria-world.ts";

/** The ways in which one may write a moment. */
const written = (moment: Date): fc.Arbitrary<unknown> => {
  const iso = moment.toISOString();
  const ways: unknown[] = [moment, iso, iso.slice(0, -1), iso.replace("T", " ").replace("Z", "+00:00")];
  const ahead = new Date(moment.getTime() + 5.5 * 3_600_000).toISOString();
  if (ahead.length === iso.length) ways.push(ahead.replace("Z", "+05:30"), ahead.replace("Z", "+0530"));
  if (iso.endsWith("T00:00:00.000Z")) ways.push(iso.slice(0, -14));
  if (iso.endsWith(":00.000Z")) ways.push(iso.slice(0, -8));
  return fc.constantFrom(...ways);
};

const operandOf = (field: VisibleField): fc.Arbitrary<unknown> =>
  valuesOf(field).chain((value) => (value instanceof Date ? written(value) : fc.constant(value)));

/** Every condition that there is on this field with this operand. */
export const conditionsOf = (field: VisibleField, operand: unknown): Record<string, unknown>[] =>
  [
    operand,
    ...["$eq", "$ne"].map((operator) => ({ [operator]: operand })),
    ...["$in", "$nin"].flatMap((operator) => [{ [operator]: [operand] }, { [operator]: [operand, null] }]),
    ...(operand === null ? [{ $exists: true }, { $exists: false }, { $in: [] }, { $nin: [] }] : []),
    ...(operand === null || field.dataType === "boolean" ? [] : ["$gt", "$gte", "$lt", "$lte"]).map((operator) => ({
      [operator]: operand,
    })),
    ...(operand === null || field.dataType !== "string" ? [] : ["$contains", "$startsWith"]).map((operator) => ({
      [operator]: operand,
    })),
  ].map((condition) => ({ [field.name]: condition }));

function operatorsOf(field: VisibleField): fc.Arbitrary<object> {
  const operand = operandOf(field);
  const orMissing = fc.option(operand, { freq: 5 });
  const list = fc.array(orMissing, { maxLength: 4 });
  const keys: Record<string, fc.Arbitrary<unknown>> = {
    $eq: orMissing,
    $ne: orMissing,
    $in: list,
    $nin: list,
    $exists: fc.boolean(),
    ...(field.dataType !== "boolean" && { $gt: operand, $gte: operand, $lt: operand, $lte: operand }),
    ...(field.dataType === "string" && { $contains: operand, $startsWith: operand }),
  };
  return fc
    .subarray(Object.keys(keys), { minLength: 1, maxLength: 2 })
    .chain((chosen) => fc.record(Object.fromEntries(chosen.map((key) => [key, keys[key] as fc.Arbitrary<unknown>]))));
}

const ofFields = (depth: number): Record<string, fc.Arbitrary<unknown>> =>
  Object.fromEntries(
    [...fields.values()].map((field) => [
      field.name,
      depth === 0 ? fc.option(operandOf(field), { freq: 5 }) : operatorsOf(field),
    ]),
  );

const level = (keys: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<object> =>
  fc
    .subarray(Object.keys(keys), { minLength: 0, maxLength: 2 })
    .chain((chosen) => fc.record(Object.fromEntries(chosen.map((key) => [key, keys[key] as fc.Arbitrary<unknown>]))));

const leaves = fc.oneof({ weight: 1, arbitrary: level(ofFields(0)) }, { weight: 4, arbitrary: level(ofFields(1)) });

/** Filters of every form, up to four levels of them. */
export const criteria: fc.Arbitrary<Record<string, unknown>> = fc.letrec<{ any: object; nest: object }>((tie) => ({
  any: fc.oneof({ maxDepth: 3, withCrossShrink: true }, leaves, tie("nest")),
  nest: fc
    .tuple(
      leaves,
      fc.record(
        {
          $and: fc.array(tie("any"), { minLength: 1, maxLength: 3 }),
          $or: fc.array(tie("any"), { minLength: 1, maxLength: 3 }),
          $not: tie("any"),
        },
        { requiredKeys: [] },
      ),
    )
    .map(([one, other]) => ({ ...one, ...other })),
})).any as fc.Arbitrary<Record<string, unknown>>;
