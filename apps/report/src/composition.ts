/**
 * @file Where the program is put together: what can be run, and on which backends. The only file that names a backend.
 * Its exports are a `Catalogue`; workers import it as well, so that they make the same pairs.
 */
import type { Backend } from "@mesoscope/kernels";
import { InputError } from "./failure.js";
import { suggestion } from "./words.js";

export { bundledPairs, quantities, studies, studyOfPair } from "@mesoscope/studies";

const backends: Readonly<Record<string, () => Promise<Backend>>> = {
  reference: async () => (await import("@mesoscope/kernels")).referenceBackend(),
  wasm: async () => (await import("@mesoscope/backend-wasm")).wasmBackend(),
};

/** The default first. */
export const backendNames: readonly string[] = Object.keys(backends);

export async function loadBackend(name: string): Promise<Backend> {
  const load = Object.hasOwn(backends, name) ? backends[name] : undefined;
  if (load !== undefined) return load();
  throw new InputError({ what: `backend ${JSON.stringify(name)}`, rule: "there is none of this name", remedy: suggestion(name, backendNames) });
}
