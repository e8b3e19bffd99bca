/**
 * @file Competitors: numpy-ts, as a textbook of NumPy would have it, and as someone writes it who has measured its operations: rows in chunks, the
 * transpose laid out once, no operation that broadcasts over an n by n array, sums of rows as a product with ones, results freed at once.
 */
import { optional } from "../turns/absent.mjs";
import { inThisProcess } from "../turns/clock.mjs";
import { versionOf } from "../turns/version.mjs";

const ROWS = 256;
const MEMORY = 2 ** 31;

const inForm = (title, form, drift) => ({
  title,
  form,
  dtypes: ["f64", "f32"],
  threads: [1],
  open: async () => {
    const np = await optional("numpy-ts");
    try {
      np.configureWasm({ maxMemory: MEMORY });
    } catch {
      // configured by the other form: the package has one memory
    }
    const load = ({ x, n, d, beta }, dtype) => {
      const flat = np.array(dtype === "f64" ? x : Float32Array.from(x), dtype === "f64" ? "float64" : "float32");
      const tokens = flat.reshape([n, d]);
      const kept = { tokens, transposed: np.ascontiguousarray(tokens.T), ones: np.ones([n, 1], tokens.dtype) };
      return {
        time: inThisProcess(() => drift(np, kept, beta, () => undefined)),
        result: () => collected(drift, np, kept, beta, n * d),
        free: () => [flat, ...Object.values(kept)].forEach((array) => array.dispose?.()),
      };
    };
    return { version: versionOf("numpy-ts"), load, close: () => undefined };
  },
});

export const numpyTsTextbook = inForm("numpy-ts textbook", "softmax(beta X X^T) X", textbook);
export const numpyTsChunked = inForm("numpy-ts in chunks", `rows in chunks of ${ROWS}, no broadcast over n by n`, chunked);

/** Keeps what is made on the way and frees all of it. */
function freeing(work) {
  const made = [];
  const keep = (array) => (made.push(array), array);
  const drop = (array) => (made.splice(made.indexOf(array), 1), array.dispose());
  work(keep, drop);
  for (const array of made) array.dispose();
}

function tangent(np, x, mean, keep) {
  const along = keep(np.sum(keep(np.multiply(x, mean)), 1, true));
  return keep(np.subtract(mean, keep(np.multiply(x, along))));
}

function textbook(np, { tokens, transposed }, beta, give) {
  freeing((keep, drop) => {
    const product = keep(np.matmul(tokens, transposed));
    const scores = keep(np.multiply(product, beta));
    drop(product);
    const lowered = keep(np.subtract(scores, keep(np.max(scores, 1, true))));
    drop(scores);
    const weights = keep(np.exp(lowered));
    drop(lowered);
    const shares = keep(np.divide(weights, keep(np.sum(weights, 1, true))));
    drop(weights);
    give(tangent(np, tokens, keep(np.matmul(shares, tokens)), keep));
  });
}

/** Tokens are unit: |beta| bounds the scores, and exp(|beta|) is a number of any dtype for the beta of this bench. */
function chunked(np, { tokens, transposed, ones }, beta, give) {
  const n = tokens.shape[0];
  for (let at = 0; at < n; at += ROWS) {
    freeing((keep) => {
      const rows = keep(tokens.slice(`${at}:${Math.min(at + ROWS, n)}`));
      const weights = keep(np.exp(keep(np.multiply(keep(np.matmul(rows, transposed)), beta))));
      const mean = keep(np.divide(keep(np.matmul(weights, tokens)), keep(np.matmul(weights, ones))));
      give(tangent(np, rows, mean, keep));
    });
  }
}

function collected(drift, np, kept, beta, length) {
  const out = new Float64Array(length);
  let filled = 0;
  drift(np, kept, beta, (part) => {
    const numbers = part.tolist().flat();
    out.set(numbers, filled);
    filled += numbers.length;
  });
  return out;
}
