import type { SkillDriver } from "../driver.ts";
import { assistant } from "./assistant.ts";
import { codeExecution } from "./code-execution.ts";
import { custom } from "./custom.ts";
import { datasetQuery } from "./dataset-query.ts";
import { fileAnalysis } from "./file-analysis.ts";
import { mcp } from "./mcp.ts";
import { webSearch } from "./web-search.ts";

const all = [
  datasetQuery,
  webSearch,
  codeExecution,
  fileAnalysis,
  custom,
  mcp,
  assistant,
] satisfies readonly SkillDriver[];

/** Every type of skill by its id. Whatever stands here can be listed, configured and used. */
export const drivers = new Map<string, SkillDriver>(all.map((driver) => [driver.id, driver]));
