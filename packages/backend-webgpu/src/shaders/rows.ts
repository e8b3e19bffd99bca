/** @file Softmax of rows, a workgroup a row, and functions of every number. */
import { exponential, TANGENT } from "./exponential.js";
import { LANES } from "./shader.js";

/** Numbers that an invocation sums before it adds them to its total. */
const RUN = 16;

/** y = softmax of every row of m numbers. */
export const ROW_SOFTMAX = {
  declarations: `${exponential("f32")}
var<workgroup> shares: array<f32, ${LANES}>;`,
  body: `
  let start = index * p.m;
  var top = x[start + min(t, p.m - 1u)];
  for (var j = t; j < p.m; j += ${LANES}u) {
    top = max(top, x[start + j]);
  }
  shares[t] = top;
  for (var half = ${LANES / 2}u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (t < half) {
      shares[t] = max(shares[t], shares[t + half]);
    }
  }
  workgroupBarrier();
  top = shares[0];
  workgroupBarrier();
  var total = 0.0;
  for (var first = t; first < p.m; first += ${LANES * RUN}u) {
    var sum = 0.0;
    for (var j = first; j < min(first + ${LANES * RUN}u, p.m); j += ${LANES}u) {
      let w = exponential(x[start + j] - top);
      y[start + j] = w;
      sum += w;
    }
    total += sum;
  }
  shares[t] = total;
  for (var half = ${LANES / 2}u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (t < half) {
      shares[t] += shares[t + half];
    }
  }
  workgroupBarrier();
  for (var j = t; j < p.m; j += ${LANES}u) {
    y[start + j] = y[start + j] / shares[0];
  }`,
};

/** y = e^x or tanh x. */
export function elementwise(name: "exp" | "tanh"): { declarations: string; body: string } {
  return {
    declarations: exponential("f32") + (name === "tanh" ? TANGENT : ""),
    body: `
  let e = index * ${LANES}u + t;
  if (e < p.length) {
    y[e] = ${name === "exp" ? "exponential" : "tangent"}(x[e]);
  }`,
  };
}
