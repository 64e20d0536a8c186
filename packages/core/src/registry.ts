import * as assistants from "./assistants/operations.ts";
import * as entry from "./entry/operations.ts";
import type { AnyOperation } from "./operation.ts";
import * as owner from "./owner/operations.ts";
import * as principals from "./principals/operations.ts";
import * as seats from "./seats/operations.ts";
import * as session from "./session/operations.ts";
import * as shares from "./shares/operations.ts";
import * as teams from "./teams/operations.ts";
import * as tokens from "./tokens/operations.ts";
import * as users from "./users/operations.ts";

/** An operation's name is its path here: the export `update` of assistants/operations.ts is `assistants.update`. */
export const operations = {
  assistants,
  entry,
  owner,
  principals,
  seats,
  session,
  shares,
  teams,
  tokens,
  users,
} satisfies Record<string, Record<string, AnyOperation>>;
export type Operations = typeof operations;
