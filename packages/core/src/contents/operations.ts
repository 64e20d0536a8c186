import { nothing } from "../access.ts";
import { StewardError } from "../errors.ts";
import { text } from "../schemas.ts";
import { contentsOperation } from "./contents.ts";
import { openLink } from "./link.ts";

export const get = contentsOperation({
  http: "GET /contents/{link}",
  summary: "Fetch the bytes that a link stands for",
  description:
    "Links come from the operations that answer with bytes, over tRPC. Whoever has one may follow it, for five minutes.",
  needs: nothing,
  input: { link: text(4000, 1).meta({ description: "The sealed part of a link" }) },
  run: async (ctx, { link }) => {
    const contents = await openLink({ vault: ctx.vault, now: ctx.now, tenant: await ctx.tenant() }, link);
    if (!contents) throw new StewardError("not_found");
    return contents;
  },
});
