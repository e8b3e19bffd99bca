import { overlaps } from "@mesoscope/hopfield-transformer";
import type { AttentionNetwork, Role } from "@mesoscope/hopfield-transformer";
import { meanFieldStep } from "./mean-field-step.js";
import { sechSquared } from "./sech-squared.js";
import type { WindowState } from "./window-state.js";

/**
 * J = d u(t+1) / d U of one step, by the formula as it is written down [eq:one-bit-tangent]. Plain and slow; it defines what
 * {@link tangentMap} computes. While the window grows it has l < L blocks.
 *
 * @returns (C, l C) row-major: row c, column d C + c' for class c' of the token d steps ago
 */
export function meanFieldJacobian(network: AttentionNetwork, state: WindowState): Float64Array {
  const { features: { features: m, classes, xi }, beta, sharpness } = network;
  const { attention, output, values, keys, query, fields } = meanFieldStep(network, state);
  const length = attention.length;
  const out = new Float64Array(classes * length * classes);
  for (let d = 0; d < length; d++) {
    for (let c = 0; c < classes; c++) {
      const value = columnOf(network, "v", c);
      const key = columnOf(network, "k", c);
      const queryColumn = columnOf(network, "q", c);
      const alignment = sumOver(m, (b) => query[b]! * key[b]!);
      for (let row = 0; row < classes; row++) {
        const slope = beta * sechSquared(beta * fields[row]!);
        const inner = sumOver(m, (a) => {
          const away = values[d]![a]! - output[a]!;
          const covariance = (b: number): number => sumOver(length, (s) => attention[s]! * (values[s]![a]! - output[a]!) * keys[s]![b]!);
          const attended = attention[d]! * (value[a]! + sharpness * away * alignment);
          const asked = d === 0 ? sharpness * sumOver(m, (b) => covariance(b) * queryColumn[b]!) : 0;
          return xi.o[a * classes + row]! * (attended + asked);
        });
        out[row * length * classes + d * classes + c] = slope * inner;
      }
    }
  }
  return out;
}

/** (1 - eps) w_c xi^role_a(c) for one class (M): what a unit of u_c adds to the overlaps. */
function columnOf(network: AttentionNetwork, role: Role, c: number): Float64Array {
  const unit = new Float64Array(network.features.classes);
  const zero = overlaps(network, role, unit, 0);
  unit[c] = 1;
  return overlaps(network, role, unit, 0).map((value, a) => value - zero[a]!);
}

function sumOver(n: number, term: (i: number) => number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += term(i);
  return sum;
}
