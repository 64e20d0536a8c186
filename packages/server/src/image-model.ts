import type { ImageModel } from "@steward/core";
import { imageModel } from "@steward/models";
import * as z from "zod";
import { understood, WrongVariable } from "./variables.ts";

const parseAddress = (text: string): string | undefined =>
  URL.canParse(text) && /^https?:\/\/[^?#@\s]+$/.test(text) ? text.replace(/\/+$/, "") : undefined;

/** Which image model draws: all of them or none. */
export const imageModelVariables = {
  STEWARD_IMAGE_MODEL_URL: understood(
    "must be the address of an API like OpenAI's, up to its version, such as https://api.openai.com/v1",
    parseAddress,
  ).optional(),
  STEWARD_IMAGE_MODEL_KEY: z.string().optional(),
  STEWARD_IMAGE_MODEL: z.string().max(200, "must be a model's name of at most 200 characters").optional(),
};

type Variables = z.output<z.ZodObject<typeof imageModelVariables>>;

/** The image model that the variables name, or null. Throws a WrongVariable where they name half of one. */
export function imageModelOf(variables: Variables): ImageModel | null {
  const { STEWARD_IMAGE_MODEL_URL: baseUrl, STEWARD_IMAGE_MODEL_KEY: key, STEWARD_IMAGE_MODEL: model } = variables;
  if (!baseUrl && !key && !model) return null;
  if (baseUrl && key && model) return imageModel({ baseUrl, key, model });
  const missing = Object.keys(imageModelVariables).filter((name) => !variables[name as keyof Variables]);
  throw new WrongVariable(`${missing.join(", ")} must be set as well: an image model has an address, a key and a name`);
}
