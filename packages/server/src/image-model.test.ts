import { expect, test } from "vitest";
import * as z from "zod";
import { imageModelOf, imageModelVariables } from "./image-model.ts";
import { readVariables } from "./variables.ts";

const all = {
  STEWARD_IMAGE_MODEL_URL: "https://models.example/v1/",
  STEWARD_IMAGE_MODEL_KEY: "sk-secret",
  STEWARD_IMAGE_MODEL: "painter",
};
const read = (given: Record<string, string>) => imageModelOf(readVariables(z.object(imageModelVariables), given));

test("an image model is configured whole or not at all", () => {
  expect(read({})).toBeNull();
  expect(read({ STEWARD_IMAGE_MODEL_URL: "" })).toBeNull();
  expect(read(all)).toMatchObject({ draw: expect.any(Function) });
  for (const name of Object.keys(all)) {
    expect(() => read({ ...all, [name]: "" })).toThrow(`${name} must be set as well`);
  }
});

test.each([
  "models.example/v1",
  "ftp://models.example",
  "https://me:secret@models.example/v1",
  "https://models.example/v1?key=x",
])("%s is no address of one", (address) => {
  const attempt = () => read({ ...all, STEWARD_IMAGE_MODEL_URL: address });
  expect(attempt).toThrow("STEWARD_IMAGE_MODEL_URL must be the address of an API");
  expect(attempt).not.toThrow("sk-secret");
});
