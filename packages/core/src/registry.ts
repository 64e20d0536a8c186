import * as assistants from "./assistants/operations.ts";
import * as audit from "./audit/operations.ts";
import * as comments from "./comments/operations.ts";
import * as contents from "./contents/operations.ts";
import * as datasetOwner from "./dataset-owner/operations.ts";
import * as datasetShares from "./dataset-shares/operations.ts";
import * as datasets from "./datasets/operations.ts";
import * as drafts from "./drafts/operations.ts";
import * as entry from "./entry/operations.ts";
import * as favorites from "./favorites/operations.ts";
import * as files from "./files/operations.ts";
import * as folders from "./folders/operations.ts";
import * as icons from "./icons/operations.ts";
import * as images from "./images/operations.ts";
import * as jobs from "./jobs/operations.ts";
import * as knowledge from "./knowledge/operations.ts";
import type { AnyOperation } from "./operation.ts";
import * as owner from "./owner/operations.ts";
import * as principals from "./principals/operations.ts";
import * as records from "./records/operations.ts";
import * as references from "./references/operations.ts";
import * as revisions from "./revisions/operations.ts";
import * as seats from "./seats/operations.ts";
import * as secrets from "./secrets/operations.ts";
import * as session from "./session/operations.ts";
import * as settings from "./settings/operations.ts";
import * as shares from "./shares/operations.ts";
import * as skills from "./skills/operations.ts";
import * as tags from "./tags/operations.ts";
import * as teams from "./teams/operations.ts";
import * as tokens from "./tokens/operations.ts";
import * as uploads from "./uploads/operations.ts";
import * as users from "./users/operations.ts";

/** An operation's name is its path here: the export `update` of assistants/operations.ts is `assistants.update`. */
export const operations = {
  assistants,
  audit,
  comments,
  contents,
  datasetOwner,
  datasetShares,
  datasets,
  drafts,
  entry,
  favorites,
  files,
  folders,
  icons,
  images,
  jobs,
  knowledge,
  owner,
  principals,
  records,
  references,
  revisions,
  seats,
  secrets,
  session,
  settings,
  shares,
  skills,
  tags,
  teams,
  tokens,
  uploads,
  users,
} satisfies Record<string, Record<string, AnyOperation>>;
export type Operations = typeof operations;
