import { isAnythingLeft, logCause, type Services } from "@steward/core";

/** Milliseconds between two looks at what is left to do, whoever has left it. */
const every = 30_000;

/**
 * Does what is left to do in the background, from now on and for good; where there is nothing, its thread is not woken.
 * Answers with what ends that.
 */
export function keepTending(services: Pick<Services, "executor" | "clock" | "heavyWork" | "log">): () => Promise<void> {
  const { executor, clock, heavyWork, log } = services;
  let under: Promise<void> = Promise.resolve();
  const tendIfNeeded = async () => {
    if (await isAnythingLeft(executor, clock.now().getTime())) await heavyWork.tend();
  };
  const tend = () => {
    under = tendIfNeeded().catch((error: unknown) => logCause(log, error, { task: "the background's work" }));
  };
  const timer = setInterval(tend, every);
  timer.unref();
  tend();
  return async () => {
    clearInterval(timer);
    await under;
  };
}
