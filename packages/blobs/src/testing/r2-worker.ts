import { type R2Bucket, r2Blobs } from "../r2.ts";

/** A worker that lets a test outside of workerd speak with a store within. */
export default {
  async fetch(request: Request, { BLOBS }: { readonly BLOBS: R2Bucket }): Promise<Response> {
    const store = r2Blobs(BLOBS);
    const { pathname, searchParams } = new URL(request.url);
    const key = decodeURIComponent(pathname.slice(1));
    if (request.method === "DELETE") {
      await store.delete((await request.json()) as string[]);
      return new Response("done");
    }
    if (request.method === "PUT") {
      await store.put(key, request.body ?? new ReadableStream({ start: (controller) => controller.close() }));
      return new Response("done");
    }
    if (key === "") {
      const found = [];
      for await (const blob of store.list()) found.push(blob);
      return Response.json(found);
    }
    const [offset, length] = [Number(searchParams.get("offset")), Number(searchParams.get("length"))];
    const stream = await store.get(key, length > 0 ? { offset, length } : undefined);
    return stream ? new Response(stream) : new Response(null, { status: 404 });
  },
};
