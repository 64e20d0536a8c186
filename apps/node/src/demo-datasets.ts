import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import type { IncomingBytes, Operations } from "@steward/core";
import type { Assistant, Given } from "./demo.ts";

/** A file of the package `vega-datasets`, and with whom what is loaded of it is shared. */
export interface Dataset {
  readonly owner: string;
  readonly fields: Omit<Given<Operations["datasets"]["create"]>, "ownerId"> & { readonly slug: string };
  readonly file: string;
  readonly shares?: Readonly<Record<string, Omit<Given<Operations["datasetShares"]["set"]>, "principalId">>>;
}

/** All of them may be passed on: works of the government of the United States, and one under CC BY 4.0. */
export const datasets: readonly Dataset[] = [
  {
    owner: "analytics",
    fields: {
      slug: "bird-strikes",
      name: "Bird strikes",
      description:
        "Wildlife that aircraft have struck in the United States. FAA Wildlife Strike Database, a work of the US government, as the package vega-datasets has it.",
    },
    file: "birdstrikes.csv",
    shares: {
      chloe: {
        accessLevel: 1,
        filter: { "Phase of flight": "Approach" },
        visibleFields: [
          "Airport Name",
          "Flight Date",
          "Origin State",
          "Phase of flight",
          "Wildlife Species",
          "Time of day",
        ],
      },
    },
  },
  {
    owner: "analytics",
    fields: {
      slug: "airports",
      name: "Airports",
      description:
        "Airports of the United States with their place. Data.gov, a work of the US government, as the package vega-datasets has it.",
    },
    file: "airports.csv",
    shares: { support: { accessLevel: 1 } },
  },
  {
    owner: "support",
    fields: {
      slug: "post-codes",
      name: "Post codes",
      description:
        "Post codes of the United States with their place. GeoNames (geonames.org), CC BY 4.0, as the package vega-datasets has it.",
    },
    file: "zipcodes.csv",
  },
  {
    owner: "ada",
    fields: {
      slug: "seattle-weather",
      name: "Seattle weather",
      description:
        "The weather of each day in Seattle, 2012 to 2015. NOAA, a work of the US government, as the package vega-datasets has it.",
    },
    file: "seattle-weather.csv",
  },
];

/** The bytes of a dataset's file, as a request would bring them. */
export function bytesOf({ file }: Dataset): IncomingBytes {
  const path = new URL(`../data/${file}`, import.meta.resolve("vega-datasets"));
  const stream = Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>;
  return { stream, length: null, type: "text/csv", name: file };
}

const strikeAnalyst: Assistant = {
  owner: "analytics",
  fields: {
    slug: "strike-analyst",
    name: "Strike analyst",
    description: "Answers questions about birds and other animals that aircraft have struck",
    instructions: `You answer questions about wildlife strikes from the records that you can query. Count before you claim, name the
period, and say that only strikes which were reported are in there. Look up airports by name when a place is meant.`,
    suggestions: ["Which species are struck most often?", "In which phase of flight do strikes cost most?"],
  },
  folder: "Reports",
  tags: ["Figures"],
  knowledge: [{ datasetId: "analytics:bird-strikes" }, { datasetId: "analytics:airports" }],
  skills: [{ type: "dataset-query", name: "Query the records", data: { maxRows: 50 } }],
  shares: { support: 1 },
};

const addressHelper: Assistant = {
  owner: "support",
  fields: {
    slug: "address-helper",
    name: "Address helper",
    description: "Finds the post code of a place, and the place of a post code, on the west coast",
    instructions: `You help colleagues to complete addresses in Washington, Oregon and California. Look each one up; never guess a post
code. When there are several, list them with their county.`,
    suggestions: ["What is the post code of Holden, Washington?"],
  },
  folder: "Customers",
  knowledge: [{ datasetId: "support:post-codes", filter: { state: { $in: ["WA", "OR", "CA"] } } }],
  skills: [{ type: "dataset-query", name: "Look up post codes", data: { maxRows: 20, allowGrouping: false } }],
  shares: { analytics: 1 },
};

/** Assistants that are there for what they know. */
export const knowing: readonly Assistant[] = [strikeAnalyst, addressHelper];
