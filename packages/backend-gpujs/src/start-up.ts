/** @file What a device must show before it is used: that it does not cut loops short, and that it gives the numbers of the reference. */
import { agreement, cases, KernelError, kernelNames, runSelfCheck, type Backend, type Case, type KernelName, type SelfCheck, type SelfCheckLine } from "@mesoscope/kernels";
import { key } from "@mesoscope/numerics";
import type { Machine, Mode } from "./machine.js";
import { CHUNKS } from "./sources/tokens.js";
import { longLoop, PROBE_LOOPS } from "./sources/vectors.js";

/** Threads of the probe: their numbers differ, so that no compiler may count for them. */
const THREADS = 5;

/** As many iterations in one thread as any kernel makes, each adding a number that was uploaded. */
export async function loopLine(machine: Machine): Promise<SelfCheckLine> {
  const name = "long loops";
  const expected = PROBE_LOOPS[0] * PROBE_LOOPS[1];
  try {
    const x = await machine.upload(Float32Array.from({ length: THREADS }, (_, i) => i + 1), [THREADS, 1, 1]);
    const sums = await machine.run(longLoop, [THREADS, 1, 1], x);
    const made = (await machine.read(sums)).map((sum, i) => sum / (i + 1));
    machine.release(x);
    machine.release(sums);
    const wrong = made.find((count) => count !== expected);
    const message = wrong === undefined ? `${expected} iterations in one thread` : `a loop of ${expected} iterations made ${wrong}: the driver cuts loops short`;
    return { name, passed: wrong === undefined, message };
  } catch (error) {
    return { name, passed: false, message: messageOf(error) };
  }
}

/** Tokens on the circle, more than one chunk of keys has room for: the longest loops of attention, and the seam between two chunks. */
async function chunkLine(backend: Backend): Promise<SelfCheckLine> {
  const name = "two chunks of keys";
  const [n, d] = [CHUNKS.at(-1)! + 9, 2];
  const input = key("backend-gpujs").fold(name).stream().fillNormal(new Float64Array(n * d));
  for (let at = 0; at < input.length; at += d) {
    const length = Math.sqrt(input[at]! * input[at]! + input[at + 1]! * input[at + 1]!);
    input[at]! /= length;
    input[at + 1]! /= length;
  }
  try {
    const { ratio, message } = await agreement(backend, "attention-drift", { name, parameters: { batch: 1, n, d, flow: "SA", beta: -3 }, input }, "f32");
    return { name, passed: ratio <= 1, message };
  } catch (error) {
    return { name, passed: false, message: messageOf(error) };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** One case of one kernel. */
async function kernelLine(backend: Backend, kernel: KernelName): Promise<SelfCheckLine> {
  const all: readonly Case<KernelName>[] = cases[kernel]();
  const one = all.find(({ parameters, input }) => parameters.batch >= 3 && input.length > 4 * parameters.batch) ?? all.at(-1)!;
  try {
    const { ratio, message } = await agreement(backend, kernel, one, "f32");
    return { name: kernel, passed: ratio <= 1, message };
  } catch (error) {
    return { name: kernel, passed: false, message: messageOf(error) };
  }
}

const together = (lines: readonly SelfCheckLine[]): SelfCheck => ({ passed: lines.every(({ passed }) => passed), lines });

/** What is checked before a backend is given out: long loops, chunks, and one case of every kernel. Few programs, for a browser takes its time to compile each. */
export async function quickCheck(machine: Machine, backend: Backend): Promise<SelfCheck> {
  const lines = [await loopLine(machine), await chunkLine(backend)];
  for (const kernel of kernelNames) if (backend.supports.kernels[kernel] !== undefined) lines.push(await kernelLine(backend, kernel));
  return together(lines);
}

/** What `selfCheck` runs: long loops, chunks, and known cases of every kernel, spread over sizes and temperatures. */
export async function fullCheck(machine: Machine, backend: Backend): Promise<SelfCheck> {
  const first = [await loopLine(machine), await chunkLine(backend)];
  const { lines } = await runSelfCheck(backend);
  return together([...first, ...lines]);
}

/**
 * Refuses a device that computes wrong numbers, or none.
 * @throws KernelError (`unsupported`) with what it got wrong.
 */
export function requireRight({ passed, lines }: SelfCheck, mode: Mode): void {
  if (passed) return;
  const wrong = lines.filter((line) => !line.passed);
  throw new KernelError({
    code: "unsupported",
    what: `gpu.js in mode ${mode} on this device`,
    rule: `fails ${wrong.length} of ${lines.length} checks: ${wrong[0]!.message.replace(/\.+$/, "")}`,
    remedy: `${REMEDY[mode]} or take another mode of gpujsBackend({ mode }), or another backend.`,
  });
}

const REMEDY: Readonly<Record<Mode, string>> = Object.freeze({
  webgl2: "Update the graphics driver or the browser;",
  webasm: "A page with a content security policy must allow script-src 'wasm-unsafe-eval';",
  cpu: "A page with a content security policy must allow script-src 'unsafe-eval';",
});
