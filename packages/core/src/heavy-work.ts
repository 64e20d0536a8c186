/** What a thread for heavy work needs of the core: all of it would take a second and 50 MB more. */
export { inlineHeavyWork } from "./datasets/loading/inline.ts";
export type { Loaded } from "./datasets/loading/order.ts";
