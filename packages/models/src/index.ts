export { type ImageModelOptions, imageModel } from "./image-model.ts";
