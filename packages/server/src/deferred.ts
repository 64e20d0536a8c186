import type { Log } from "@steward/core";

/** What a platform offers to keep running for after the answer (`ExecutionContext` of Workers). */
export interface ExecutionContext {
  waitUntil(promise: Promise<unknown>): void;
}

type Task = () => Promise<unknown>;

/** The tasks that one request leaves behind. */
export interface RequestTasks {
  defer(task: Task): void;
  /** From here on they run. */
  answered(): void;
}

/** Work that waits until its answer has left, and that a shutdown waits for. */
export function deferredTasks(log: Log) {
  const open = new Set<Promise<unknown>>();

  function openRequest(requestId: string, executionContext: ExecutionContext | undefined): RequestTasks {
    let answer: PromiseWithResolvers<void> | undefined;
    let over = false;
    return {
      defer(task) {
        if (!over) answer ??= Promise.withResolvers();
        const done = Promise.resolve(answer?.promise)
          .then(task)
          .catch((error: unknown) => {
            log.error("deferred task failed", { requestId, cause: error instanceof Error ? error.name : typeof error });
          });
        open.add(done);
        void done.then(() => open.delete(done));
        executionContext?.waitUntil(done);
      },
      answered() {
        over = true;
        // The platform sends the answer in this turn of the event loop; the next one is free.
        if (answer) setTimeout(answer.resolve, 0);
      },
    };
  }

  /** Resolves when nothing is left to do, what is added meanwhile included. */
  async function drain(): Promise<void> {
    while (open.size > 0) await Promise.all(open);
  }

  return { openRequest, drain };
}
