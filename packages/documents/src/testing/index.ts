export { check } from "./check.ts";
export { type Came, corpus, pagesPdf, type Sample, take } from "./corpus.ts";
export { pngOf } from "./pictures.ts";
