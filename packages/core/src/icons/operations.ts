import { readAssistant, writeAssistant } from "../access.ts";
import { revised } from "../assistants/revise.ts";
import { assistantKey } from "../assistants/schema.ts";
import { commitBytes } from "../blobs/store.ts";
import { type Contents, contentsOperation } from "../contents/contents.ts";
import type { Context } from "../context.ts";
import { StewardError } from "../errors.ts";
import { operation } from "../operation.ts";
import { Bytes, Nothing, versioned } from "../schemas.ts";
import { defaultIcon } from "./default-icon.ts";
import { faviconOf } from "./favicon.ts";
import { makeIcon } from "./made.ts";
import { Icon, iconOf } from "./schema.ts";
import { iconStep, noIconStep } from "./step.ts";

async function found(ctx: Pick<Context, "read">) {
  const [row] = await ctx.read(iconOf({}));
  if (!row) throw new StewardError("not_found");
  return row;
}

export const get = contentsOperation({
  http: "GET /assistants/{id}/icon",
  rel: "inf:icon",
  summary: "Fetch the icon of an assistant",
  description: "An SVG or a PNG. One that has none gets an SVG that is drawn from its name, for light and dark pages.",
  needs: readAssistant,
  input: assistantKey,
  run: async (ctx): Promise<Contents> => {
    const { name, slug, hash, contentType, key, size } = await found(ctx);
    if (hash !== null && contentType !== null && key !== null && size !== null) {
      const filename = `${slug}.${contentType === "image/png" ? "png" : "svg"}`;
      return { hash, size, contentType, filename, source: { key } };
    }
    const bytes = new TextEncoder().encode(defaultIcon(name));
    const measure = ctx.sha256();
    measure.update(bytes);
    return {
      hash: await measure.digest(),
      size: bytes.length,
      contentType: "image/svg+xml",
      filename: `${slug}.svg`,
      source: { bytes },
    };
  },
});

export const favicon = contentsOperation({
  http: "GET /assistants/{id}/favicon.ico",
  summary: "Fetch the icon of an assistant as an icon file",
  description:
    "With 16, 32 and 48 pixels. What an SVG says in letters is not drawn; one that has too much in it gives way to the default icon.",
  needs: readAssistant,
  input: assistantKey,
  errors: ["rate_limited"],
  run: async (ctx): Promise<Contents> => {
    const { bytes, hash, contentType } = await faviconOf(ctx, await found(ctx));
    return { hash, size: bytes.length, contentType, filename: "favicon.ico", source: { bytes } };
  },
});

export const set = operation({
  http: "PUT /assistants/{id}/icon",
  summary: "Give an assistant an icon",
  description:
    "SVG, PNG, JPEG, GIF or WebP, at most 1 MiB and 4096 pixels wide and high (2048 on an edge); what it is, its bytes tell. An SVG is kept without anything that runs or refers elsewhere; anything else becomes a PNG of at most 512 pixels.",
  needs: writeAssistant,
  input: { ...assistantKey, content: Bytes, ...versioned },
  bytes: "content",
  output: Icon,
  errors: ["version_mismatch", "too_large", "conflict", "rate_limited"],
  trips: {
    most: 2,
    because: "bytes are taken from who may send them, and become an icon in a commit for which the gate is asked again",
  },
  run: async (ctx, { content, expectedVersion }) => {
    const { version } = await ctx.facts();
    if (expectedVersion !== undefined && expectedVersion !== version) throw new StewardError("version_mismatch");
    const { stored, contentType } = await makeIcon(ctx, content);
    const { hash, size } = stored;
    const [row] = await commitBytes(ctx, stored, [iconStep(hash, contentType), ...revised(), iconOf({})], {
      details: { contentType, size, sha256: hash },
    });
    if (!row) throw new StewardError("internal");
    return {
      assistantId: row.assistantId,
      contentType,
      size,
      sha256: hash,
      version: row.version,
      updatedAt: row.updatedAt,
    };
  },
});

const remove_ = operation({
  http: "DELETE /assistants/{id}/icon",
  summary: "Give an assistant its default icon again",
  needs: writeAssistant,
  input: { ...assistantKey, ...versioned },
  output: Nothing,
  errors: ["version_mismatch"],
  run: async (ctx) => {
    await ctx.commit([noIconStep(), ...revised()]);
  },
});

export { remove_ as delete };
