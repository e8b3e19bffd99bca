/** @file The start-up check that every backend may use as its `selfCheck`: a few cases of each kernel on the device itself. */
import type { Backend, SelfCheck, SelfCheckLine } from "./backend.js";
import { kernelNames } from "./catalogue.js";
import { agreement } from "./laws/agreement.js";
import type { Case } from "./laws/cases.js";
import { cases } from "./laws/cases.js";
import type { KernelName } from "./parameters.js";

/** Cases of each kernel that are run: spread over the list, so that flows, signs of beta and sizes all occur. */
const CASES_PER_KERNEL = 5;

/**
 * Runs known cases of every kernel in every dtype that the backend offers. A device that computes silently wrong numbers (an old driver, a
 * minified shader) is found here rather than in a result.
 */
export async function runSelfCheck(backend: Backend): Promise<SelfCheck> {
  const lines: SelfCheckLine[] = [];
  for (const kernel of kernelNames) lines.push(...(await checkKernel(backend, kernel)));
  return { passed: lines.every(({ passed }) => passed), lines };
}

async function checkKernel(backend: Backend, kernel: KernelName): Promise<SelfCheckLine[]> {
  const all: readonly Case<KernelName>[] = cases[kernel]();
  const stride = Math.max(1, Math.floor((all.length - 1) / (CASES_PER_KERNEL - 1)));
  const lines: SelfCheckLine[] = [];
  for (const dtype of backend.supports.kernels[kernel]?.dtypes ?? []) {
    for (let index = 0; index < all.length; index += stride) {
      const name = `${kernel} ${dtype} ${index}`;
      try {
        const { ratio, message } = await agreement(backend, kernel, all[index]!, dtype);
        lines.push({ name, passed: ratio <= 1, message });
      } catch (error) {
        lines.push({ name, passed: false, message: error instanceof Error ? error.message : String(error) });
      }
    }
  }
  return lines;
}
