export { readAtMost } from "./body.ts";
export { openapi } from "./openapi.ts";
export { type ErrorBody, problem } from "./problem.ts";
export { createRest, type Exchange, type RestEnv, type RestOptions } from "./rest.ts";
export { isForm, readUpload, type Upload } from "./upload.ts";
