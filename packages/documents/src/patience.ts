import { failed } from "./refusals.ts";

/** Milliseconds. What takes so long while nothing else is done will never come. */
const longest = 30_000;

/**
 * What a promise comes to, or a `DocumentError` where it never does: a library that fails where it does not expect to may leave those
 * who wait for it waiting.
 */
export async function inTime<Value>(promise: Promise<Value>, patience = longest): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const never = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(failed("The document is damaged in a way that nothing comes out of it")), patience);
  });
  try {
    return await Promise.race([promise, never]);
  } finally {
    clearTimeout(timer);
  }
}
