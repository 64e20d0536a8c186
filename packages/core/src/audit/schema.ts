import { tables } from "@steward/db";
import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { Id, Moment, PrincipalId } from "../schemas.ts";

const { audit } = tables;

export const Activity = z
  .object({
    number: z.int().meta({ description: "Its place in the audit trail" }),
    at: Moment,
    userId: PrincipalId.nullable().meta({
      description: "Who did it; null for an operator at the command line, and for a user who has been deleted since",
    }),
    tokenId: Id.nullable().meta({ description: "The token by which that user did it" }),
    operation: z.string().meta({ description: "What was done: `assistants.update`" }),
    subject: z.string().nullable().meta({ description: "The id of the row that it was done to" }),
    revision: z.int().nullable().meta({
      description: "The revision from which the assistant was changed, for a draft the one that it was begun from",
    }),
    details: z
      .record(z.string(), z.unknown())
      .nullable()
      .meta({ description: "Which fields, to whom; never a secret" }),
  })
  .meta({ id: "Activity", description: "Something that was done" });

export const AuditEntry = Activity.extend({
  assistantId: Id.nullable().meta({ description: "The assistant to whose activity it belongs" }),
  hash: z.string().nullable().meta({ description: "Its link in the chain of hashes; null until it is sealed" }),
}).meta({ id: "AuditEntry", description: "A row of the audit trail" });

export const activityColumns = {
  number: audit.number,
  at: audit.at,
  userId: sql.raw("(select 'user:' || p.name from principals p where p.id = audit.user_id)") as SQL<string | null>,
  tokenId: audit.tokenId,
  operation: audit.operation,
  subject: audit.subject,
  revision: audit.revision,
  details: audit.details,
};

export const auditColumns = { ...activityColumns, assistantId: audit.assistantId, hash: audit.hash };
