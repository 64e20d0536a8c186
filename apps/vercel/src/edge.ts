import { openEdge } from "@steward/server/edge";
// @boundaries-ignore generated for the whole repository, and served as it is
import document from "../../../docs/openapi.json" with { type: "json" };

// Vercel sets this header, whatever the client has sent.
const answer = openEdge({ document, addressHeader: "x-real-ip" });

/** Every request to the deployment, see vercel.json. */
export default (request: Request, context?: { waitUntil(promise: Promise<unknown>): void }): Promise<Response> =>
  answer(request, process.env, context);
