/** @file First and second derivatives of the next token along a direction: a 2-jet carried through overlaps, attention and output. */
import { tanh as magnetisation } from "@mesoscope/numerics";
import type { MeanFieldMap } from "../map/mean-field-map.js";

/** Derivatives of u(t+1) along one direction of the window, and of the class weights if wanted. */
export interface WindowJet {
  /** d u_c(t+1) (C). */
  readonly first: Float64Array;
  /** d^2 u_c(t+1) (C), along the same direction twice. */
  readonly second: Float64Array;
  /**
   * Renews both. Call after `window.fields(map.fields)` and before the token is pushed.
   * @param direction (L C) by slot, then (C) of the weights where `weights` was asked for; read from `at` on
   */
  readonly along: (direction: Float64Array, at?: number) => void;
}

/**
 * The 2-jet of one step [eq:one-bit-jet]. With e = g m^q . m^k(d) the logits, abar the attention's mean:
 * alpha_1 = alpha (e_1 - abar e_1), alpha_2 = alpha_1 (e_1 - abar e_1) + alpha (e_2 - sum alpha_1 e_1 - abar e_2), A_1 = alpha_1 v + alpha v_1,
 * A_2 = alpha_2 v + 2 alpha_1 v_1 + alpha v_2, u_1 = beta sech^2 h_1, u_2 = beta sech^2 h_2 - 2 u beta^2 sech^2 h_1^2.
 *
 * @param slopes sech^2(beta h_c) (C) of the same step, renewed by the caller
 * @param weights whether directions have a part along the class weights; overlaps are bilinear in weights and magnetisations
 */
export function windowJet(map: MeanFieldMap, slopes: Float64Array, { weights = false }: { readonly weights?: boolean } = {}): WindowJet {
  const { network: { features: { features: m, classes, weights: w, xi }, contextLength, beta, sharpness, positionalWeight }, window, ring, fields } = map;
  const share = 1 - positionalWeight;
  const size = contextLength * classes;
  const parts = ["v", "q", "k"] as const;
  // By role: first and second derivative of the overlaps, (L, M) by slot; of the query only the newest row is used.
  const [v, q, k] = parts.map(() => ({ first: new Float64Array(contextLength * m), second: new Float64Array(contextLength * m) })) as [Derivatives, Derivatives, Derivatives];
  const logits = { first: new Float64Array(contextLength), second: new Float64Array(contextLength) };
  const output = { first: new Float64Array(m), second: new Float64Array(m) };
  const first = new Float64Array(classes);
  const second = new Float64Array(classes);

  const project = (pattern: Float64Array, out: Derivatives, slot: number, direction: Float64Array, at: number): void => {
    const row = slot * classes;
    for (let a = 0; a < m; a++) {
      let one = 0;
      let two = 0;
      for (let c = 0; c < classes; c++) {
        const entry = pattern[a * classes + c]!;
        const du = direction[at + row + c]!;
        one += entry * w[c]! * du;
        if (!weights) continue;
        const dw = direction[at + size + c]!;
        one += entry * dw * ring[row + c]!;
        two += 2 * entry * dw * du;
      }
      out.first[slot * m + a] = share * one;
      out.second[slot * m + a] = share * two;
    }
  };
  const attend = (newest: number): void => {
    const { attention, keys, query } = window;
    let mean = 0;
    let secondMean = 0;
    for (let s = 0; s < window.length; s++) {
      let one = 0;
      let two = 0;
      for (let a = 0; a < m; a++) {
        const i = s * m + a;
        const dq = q.first[newest * m + a]!;
        one += query[a]! * k.first[i]! + keys[i]! * dq;
        two += query[a]! * k.second[i]! + keys[i]! * q.second[newest * m + a]! + 2 * dq * k.first[i]!;
      }
      logits.first[s] = sharpness * one;
      logits.second[s] = sharpness * two;
      mean += attention[s]! * logits.first[s]!;
      secondMean += attention[s]! * logits.second[s]!;
    }
    let variance = 0;
    for (let s = 0; s < window.length; s++) {
      const away = logits.first[s]! - mean;
      logits.first[s] = away;
      variance += attention[s]! * away * away;
    }
    for (let s = 0; s < window.length; s++) {
      const away = logits.first[s]!;
      logits.second[s] = attention[s]! * (away * away - variance + logits.second[s]! - secondMean);
      logits.first[s] = attention[s]! * away;
    }
  };
  const putOut = (): void => {
    const { attention, values } = window;
    output.first.fill(0);
    output.second.fill(0);
    for (let s = 0; s < window.length; s++) {
      const [a0, a1, a2] = [attention[s]!, logits.first[s]!, logits.second[s]!];
      for (let a = 0; a < m; a++) {
        const i = s * m + a;
        output.first[a]! += a1 * values[i]! + a0 * v.first[i]!;
        output.second[a]! += a2 * values[i]! + 2 * a1 * v.first[i]! + a0 * v.second[i]!;
      }
    }
    for (let c = 0; c < classes; c++) {
      let one = 0;
      let two = 0;
      for (let a = 0; a < m; a++) {
        one += xi.o[a * classes + c]! * output.first[a]!;
        two += xi.o[a * classes + c]! * output.second[a]!;
      }
      const slope = beta * slopes[c]!;
      first[c] = slope * one;
      second[c] = slope * (two - 2 * beta * magnetisation(beta * fields[c]!) * one * one);
    }
  };
  const along = (direction: Float64Array, at = 0): void => {
    const newest = window.slot(0);
    for (let s = 0; s < window.length; s++) {
      project(xi.v, v, s, direction, at);
      project(xi.k, k, s, direction, at);
    }
    project(xi.q, q, newest, direction, at);
    attend(newest);
    putOut();
  };
  return { first, second, along };
}

interface Derivatives {
  readonly first: Float64Array;
  readonly second: Float64Array;
}
