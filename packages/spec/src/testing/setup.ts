import { afterAll, vi } from "vitest";

// Worlds hold the clock still, and the next file may have none.
afterAll(() => {
  vi.useRealTimers();
});
