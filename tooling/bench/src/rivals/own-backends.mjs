/** @file Our own backends as competitors in a kernel of the catalogue: wasm, whose speed is the question, and the reference that every package falls back on. */
import { Absent } from "./absent.mjs";
import { built } from "../turns/built.mjs";
import { inThisProcess } from "../turns/clock.mjs";

/** Looks at threads that start, ten milliseconds apart. */
const LOOKS = 500;

/**
 * @param {object} task
 * @param {string} task.kernel of the catalogue
 * @param {(problem: any) => object} task.parameters
 * @param {(problem: any) => readonly (readonly [ArrayLike<number>, readonly number[]])[]} task.inputs numbers and shape of each
 * @param {string} task.form how the wasm backend goes about it
 * @param {string} task.plain how the reference does
 */
export function ownBackends({ form, plain, ...task }) {
  return {
    wasm: { title: "wasm backend", form, dtypes: ["f64", "f32"], threads: [1, 2], open: async (threads) => over(await wasmBackendWith(threads), task) },
    reference: { title: "reference backend", form: plain, dtypes: ["f64"], threads: [1], open: async () => over((await built("kernels")).referenceBackend(), task) },
  };
}

/** @throws Absent where this build cannot share its work among threads */
async function wasmBackendWith(threads) {
  const { wasmBackend } = await built("backend-wasm");
  if (threads === 1) return wasmBackend();
  if (!refusesNoThreads(wasmBackend)) throw new Absent("wasmBackend() of this build has no option `threads`");
  const backend = wasmBackend({ threads });
  await untilUp(backend, threads);
  return backend;
}

/** Threads take a moment to start; a backend computes with fewer until then. */
async function untilUp(backend, threads) {
  for (let look = 0; look < LOOKS && backend.threads.running < threads; look++) await new Promise((resolve) => setTimeout(resolve, 10));
  const { running, reason = "they did not start in time" } = backend.threads;
  if (running === threads) return;
  backend.close();
  throw new Absent(`the wasm backend has ${running} of ${threads} threads: ${reason}`);
}

/** A backend that knows the option refuses to run on no thread; one that does not know it looks away. */
function refusesNoThreads(wasmBackend) {
  try {
    wasmBackend({ threads: 0 }).close();
    return false;
  } catch {
    return true;
  }
}

function over(backend, { kernel, parameters, inputs }) {
  if (backend.supports.kernels[kernel] === undefined) {
    backend.close();
    throw new Absent(`the ${backend.id} backend of this build has no kernel \`${kernel}\``);
  }
  const load = async (problem, dtype) => {
    const plan = await backend.prepare(kernel, parameters(problem), dtype);
    const from = inputs(problem).map(([numbers, shape]) => backend.upload(numbers, shape, dtype));
    const to = backend.alloc(dtype, plan.outputs[0]);
    const run = () => {
      backend.submit(plan, from, [to]);
      return backend.flush();
    };
    return {
      time: inThisProcess(run),
      result: async () => (await run(), backend.read(to)),
      free: () => [plan, ...from, to].forEach((handle) => backend.free(handle)),
    };
  };
  return { version: `backend seam ${backend.backendVersion}`, load, close: () => backend.close() };
}
