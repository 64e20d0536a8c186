import * as z from "zod";
import { recordQuery } from "../../datasets/query.ts";
import type { RecordValue } from "../../datasets/records.ts";
import { isStewardError } from "../../errors.ts";
import { findHostile } from "../../hostile.ts";
import { text } from "../../schemas.ts";
import { type ConfiguredSkill, type KnownDataset, type Outcome, type Run, skillDriver, toolOf } from "../driver.ts";
import { describeKnown, refer } from "./dataset-query-tool.ts";
import { refused, whichOf } from "./dataset-query-words.ts";

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

const configuration = z.strictObject({
  maxRows: z.int().min(1).max(1000).default(100).meta({ description: "How many rows one query gives at most" }),
  allowGrouping: z.boolean().default(true).meta({ description: "Whether the model may group and aggregate" }),
});
type Configured = ConfiguredSkill<z.output<typeof configuration>>;

/** What a model gives. It may ask for more rows than there will be: it is told what was cut. */
const Asked = z.strictObject({
  ...recordQuery,
  dataset: text(300, 1).optional(),
  limit: z.int().min(1).optional(),
});

const mostBytes = 64 * 1024;
const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)).length;

/** As many rows, from the first on, as are not too much for a model. */
function thatFit<Row>(rows: readonly Row[]): readonly Row[] {
  let room = mostBytes;
  const end = rows.findIndex((row) => {
    room -= bytesOf(row) + 1;
    return room < 0;
  });
  return end === -1 ? rows : rows.slice(0, end);
}

const asText = (row: Readonly<Record<string, RecordValue>>) =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, value instanceof Date ? value.toISOString() : value]),
  );

function noteOf(count: number, { data }: Configured): string {
  const ways = data.allowGrouping ? "filter, select fewer fields, or group" : "filter, or select fewer fields";
  return count > 0
    ? `Only the first ${count} rows: there are more. To see the rest, ${ways}`
    : `Not even one row fits into an answer: ${ways}`;
}

async function answer(
  skill: Configured,
  asked: z.output<typeof Asked>,
  dataset: KnownDataset,
  run: Run,
): Promise<Outcome> {
  const { dataset: _chosen, limit: wanted = skill.data.maxRows, ...query } = asked;
  const limit = Math.min(wanted, skill.data.maxRows);
  const found = await run.query(dataset.id, { ...query, limit }, { bytes: mostBytes });
  const rows = thatFit(found.rows.map(asText));
  const cut = rows.length < found.rows.length || found.truncated;
  return {
    content: {
      dataset: dataset.name,
      rows,
      count: rows.length,
      ...(cut && { truncated: true, note: noteOf(rows.length, skill) }),
    },
  };
}

/** What is wrong with an input that does not have the form of a question; null for nothing. */
function misformed(skill: Configured, input: unknown): string | null {
  const hostile = findHostile(input);
  if (hostile) return `${hostile.path}: ${hostile.message}`;
  const [issue] = Asked.safeParse(input).error?.issues ?? [];
  if (issue) return `${issue.path.join(".") || "input"}: ${issue.message}`.slice(0, 500);
  const groups = Object.keys(input as object).filter((key) => key === "groupBy" || key === "aggregates");
  return groups.length > 0 && !skill.data.allowGrouping
    ? `${groups[0]}: this skill neither groups nor aggregates`
    : null;
}

export const datasetQuery = skillDriver({
  id: "dataset-query",
  name: "Dataset query",
  description: "Filters, sorts, selects, groups and aggregates records of a dataset that the assistant knows",
  configuration,
  examples: [{}, { maxRows: 20, allowGrouping: false }],
  platform: ["datasets"],
  tool: (skill, known) => {
    const { datasetId, data } = skill;
    const told = known.filter(({ id, reached }) => reached && (!datasetId || id === datasetId));
    const tool = toolOf(skill, {
      description: `Queries ${datasetId ? "a dataset" : "one of the assistant's datasets"}; answers at most ${data.maxRows} rows`,
      properties: {
        ...(!datasetId && {
          dataset: {
            type: "string",
            ...(told.length > 0 && { enum: told.map((dataset) => refer(dataset, told)) }),
            description: "Which dataset",
          },
        }),
        select: names("The fields that are wanted; all unless given"),
        filter: {
          type: "object",
          description:
            "Conditions: {field: value}, or {field: {$gt: 5}} with $eq $ne $gt $gte $lt $lte $in $nin $exists $contains $startsWith; $and, $or and $not join them. Dates in ISO 8601",
        },
        ...(data.allowGrouping && grouping),
        sort: names("Fields, or with groups columns of the answer, with - in front for descending"),
        limit: { type: "integer", minimum: 1, maximum: data.maxRows },
      },
      required: datasetId ? [] : ["dataset"],
    });
    return told.length > 0 ? { ...tool, description: `${tool.description}\n\n${describeKnown(told)}` } : tool;
  },
  async execute(skill, input, run) {
    const wrong = misformed(skill, input);
    const asked = wrong === null ? Asked.parse(input) : { dataset: undefined };
    const named = wrong === null ? asked.dataset : (input as { dataset?: unknown }).dataset;
    const which = whichOf(skill.datasetId, typeof named === "string" ? named : undefined, run.known);
    if ("failed" in which) return which;
    if (wrong !== null) return refused(wrong, which, run.known, skill);
    if (which.mode === "schema")
      return refused(
        "Only the fields of this dataset are known here, never a record, a value or a number of them",
        which,
        run.known,
        skill,
      );
    try {
      return await answer(skill, Asked.parse(input), which, run);
    } catch (error) {
      if (!isStewardError(error)) throw error;
      if (error.code !== "validation_failed" && error.code !== "conflict") throw error;
      const [detail] = error.details ?? [];
      return refused(detail ? `${detail.path}: ${detail.message}` : error.message, which, run.known, skill);
    }
  },
});
