/** @file Softmax and normalisation of rows and their derivatives, a workgroup a row. */
import { exponential } from "./exponential.js";
import { LANES, type Text } from "./shader.js";

/** Numbers that an invocation sums before it adds them to its total. */
const RUN = 16;

/** `total(own, t)` and `largest(own, t)` over the invocations of the workgroup, in a fixed order. */
const TOGETHER = ["total", "largest"]
  .map(
    (name) => `
fn ${name}(own: f32, t: u32) -> f32 {
  shares[t] = own;
  for (var half = ${LANES / 2}u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (t < half) {
      shares[t] = ${name === "total" ? "shares[t] + shares[t + half]" : "max(shares[t], shares[t + half])"};
    }
  }
  workgroupBarrier();
  let all = shares[0];
  workgroupBarrier();
  return all;
}
`,
  )
  .join("");

const SHARES = `var<workgroup> shares: array<f32, ${LANES}>;
${TOGETHER}`;

/** Statements over the row, with `e` the place in the array: each invocation takes every 64th number. */
function each(statements: string, end = "p.m"): string {
  return `
  for (var j = t; j < ${end}; j += ${LANES}u) {
    let e = start + j;
    ${statements}
  }`;
}

/** Declares `name` as the sum over the row of a term in `e`, runs of sixteen first; `before` may compute what the term needs. */
function sum(name: string, term: string, end = "p.m", before = ""): string {
  return `
  var own_${name} = 0.0;
  for (var first = t; first < ${end}; first += ${LANES * RUN}u) {
    var run = 0.0;
    for (var j = first; j < min(first + ${LANES * RUN}u, ${end}); j += ${LANES}u) {
      let e = start + j;
      ${before}
      run += ${term};
    }
    own_${name} += run;
  }
  let ${name} = total(own_${name}, t);`;
}

/** y = softmax of every row; causal: of its numbers up to its own place, zeros beyond. */
export function rowSoftmax(causal: boolean): Text {
  return {
    declarations: exponential("f32") + SHARES,
    body: `
  let start = index * p.m;
  let end = ${causal ? "index % p.n + 1u" : "p.m"};
  var own = x[start + min(t, end - 1u)];${each("own = max(own, x[e]);", "end")}
  let top = largest(own, t);${sum("weights", "w", "end", "let w = exponential(x[e] - top); y[e] = w;")}${each("y[e] = y[e] / weights;", "end")}
  ${causal ? each("if (j >= end) { y[e] = 0.0; }") : ""}`,
  };
}

/** dx = y (g - sum y g). */
export const ROW_SOFTMAX_BACKWARD: Text = {
  declarations: SHARES,
  body: `
  let start = index * p.m;${sum("along", "y[e] * g[e]")}${each("dx[e] = y[e] * (g[e] - along);")}`,
};

/** The mean of the row, and the inverse of its deviation with one Newton step. */
const MOMENTS = `
  let start = index * p.m;
  let count = f32(p.m);${sum("plain", "x[e]")}
  let mean = plain / count;${sum("squares", "(x[e] - mean) * (x[e] - mean)")}
  let variance = squares / count + p.epsilon;
  let guess = inverseSqrt(variance);
  let inverse = fma(0.5 * guess, fma(-variance * guess, guess, 1.0), guess);`;

/** y = (x - mean) / sqrt(var + epsilon). */
export const ROW_NORMALISE: Text = {
  declarations: SHARES,
  body: `${MOMENTS}${each("y[e] = (x[e] - mean) * inverse;")}`,
};

/** dx = (g - mean g - y mean(g y)) / sqrt(var + epsilon). */
export const ROW_NORMALISE_BACKWARD: Text = {
  declarations: SHARES,
  body: `${MOMENTS}${sum("gradient", "g[e]")}${sum("along", "g[e] * ((x[e] - mean) * inverse)")}${each("dx[e] = (g[e] - gradient / count - (x[e] - mean) * inverse * (along / count)) * inverse;")}`,
};
