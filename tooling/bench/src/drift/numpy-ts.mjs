/**
 * @file Competitors: numpy-ts, as a textbook of NumPy would have it, and as someone writes it who has measured its operations: rows in chunks, the
 * transpose laid out once, no operation that broadcasts over an n by n array, sums of rows as a product with ones.
 */
import { freeing, numpyTsCompetitor } from "../rivals/numpy-ts.mjs";

const ROWS = 256;

function keep(np, array, { x, n, d }) {
  const tokens = array(x, [n, d]);
  return { tokens, transposed: np.ascontiguousarray(tokens.T), ones: np.ones([n, 1], tokens.dtype) };
}

function tangent(np, x, mean, own) {
  const along = own(np.sum(own(np.multiply(x, mean)), 1, true));
  return own(np.subtract(mean, own(np.multiply(x, along))));
}

function textbook(np, { tokens, transposed }, { beta }, give) {
  freeing((own, drop) => {
    const product = own(np.matmul(tokens, transposed));
    const scores = own(np.multiply(product, beta));
    drop(product);
    const lowered = own(np.subtract(scores, own(np.max(scores, 1, true))));
    drop(scores);
    const weights = own(np.exp(lowered));
    drop(lowered);
    const shares = own(np.divide(weights, own(np.sum(weights, 1, true))));
    drop(weights);
    give(tangent(np, tokens, own(np.matmul(shares, tokens)), own));
  });
}

/** Tokens are unit: |beta| bounds the scores, and exp(|beta|) is a number of any dtype for the beta of this bench. */
function chunked(np, { tokens, transposed, ones }, { n, beta }, give) {
  for (let at = 0; at < n; at += ROWS) {
    freeing((own) => {
      const rows = own(tokens.slice(`${at}:${Math.min(at + ROWS, n)}`));
      const weights = own(np.exp(own(np.multiply(own(np.matmul(rows, transposed)), beta))));
      const mean = own(np.divide(own(np.matmul(weights, tokens)), own(np.matmul(weights, ones))));
      give(tangent(np, rows, mean, own));
    });
  }
}

export const numpyTsTextbook = numpyTsCompetitor({ title: "numpy-ts textbook", form: "softmax(beta X X^T) X", keep, solve: textbook });
export const numpyTsChunked = numpyTsCompetitor({ title: "numpy-ts in chunks", form: `rows in chunks of ${ROWS}, no broadcast over n by n`, keep, solve: chunked });
