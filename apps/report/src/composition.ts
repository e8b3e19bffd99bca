/**
 * @file Where the program is put together: what can be run, and on which backends. The only file that names a backend.
 * Its exports are a `Catalogue`; workers import it as well, so that they make the same pairs.
 */
import type { Backend } from "@mesoscope/kernels";
import { InputError } from "./failure.js";
import { suggestion } from "./words.js";

export { bundledPairs, quantities, studies, studyOfPair } from "@mesoscope/studies";

interface Loader {
  /** Whether it can use several threads. */
  readonly threads: boolean;
  readonly load: (threads: number) => Promise<Backend>;
}

const backends: Readonly<Record<string, Loader>> = {
  wasm: { threads: true, load: async (threads) => (await import("@mesoscope/backend-wasm")).wasmBackend({ threads }) },
  gpujs: { threads: false, load: async () => (await import("@mesoscope/backend-gpujs")).gpujsBackend() },
  webgpu: { threads: false, load: async () => (await import("@mesoscope/backend-webgpu")).webgpuBackend() },
  reference: { threads: false, load: async () => (await import("@mesoscope/kernels")).referenceBackend() },
};

/** The default first. */
export const backendNames: readonly string[] = Object.keys(backends);

export async function loadBackend(name: string, { threads = 1 }: { readonly threads?: number } = {}): Promise<Backend> {
  const loader = Object.hasOwn(backends, name) ? backends[name] : undefined;
  if (loader === undefined) throw new InputError({ what: `backend ${JSON.stringify(name)}`, rule: "there is none of this name", remedy: suggestion(name, backendNames) });
  if (threads > 1 && !loader.threads) {
    throw new InputError({ what: `--threads ${threads}`, rule: `the ${name} backend has no threads`, remedy: "Leave --threads out: --workers runs cells beside each other; or take --backend wasm." });
  }
  return loader.load(threads);
}
