import * as z from "zod";
import { skillDriver, toolOf } from "../driver.ts";

const names = (description: string) => ({ type: "array", items: { type: "string" }, description });

const aggregate = {
  type: "object",
  properties: {
    function: { type: "string", enum: ["count", "sum", "avg", "min", "max", "countDistinct"] },
    field: { type: "string" },
    as: { type: "string", description: "The name of the result" },
  },
  required: ["function", "as"],
  additionalProperties: false,
};

const grouping = {
  groupBy: names("Fields by which records are taken together"),
  aggregates: { type: "array", items: aggregate, description: "What is computed of each group" },
};

export const datasetQuery = skillDriver({
  id: "dataset-query",
  name: "Dataset query",
  description: "Filters, sorts, selects, groups and aggregates records of a dataset that the assistant knows",
  configuration: z.strictObject({
    maxRows: z.int().min(1).max(1000).default(100).meta({ description: "How many rows one query gives at most" }),
    allowGrouping: z.boolean().default(true).meta({ description: "Whether the model may group and aggregate" }),
  }),
  examples: [{}, { maxRows: 20, allowGrouping: false }],
  platform: ["datasets"],
  tool: (skill) => {
    const { datasetId, data } = skill;
    return toolOf(skill, {
      description: `Queries ${datasetId ? "a dataset" : "one of the assistant's datasets"}; answers at most ${data.maxRows} rows`,
      properties: {
        ...(!datasetId && { dataset: { type: "string", description: "Its name" } }),
        select: names("The fields that are wanted; all unless given"),
        filter: {
          type: "object",
          description:
            "Conditions: {field: value}, or {field: {$gt: 5}} with $eq $ne $gt $gte $lt $lte $in $nin $exists $contains $startsWith; $and, $or and $not join them",
        },
        ...(data.allowGrouping && grouping),
        sort: names("Fields, with - in front for descending"),
        limit: { type: "integer", minimum: 1, maximum: data.maxRows },
      },
      required: datasetId ? [] : ["dataset"],
    });
  },
});
