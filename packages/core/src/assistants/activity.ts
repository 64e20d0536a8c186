import { readAssistantAsWriter, assistants as resource } from "../access.ts";
import { Activity, activityColumns } from "../audit/schema.ts";
import { operation } from "../operation.ts";
import { listOf } from "../pages.ts";
import { page, paging } from "../schemas.ts";
import { assistantKey } from "./schema.ts";

const ofAssistant = listOf({
  columns: activityColumns,
  from: "audit",
  where: `audit.assistant_id = (select coalesce(editing_id, id) from assistants where id = ${resource.id})`,
  key: "audit.number",
  descending: true,
});

export const activity = operation({
  http: "GET /assistants/{id}/activity",
  rel: "inf:activity",
  summary: "What was done to an assistant and its drafts, newest first",
  needs: { ...readAssistantAsWriter, assistantTokens: false },
  input: { ...assistantKey, ...paging },
  output: page(Activity),
  items: { rel: "inf:activity" },
  run: (ctx, { id: _resolved, ...asked }) => ofAssistant(ctx, asked),
});
