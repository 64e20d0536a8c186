/**
 * A `fetch` that reaches what lies beneath one address and nothing else: an answer that points elsewhere, by a redirect or by an
 * address in it, is not followed. What answers more than `most` bytes has failed.
 */
export function boundedFetch(baseUrl: string, most: number): typeof fetch {
  const beneath = `${baseUrl.replace(/\/+$/, "")}/`;
  return async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    if (!url.startsWith(beneath) || init?.method !== "POST") throw new Error("An answer is not followed elsewhere");
    const response = await fetch(input, { ...init, redirect: "manual" });
    if (response.status >= 300 && response.status < 400) {
      await response.body?.cancel();
      throw new Error("A redirect is not followed");
    }
    return new Response(await bodyOf(response, most), { status: response.status, headers: plain });
  };
}

/** What it says of its body is no longer true of what has been read. */
const plain = { "content-type": "application/json" };

async function bodyOf({ body }: Response, most: number): Promise<Blob> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const reader = body?.getReader();
  for (;;) {
    const { value } = (await reader?.read()) ?? {};
    if (!value) return new Blob(pieces);
    size += value.length;
    if (size > most) {
      await reader?.cancel();
      throw new Error("The answer is too large");
    }
    pieces.push(value);
  }
}
