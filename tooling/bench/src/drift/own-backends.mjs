/** @file Our own: the wasm backend, whose speed is the question, and the reference backend that every package falls back on. */
import { Absent } from "../turns/absent.mjs";
import { built } from "../turns/built.mjs";
import { inThisProcess } from "../turns/clock.mjs";

export const reference = {
  title: "reference backend",
  form: "plain JavaScript, each pair once",
  dtypes: ["f64"],
  threads: [1],
  open: async () => overBackend((await built("kernels")).referenceBackend()),
};

export const wasm = {
  title: "wasm backend",
  form: "SIMD of 128 bits, each pair once, no n by n array",
  dtypes: ["f64", "f32"],
  threads: [1, 2],
  open: async (threads) => overBackend(await wasmBackendWith(threads)),
};

/** @throws Absent where this build cannot share its work among threads */
async function wasmBackendWith(threads) {
  const { wasmBackend } = await built("backend-wasm");
  if (threads === 1) return wasmBackend();
  if (!refusesNoThreads(wasmBackend)) throw new Absent("wasmBackend() of this build has no option `threads`");
  return wasmBackend({ threads });
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

function overBackend(backend) {
  const load = async ({ x, n, d, beta }, dtype) => {
    const plan = await backend.prepare("attention-drift", { batch: 1, n, d, flow: "SA", beta }, dtype);
    const [from, to] = [backend.upload(x, [1, n, d], dtype), backend.alloc(dtype, [1, n, d])];
    const run = () => {
      backend.submit(plan, [from], [to]);
      return backend.flush();
    };
    return {
      time: inThisProcess(run),
      result: async () => (await run(), backend.read(to)),
      free: () => [plan, from, to].forEach((handle) => backend.free(handle)),
    };
  };
  return { version: `backend seam ${backend.backendVersion}`, load, close: () => backend.close() };
}
