/** @file One hash of all the bytes that a kernel gives on all its cases: plain integers, so that it runs wherever the module runs. */
import { cases, catalogueEntry, inputsOf, kernelNames, type Backend, type Case, type KernelName } from "@mesoscope/kernels";

/** FNV-1a over the bytes. */
function fold(hash: number, data: Float64Array): number {
  for (const byte of new Uint8Array(data.buffer, data.byteOffset, data.byteLength)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash;
}

/** `kernel dtype` to eight hexadecimal digits. */
export async function kernelHashes(backend: Backend): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const kernel of kernelNames) {
    for (const dtype of backend.supports.kernels[kernel]?.dtypes ?? []) {
      let hash = 0x811c9dc5 | 0;
      for (const one of cases[kernel]() as readonly Case<KernelName>[]) {
        const { parameters } = one;
        const { inputs, outputs } = catalogueEntry(kernel).shapes(parameters);
        const plan = await backend.prepare(kernel, parameters, dtype);
        const from = inputsOf(one).map((numbers, index) => backend.upload(numbers, inputs[index]!, dtype));
        const to = outputs.map((shape) => backend.alloc(dtype, shape));
        backend.submit(plan, from, to);
        for (const y of to) hash = fold(hash, await backend.read(y));
        for (const handle of [plan, ...to, ...from]) backend.free(handle);
      }
      hashes[`${kernel} ${dtype}`] = (hash >>> 0).toString(16).padStart(8, "0");
    }
  }
  return hashes;
}
