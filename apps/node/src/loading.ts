import { enableCompileCache, type ResolveHookSync, registerHooks } from "node:module";
import { fileURLToPath } from "node:url";

/** Compiled code and stripped types, kept from one start to the next. Where it cannot be written there is no cache. */
enableCompileCache(fileURLToPath(new URL("../../../node_modules/.cache/steward", import.meta.url)));

/** Packages of modules alone, whose many files find one another by `./name.js`. */
const plain = /\/node_modules\/(?:drizzle-orm|hono|zod)\//;
const resolved = new Map<string, ReturnType<ResolveHookSync>>();

/**
 * Drizzle's package.json has 180 kB, and Node reads it again for each import of drizzle and in each of its 370 imports of
 * its own files, to learn that they are modules: two thirds of a start. So who imports drizzle asks once for each package,
 * and within drizzle, and others with many files, nobody asks.
 */
registerHooks({
  resolve(specifier, context, nextResolve) {
    const { parentURL = "", conditions } = context;
    if (conditions.includes("require")) return nextResolve(specifier, context);
    if (specifier.startsWith(".") && specifier.endsWith(".js") && plain.test(parentURL)) {
      return { url: new URL(specifier, parentURL).href, format: "module", shortCircuit: true };
    }
    if (!specifier.startsWith("drizzle-orm")) return nextResolve(specifier, context);
    const key = `${specifier} ${parentURL.split("/src/")[0]}`;
    const found = resolved.get(key) ?? { ...nextResolve(specifier, context), format: "module", shortCircuit: true };
    resolved.set(key, found);
    return found;
  },
});
