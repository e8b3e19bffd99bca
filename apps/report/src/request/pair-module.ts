import { checkPair, pairLaws, type Pair, type Parameters, type Size } from "@mesoscope/contracts";
import { stat } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { InputError, explainsItself } from "../failure.js";

/**
 * Imports a stranger's module and takes its default export as a pair, after checking version and shape.
 * @throws InputError if the module cannot be imported; ContractError if what it exports is no pair of this version
 */
export async function importPair(path: string, shown: string): Promise<Pair> {
  await stat(path).catch((error: unknown) => {
    throw new InputError({ what: shown, rule: `it cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)})`, remedy: "Check the path." });
  });
  const module = await import(pathToFileURL(path).href).catch((error: unknown) => {
    throw new InputError({
      what: shown,
      rule: `it cannot be imported as a JavaScript module (${error instanceof Error ? `${error.name}: ${error.message}` : String(error)})`,
      remedy: "Run it with node alone to see where.",
    });
  }) as { readonly default?: unknown };
  if (module.default === undefined) {
    throw new InputError({ what: shown, rule: "it has no default export", remedy: "Write `export default` before the pair." });
  }
  return checkPair(module.default, shown);
}

/**
 * Runs the laws of a pair at a small size, before any time is spent on it.
 * @throws ContractError or InputError at the first law that is broken
 */
export async function checkLaws(pair: Pair, parameters: Parameters): Promise<void> {
  for (const law of pairLaws(pair, parameters, smallSize(pair))) {
    await law.check().catch((error: unknown) => {
      if (explainsItself(error)) throw error;
      const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      throw new InputError({ what: `pair "${pair.id}" while its law "${law.name}" was checked`, rule: `it threw ${message}`, remedy: "A pair answers for every size on its axes." });
    });
  }
}

/** Small, but not so small that different replicas are equal by chance. */
function smallSize(pair: Pair): Size {
  return Object.fromEntries(
    pair.axes.map((axis) => {
      const unit = axis.divisibleBy ?? 1;
      return [axis.name, Math.ceil(Math.max(axis.least, 32) / unit) * unit];
    }),
  );
}
