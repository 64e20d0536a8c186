import type { Services } from "@steward/core";

/** Milliseconds between two looks at what is left to do, whoever has left it. */
const every = 30_000;

/** Does what is left to do in the background, from now on and for good. Answers with what ends that. */
export function keepTending({ heavyWork, log }: Pick<Services, "heavyWork" | "log">): () => Promise<void> {
  let under: Promise<void> = Promise.resolve();
  const tend = () => {
    under = heavyWork.tend().catch((cause) => log.error("the background's work has failed", { cause }));
  };
  const timer = setInterval(tend, every);
  timer.unref();
  tend();
  return async () => {
    clearInterval(timer);
    await under;
  };
}
