import { checkPair, pairLaws, type Pair, type Parameters, type Size } from "@mesoscope/contracts";
import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { InputError, explainsItself } from "../failure.js";

/** A stranger's pair, where its module lies, and the SHA-256, in hex, of what was imported: workers import it by themselves, and later. */
export interface ModulePair {
  readonly kind: "module";
  readonly path: string;
  readonly sha256: string;
  readonly pair: Pair;
}

/**
 * Imports a stranger's module and takes its default export as a pair, after checking version and shape.
 * @throws InputError if the module cannot be imported; ContractError if what it exports is no pair of this version
 */
export async function importPair(path: string, shown: string): Promise<ModulePair> {
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
  return { kind: "module", path, sha256: await hashOfModule(path), pair: checkPair(module.default, shown) };
}

/**
 * Imports a module again, in a worker.
 * @throws InputError if it is no longer the one that the command imported: what it samples would be taken for the numbers of that one
 */
export async function importAgain({ path, sha256 }: Pick<ModulePair, "path" | "sha256">): Promise<Pair> {
  const module = (await import(pathToFileURL(path).href)) as { readonly default?: unknown };
  if ((await hashOfModule(path)) === sha256) return checkPair(module.default, path);
  throw new InputError({ what: path, rule: "the module was changed while the command ran", remedy: "What is finished belongs to the module as it was: put it back to go on, or run the new one into another folder with --out." });
}

async function hashOfModule(path: string): Promise<string> {
  return createHash("sha256").update(await readFile(path)).digest("hex");
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
