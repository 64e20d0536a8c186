import * as authentication from "@steward/auth";
import { type BlobStore, type HeavyWork, inlineHeavyWork, type Services, type Sha256, tend } from "@steward/core";
import type { Executor } from "@steward/db";
import { remoteExecutor } from "@steward/db/web";
import { openPictures } from "@steward/pictures";
import { type App, createApp } from "./app.ts";
import { bucketOf, bucketVariables } from "./blob-store.ts";
import type { ExecutionContext } from "./deferred.ts";
import { imageModelOf, imageModelVariables } from "./image-model.ts";
import { createServices, jsonLog, tendFor } from "./services.ts";
import { edgeVariables, readVariables, WrongVariable } from "./variables.ts";

export interface EdgeOptions {
  /** The header in which the platform, and nobody else, tells the client's address. */
  readonly addressHeader: string;
  /** The platform's own store of blobs, where it has one; otherwise they lie in the bucket that the variables name. */
  readonly blobs?: (variables: Variables) => BlobStore | undefined;
  /** The platform's own, where it has one that is faster than JavaScript. */
  readonly sha256?: () => Sha256;
  /**
   * Sets to work what does what is too large for here, where the platform has another place for that: then no job is done here, and no
   * document read.
   */
  readonly background?: () => Promise<void>;
}

type Variables = Readonly<Record<string, unknown>>;

export interface Edge {
  fetch(request: Request, variables: Variables, executionContext?: ExecutionContext): Promise<Response>;
  /** What is left to do in the background, as far as it comes in one call: for the platform's timer. */
  tend(variables: Variables): Promise<void>;
}

/** The server on an edge: made when an isolate is first asked for something, from the variables that come with it. */
export function openEdge(options: EdgeOptions): Edge {
  let opened: { readonly app: App; readonly services: Services } | undefined;
  const open = (variables: Variables) => {
    opened ??= createEdgeApp(options, variables);
    return opened;
  };
  return {
    async fetch(request, variables, executionContext) {
      try {
        open(variables);
      } catch (error) {
        if (!(error instanceof WrongVariable)) throw error;
        console.error(error.message);
        return new Response("This server is not configured: its log names the variable.\n", { status: 503 });
      }
      return open(variables).app.fetch(request, undefined, executionContext);
    },
    tend: async (variables) => tend(open(variables).services),
  };
}

/** The largest width and height of a picture, in pixels: an isolate has 128 MB for all that it does. */
const mostSide = 2048;

/** Milliseconds after which a read that takes long is given up. */
const longestScan = 10_000;

const allVariables = edgeVariables.extend({ ...bucketVariables, ...imageModelVariables });

/** Loads and their index stay here; whoever is asked to tend also wakes the other place. */
function elsewhere(executor: Executor, background: () => Promise<void>): HeavyWork {
  const here = inlineHeavyWork({ executor, clock: { now: () => new Date() }, tendFor });
  const tendBoth = async () => {
    await here.tend();
    await background();
  };
  return {
    get full() {
      return here.full;
    },
    load: here.load,
    abandon: here.abandon,
    tend: tendBoth,
  };
}

function createEdgeApp({ addressHeader, blobs: ownBlobs, sha256, background }: EdgeOptions, given: Variables) {
  const variables = readVariables(allVariables, given);
  const blobs = ownBlobs?.(given) ?? bucketOf(variables);
  if (!blobs) throw new WrongVariable("STEWARD_S3_URL is required: the bucket in which files and images are kept");
  const log = jsonLog(variables.LOG_LEVEL, (line) => console.log(line));
  const database = { url: variables.DATABASE_URL, authToken: variables.DATABASE_AUTH_TOKEN };
  const executor = remoteExecutor(database);
  const scans = remoteExecutor({ ...database, deadline: longestScan });
  const services = createServices({
    executor,
    scans,
    log,
    keys: variables.STEWARD_ENCRYPTION_KEYS,
    blobs,
    sha256,
    ...(background && { heavyWork: elsewhere(executor, background) }),
    pictures: openPictures({ mostSide }),
    imageModel: imageModelOf(variables),
  });
  const app = createApp({
    services,
    authentication,
    address: ({ headers }) => headers.get(addressHeader)?.split(",")[0]?.trim() || null,
    origin: variables.STEWARD_BASE_URL,
  });
  return { app, services };
}
