// First, and alone: it makes loading everything else four times as fast.
import "./loading.ts";

const { run } = await import("./command-line.ts");
process.exitCode = await run(process.argv.slice(2));
