import { openPictures } from "@steward/pictures";
import { type Told, tellError } from "./told-errors.ts";

export type Made<Value> = { readonly value: Value } | { readonly error: Told };

/** Takes its arguments as one, and tells its error, as a message between threads can carry them. */
const answering =
  <Given extends readonly unknown[], Value>(make: (...given: Given) => Promise<Value>) =>
  async (given: Given): Promise<Made<Value>> => {
    try {
      return { value: await make(...given) };
    } catch (error) {
      return { error: tellError(error) };
    }
  };

const pictures = openPictures();
export const cleanSvg = answering(pictures.cleanSvg);
export const reencode = answering(pictures.reencode);
export const ico = answering(pictures.ico);
