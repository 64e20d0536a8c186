import { openEdge } from "@steward/server/edge";

// Vercel sets this header, whatever the client has sent.
const edge = openEdge({ addressHeader: "x-real-ip" });

/** Every request to the deployment, see vercel.json. */
export default (request: Request, context?: { waitUntil(promise: Promise<unknown>): void }): Promise<Response> =>
  edge.fetch(request, process.env, context);
