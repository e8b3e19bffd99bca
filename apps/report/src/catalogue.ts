import type { Pair } from "@mesoscope/contracts";
import type { Backend } from "@mesoscope/kernels";
import type { Level, Quantity, Study } from "@mesoscope/studies";

/** Everything that can be run or asked for: the exports of `composition.ts`, or of a stand-in in a test. */
export interface Catalogue {
  readonly studies: readonly Study[];
  readonly quantities: readonly Quantity[];
  bundledPairs(options: { readonly backend: Backend }): Readonly<Record<string, Pair>>;
  studyOfPair(pair: Pair): Study;
  /** Names of the backends this program is composed with, the default first. */
  readonly backendNames: readonly string[];
  loadBackend(name: string, options?: { readonly threads?: number }): Promise<Backend>;
}

export const levels: readonly Level[] = ["quick", "default", "full"];

/** Imports the catalogue from where the world says it is. */
export async function loadCatalogue(url: string): Promise<Catalogue> {
  return (await import(url)) as Catalogue;
}
