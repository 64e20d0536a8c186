import { tables } from "@steward/db";
import * as z from "zod";
import { asCaller, assistants as assistantResource, granted, levelWithDrafts, me } from "../access.ts";
import { invalid, StewardError } from "../errors.ts";
import { fragment } from "../fragment.ts";
import { operation } from "../operation.ts";
import { defined, last } from "../records.ts";
import { AssistantReference } from "../schemas.ts";
import { assign, guard, type Places, write } from "../statement.ts";
import { addressesOf, inOneForm } from "./restriction.ts";
import { columns, fields, type NewToken, Token, toBits, toToken, type } from "./schema.ts";

const { tokens } = tables;

/** The assistant that the input names, as `:assistant1` to `:assistant3`. */
const boundTo = assistantResource.id.replaceAll(":subject", ":assistant");
type BoundTo = Record<"assistant1" | "assistant2" | "assistant3", string | null>;

const readable = guard<BoundTo>(`(with ${asCaller} select ${levelWithDrafts(boundTo)}) >= 1`);
const live = guard<BoundTo>(`(select editing_id from assistants where id = ${boundTo}) is null`);
const ofDraft = new StewardError("conflict", { message: "A draft has no tokens: make one for its original" });

const insert = write((database, places: Places<NewToken & BoundTo>, bound: boolean) =>
  database
    .insert(tokens)
    .values({
      ...assign(tokens, places, [
        "id",
        "hash",
        "hint",
        "type",
        "notes",
        "readOnly",
        "scopes",
        "restrict",
        "host",
        "cidr",
        "firstAddress",
        "lastAddress",
        "expiresAt",
        "data",
        "createdAt",
        "updatedAt",
      ]),
      userId: fragment<string>(me),
      assistantId: bound ? fragment<string>(boundTo) : null,
    })
    .returning(columns),
);

export const create = operation({
  http: "POST /tokens",
  summary: "Create a token; its value is in this answer only",
  needs: granted("tokens:create", "write", { credential: "session" }),
  input: {
    type: type.default("personal"),
    assistantId: AssistantReference.optional().meta({ description: "Required for a token of type `assistant`" }),
    notes: fields.notes.default(null),
    readOnly: fields.readOnly.default(false),
    scopes: fields.scopes.default(null),
    restrict: fields.restrict.optional(),
    host: fields.host.default(null),
    cidr: fields.cidr.default(null),
    expiresAt: fields.expiresAt.default(null),
    data: fields.data.default(null),
  },
  output: Token.extend({
    token: z.string().meta({ description: "`stw_` and more: keep it, it is not shown again" }),
  }).meta({
    id: "NewToken",
    description: "A token with its value",
  }),
  errors: ["not_found", "conflict"],
  run: async (ctx, { assistantId, scopes: list, ...given }) => {
    const bound = given.type === "assistant";
    if (bound && assistantId === undefined)
      throw invalid("assistantId", "A token of type assistant names its assistant");
    if (!bound && assistantId !== undefined) throw invalid("assistantId", "Only a token of type assistant names one");
    if (given.expiresAt && given.expiresAt <= ctx.now) throw invalid("expiresAt", "Lies in the past");
    const addresses = addressesOf(given);
    const [assistant1, assistant2, assistant3] = assistantResource.reference(assistantId ?? "");
    const boundValues = { assistant1, assistant2, assistant3 };
    const { value, hash, hint } = ctx.tokens.issue();
    const id = ctx.newId();
    const said = inOneForm({ ...given, restrict: given.restrict ?? null });
    const row = { ...said, ...addresses, id, hash, hint, scopes: list && toBits(list), createdAt: ctx.now };
    const results = await ctx.commit(
      [
        ...(bound ? [readable(boundValues, new StewardError("not_found")), live(boundValues, ofDraft)] : []),
        insert({ ...row, updatedAt: ctx.now, ...boundValues }, bound),
      ],
      { subject: id, details: toldOf({ ...said, assistantId, scopes: list }) },
    );
    const [made] = last(results);
    if (!made) throw new StewardError("internal");
    return { ...toToken(made), token: value };
  },
});

/** What the trail keeps of a token that is made: all but what people write into it. */
const toldOf = ({ notes: _, data: __, ...rest }: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(defined(rest)).filter(([, value]) => value !== null));
