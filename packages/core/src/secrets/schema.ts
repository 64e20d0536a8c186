import * as z from "zod";
import { Id, Moment, text, Version } from "../schemas.ts";
import { AllowedHosts } from "./hosts.ts";

/** Stands for every value in every answer; written back, it leaves the value alone. */
export const mask = "********" as const;

const longestValue = 64 * 1024;

const Name = z
  .string()
  .regex(
    /^[A-Za-z_][A-Za-z0-9_]{0,127}$/,
    "1 to 128 letters of A-Z and a-z, digits and underscores, not beginning with a digit",
  )
  .meta({ description: "By which skills ask for it, unique within the assistant" });

const Value = z
  .string()
  .min(1)
  .refine((value) => new TextEncoder().encode(value).length <= longestValue, "More than 64 KiB");

/** What its writers may set. */
export const fields = {
  name: Name,
  description: text(4000).nullable().meta({ description: "What it is for" }),
  allowedHosts: AllowedHosts,
};

export const NewValue = Value.refine((value) => value !== mask, "The mask stands for a value, and is none").meta({
  description: "1 byte to 64 KiB; never shown again",
});
export const ChangedValue = Value.meta({ description: `A new value; \`${mask}\` leaves the old one` });

export const Secret = z
  .object({
    id: Id,
    assistantId: Id,
    ...fields,
    value: z.literal(mask).meta({ description: "Never the value itself" }),
    permissions: z.object({ write: z.boolean(), delete: z.boolean() }),
    version: Version,
    createdAt: Moment,
    updatedAt: Moment,
    lastUsedAt: Moment.nullable().meta({ description: "When a skill last used it" }),
  })
  .meta({ id: "Secret", description: "What a skill needs to know and nobody is to read; its value is encrypted" });
