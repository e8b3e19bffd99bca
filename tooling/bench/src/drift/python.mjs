/** @file Competitors: NumPy and PyTorch, as Debian's packages have them, in a Python of their own for each form and number of threads. */
import { pythonRival } from "../python-rival.mjs";
import { Absent } from "../turns/absent.mjs";

const inForm = (title, form, library, name) => ({
  title,
  form,
  dtypes: ["f64", "f32"],
  threads: [1, 2],
  open: async (threads) => {
    const needs = `python3-${library}`;
    const rival = pythonRival(`drift/drift_${library}.py`, needs, threads);
    const about = await rival.ask({ about: name, threads }).catch((error) => ({ absent: error.message }));
    if (about.absent !== undefined) {
      rival.end();
      throw new Absent(about.absent);
    }
    const load = async ({ x, n, d, beta }, dtype) => {
      await rival.ask({ tokens: Array.from(x), n, d, dtype });
      const call = { run: name, dtype, beta };
      return {
        time: async (calls, clock) => (await rival.ask({ ...call, calls, clock })).seconds,
        result: async () => Float64Array.from((await rival.ask({ ...call, calls: 1, clock: "wall", drift: true })).drift),
        free: () => rival.ask({ forget: dtype }),
      };
    };
    return { version: about.version, load, close: rival.end };
  },
});

export const numpyTextbook = inForm("NumPy textbook", "softmax(beta X X^T) X", "numpy", "textbook");
export const numpyChunked = inForm("NumPy in chunks", "rows in chunks of 64 that stay in the cache, arrays made once", "numpy", "chunked");
export const torchTextbook = inForm("PyTorch textbook", "softmax(beta X X^T) X", "torch", "textbook");
export const torchFused = inForm("PyTorch fused", "`scaled_dot_product_attention`", "torch", "fused");
