/** @file Puts the parts of a row together, divides by the weights, and takes the drift's component along the row away. */
import { exponential } from "./exponential.js";
import { LARGEST_PARTS, type AttentionForm, type Tiling } from "./attention-form.js";
import { LANES, type Text } from "./shader.js";

/** Declarations and body; one invocation a row. */
export function merge({ e, softmax, causal, summand }: AttentionForm, { rows }: Tiling): Text {
  const components = summand === "weights" ? "" : `
  var along = 0.0;
  for (var c = 0u; c < ${e}u; c++) {
    var sum = 0.0;
    for (var part = 0u; part < p.parts; part++) {
      sum += share[part] * state[local + (part * p.width + 2u + c) * p.rows];
    }
    let mean = sum / divisor;
    y[p.to + row * ${e}u + c] = mean;
    ${summand === "differences" ? `along += x[row * ${e}u + c] * mean;` : ""}
  }
  ${
    summand === "differences"
      ? `for (var c = 0u; c < ${e}u; c++) {
    y[p.to + row * ${e}u + c] -= along * x[row * ${e}u + c];
  }`
      : ""
  }`;
  const divisor = softmax ? "total" : causal ? "f32(i + 1u)" : "f32(p.m)";
  return {
    declarations: exponential("f32"),
    body: `
  let local = index * ${LANES}u + t;
  if (local >= p.rows) {
    return;
  }
  let block = p.firstBlock + local / ${rows}u;
  let i = (block % p.blocks) * ${rows}u + local % ${rows}u;
  if (i >= p.n) {
    return;
  }
  let row = (block / p.blocks) * p.n + i;
  var top = state[local];
  for (var part = 1u; part < p.parts; part++) {
    top = max(top, state[local + part * p.width * p.rows]);
  }
  var share: array<f32, ${LARGEST_PARTS}>;
  var total = 0.0;
  for (var part = 0u; part < p.parts; part++) {
    let at = local + part * p.width * p.rows;
    share[part] = exponential(p.beta * (state[at] - top));
    total += share[part] * state[at + p.rows];
  }
  let divisor = ${divisor};
  ${summand === "weights" ? "y[row] = total / divisor;" : ""}${components}`,
  };
}
