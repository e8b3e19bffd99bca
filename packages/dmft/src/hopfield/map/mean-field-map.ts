/** @file The mean-field map at speed: the window machine of the finite system, fed with tanh instead of chance. */
import { attentionWindow } from "@mesoscope/hopfield-transformer";
import type { AttentionNetwork, AttentionWindow } from "@mesoscope/hopfield-transformer";
import { requireInteger, tanh } from "@mesoscope/numerics";
import type { WindowState } from "./window-state.js";

/** A trajectory of the mean-field map in motion. Its arrays are its own: read them, copy what is to be kept. */
export interface MeanFieldMap {
  readonly network: AttentionNetwork;
  /** The window of overlaps behind it. */
  readonly window: AttentionWindow;
  /** u of the newest token (C). */
  readonly u: Float64Array;
  /** u by slot of the window (L, C): `window.slot(d)` is the slot of the token d steps ago. */
  readonly ring: Float64Array;
  /** h_c (C) from which the newest token came; zeros before the first step. */
  readonly fields: Float64Array;
  /** Starts anew. */
  readonly start: (state: WindowState) => void;
  /** One token [eq:one-bit-mean-field]; nothing is allocated. */
  readonly step: () => void;
  /** Takes over u = tanh(beta fields) after `fields` were computed by the caller: for maps that ride on this one. */
  readonly settle: () => void;
  /** Many tokens. */
  readonly run: (tokens: number) => void;
  /**
   * The state as plain data, a copy. Another map that starts from it makes the same tokens up to rounding, and the same bytes if the newest token is in
   * the last slot, as it is every L tokens: sums run by slot.
   */
  readonly state: () => WindowState;
  /** m^o_a = sum_c w_c xi^o_a(c) u_c of the newest token (M), written to `out`: without the factor 1 - eps and the positional part. */
  readonly overlaps: (out: Float64Array, at?: number) => Float64Array;
}

/**
 * The map u_c(t+1) = tanh(beta h_c) on windows of up to L tokens with their phase [eq:one-bit-mean-field].
 *
 * @param start state to begin with; see {@link tokenStart} and {@link windowStart}
 * @throws DomainError if the start does not belong to the network
 */
export function meanFieldMap(network: AttentionNetwork, start: WindowState): MeanFieldMap {
  const { features: { classes }, contextLength, beta } = network;
  const window = attentionWindow(network);
  const ring = new Float64Array(contextLength * classes);
  const u = new Float64Array(classes);
  const fields = new Float64Array(classes);
  const projectOut = outputOverlaps(network);

  const begin = (state: WindowState): void => {
    window.startFromWindow(state.u, state.t);
    for (let d = 0; d < window.length; d++) ring.set(state.u.subarray(d * classes, (d + 1) * classes), window.slot(d) * classes);
    u.set(state.u.subarray(0, classes));
    fields.fill(0);
  };
  const settle = (): void => {
    for (let c = 0; c < classes; c++) u[c] = tanh(beta * fields[c]!);
    window.push(u);
    const at = window.slot(0) * classes;
    for (let c = 0; c < classes; c++) ring[at + c] = u[c]!;
  };
  const step = (): void => {
    window.fields(fields);
    settle();
  };
  begin(start);
  return {
    network,
    window,
    u,
    ring,
    fields,
    start: begin,
    step,
    settle,
    run: (tokens) => {
      requireInteger("tokens", tokens, { min: 0 });
      for (let i = 0; i < tokens; i++) step();
    },
    state: () => {
      const out = new Float64Array(window.length * classes);
      for (let d = 0; d < window.length; d++) out.set(ring.subarray(window.slot(d) * classes, (window.slot(d) + 1) * classes), d * classes);
      return { u: out, t: window.time };
    },
    overlaps: (out, at = 0) => projectOut(u, out, at),
  };
}

/** u (C) to m^o (M), written to `out` from `at` on. */
export function outputOverlaps({ features: { features: m, classes, weights, xi } }: AttentionNetwork): (u: Float64Array, out: Float64Array, at: number) => Float64Array {
  const matrix = xi.o.map((entry, i) => weights[i % classes]! * entry);
  return (u, out, at) => {
    for (let a = 0; a < m; a++) {
      let sum = 0;
      for (let c = 0; c < classes; c++) sum += matrix[a * classes + c]! * u[c]!;
      out[at + a] = sum;
    }
    return out;
  };
}
