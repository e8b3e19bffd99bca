/** @file Each kernel gives the numbers of the reference. */
import type { Backend } from "../backend.js";
import { kernelNames } from "../catalogue.js";
import type { KernelName } from "../parameters.js";
import { agreement } from "./agreement.js";
import { cases } from "./cases.js";
import type { BackendLaw } from "./law.js";
import { LawError } from "./law.js";

async function checkKernel(backend: Backend, kernel: KernelName): Promise<void> {
  const limits = backend.supports.kernels[kernel];
  for (const dtype of limits?.dtypes ?? []) {
    for (const one of cases[kernel]()) {
      const { n = 0, batch, d } = one.parameters as { n?: number; batch: number; d?: number };
      const { order: asked, degree, numerator } = one.parameters as { order?: number; degree?: number; numerator?: readonly number[] };
      const order = asked ?? degree ?? numerator?.length ?? 0;
      const fits = n <= (limits?.maxTokens ?? Infinity) && batch <= (limits?.maxBatch ?? Infinity) && (d ?? 0) <= (limits?.maxDimension ?? Infinity) && order <= (limits?.maxOrder ?? Infinity);
      if (!fits) continue;
      const { ratio, message } = await agreement(backend, kernel, one, dtype);
      if (ratio > 1) throw new LawError(`${dtype}: ${message}`);
    }
  }
}

/** One law a kernel. */
export const valueLaws: readonly BackendLaw[] = kernelNames.map((kernel) => ({
  name: `"${kernel}" agrees with the reference within the derived bound, also for one token, one dimension, coincident and antipodal tokens`,
  check: (backend) => checkKernel(backend, kernel),
}));
