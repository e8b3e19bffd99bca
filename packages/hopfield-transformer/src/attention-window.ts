/**
 * @file The window machine: tokens go in, fields come out. Each token is projected once, when it is pushed; its value and key overlaps wait in rings of L.
 * Both sides of the pair run on it: the finite chain draws the next token from the fields, the limit takes their tanh.
 */
import { DomainError, exp, requireInteger } from "@mesoscope/numerics";
import type { AttentionNetwork } from "./attention-network.js";
import type { Role } from "./feature-classes.js";
import { phaseOf, positionalOffsets } from "./positional-word.js";

/** A window of up to L tokens in motion. Arrays are the machine's own: read them, and copy what is to be kept. */
export interface AttentionWindow {
  readonly network: AttentionNetwork;
  /** Tokens l <= L in the window. */
  readonly length: number;
  /** Index t of the newest token. */
  readonly time: number;
  /** Phase of the newest token, t mod 2^P. */
  readonly phase: number;
  /** Starts anew from one token u (C); the window then grows to L. */
  readonly startFromToken: (u: ArrayLike<number>, t?: number) => void;
  /** Starts anew from rows u (l, C) flat, 1 <= l <= L, row 0 the newest token, whose index is t; earlier ones may have negative indices. */
  readonly startFromWindow: (u: ArrayLike<number>, t: number) => void;
  /** The next token: projects u (C), moves time on by one and forgets the oldest of more than L. */
  readonly push: (u: ArrayLike<number>) => void;
  /** h_c (C) of the token after the newest, [eq:one-bit-output], written to `out`; renews {@link attention} and {@link output}, too. */
  readonly fields: (out: Float64Array) => Float64Array;
  /** Attention A_a (M) as of the last {@link fields}. */
  readonly output: Float64Array;
  /** alpha by slot (L) as of the last {@link fields}; 0 where no token is. */
  readonly attention: Float64Array;
  /** m^q of the newest token (M). */
  readonly query: Float64Array;
  /** m^k and m^v by slot, each (L, M). */
  readonly keys: Float64Array;
  readonly values: Float64Array;
  /** Slot of the token at a lag 0 <= d < l: 0 is the newest. */
  readonly slot: (lag: number) => number;
}

/**
 * A window without tokens; start it before anything else.
 *
 * @throws DomainError, from its methods: a start that is not l rows of C magnetisations within [-1, 1]; fields or tokens before any start. Tokens pushed later are taken as
 * they are, for speed: C numbers within [-1, 1].
 */
export function attentionWindow(network: AttentionNetwork): AttentionWindow {
  const { features: { features: m, classes, xi, positionalBits }, contextLength, sharpness } = network;
  const [projectV, projectQ, projectK] = [projection(network, "v"), projection(network, "q"), projection(network, "k")];
  const [offsetV, offsetQ, offsetK] = [positionalOffsets(network, "v"), positionalOffsets(network, "q"), positionalOffsets(network, "k")];
  const outward = transposed(xi.o, m, classes);
  const keys = new Float64Array(contextLength * m);
  const values = new Float64Array(contextLength * m);
  const query = new Float64Array(m);
  const attention = new Float64Array(contextLength);
  const output = new Float64Array(m);
  const period = 2 ** positionalBits;
  let length = 0;
  let head = 0;
  let time = 0;
  let phase = 0;

  const project = (u: ArrayLike<number>, from: number): void => {
    const ring = head * m;
    const word = phase * m;
    let at = 0;
    for (let a = 0; a < m; a += 1) {
      let v = 0;
      let q = 0;
      let k = 0;
      for (let c = 0; c < classes; c += 1) {
        const one = u[from + c]!;
        v += projectV[at]! * one;
        q += projectQ[at]! * one;
        k += projectK[at]! * one;
        at += 1;
      }
      values[ring + a] = v + offsetV[word + a]!;
      query[a] = q + offsetQ[word + a]!;
      keys[ring + a] = k + offsetK[word + a]!;
    }
  };
  const advance = (u: ArrayLike<number>, from: number): void => {
    time += 1;
    phase = phase + 1 === period ? 0 : phase + 1;
    head = head + 1 === contextLength ? 0 : head + 1;
    if (length < contextLength) length += 1;
    project(u, from);
  };
  const startFromWindow = (u: ArrayLike<number>, t: number): void => {
    requireInteger("t", t);
    const rows = u.length / classes;
    if (!(Number.isInteger(rows) && rows >= 1 && rows <= contextLength)) {
      throw new DomainError({ name: "u.length", value: u.length, rule: `must be l C with C = ${classes} and 1 <= l <= L = ${contextLength}`, remedy: "Give one row of C magnetisations a token, newest first." });
    }
    for (let i = 0; i < u.length; i += 1) requireMagnetisation(i, u[i]!);
    attention.fill(0);
    length = 0;
    head = contextLength - 1;
    time = t - rows;
    phase = phaseOf(time, positionalBits);
    for (let d = rows - 1; d >= 0; d -= 1) advance(u, d * classes);
  };
  const fields = (out: Float64Array): Float64Array => {
    if (length === 0) throw notStarted();
    let top = -Infinity;
    let at = 0;
    for (let s = 0; s < length; s += 1) {
      let product = 0;
      for (let a = 0; a < m; a += 1) product += query[a]! * keys[at++]!;
      const logit = sharpness * product;
      attention[s] = logit;
      if (logit > top) top = logit;
    }
    attend(attention, length, top);
    for (let a = 0; a < m; a += 1) {
      let sum = 0;
      for (let s = 0; s < length; s += 1) sum += attention[s]! * values[s * m + a]!;
      output[a] = sum;
    }
    at = 0;
    for (let c = 0; c < classes; c += 1) {
      let h = 0;
      for (let a = 0; a < m; a += 1) h += outward[at++]! * output[a]!;
      out[c] = h;
    }
    return out;
  };
  return {
    network,
    get length() {
      return length;
    },
    get time() {
      return time;
    },
    get phase() {
      return phase;
    },
    startFromToken: (u, t = 0) => {
      if (u.length !== classes) throw new DomainError({ name: "u.length", value: u.length, rule: `must be C = ${classes}`, remedy: "Give one magnetisation a class." });
      startFromWindow(u, t);
    },
    startFromWindow,
    push: (u) => {
      if (length === 0) throw notStarted();
      advance(u, 0);
    },
    fields,
    output,
    attention,
    query,
    keys,
    values,
    slot: (lag) => (head - lag + contextLength) % contextLength,
  };
}

function notStarted(): DomainError {
  return new DomainError({ name: "window.length", value: 0, rule: "must be at least 1 before tokens follow", remedy: "Start the window with startFromToken or startFromWindow." });
}

/** Logits to weights in place. While the window grows its tokens fill the slots from 0 on, so the first `length` slots are all there are. */
function attend(attention: Float64Array, length: number, top: number): void {
  let sum = 0;
  for (let s = 0; s < length; s += 1) {
    const below = attention[s]! - top;
    const weight = below < 0 ? exp(below) : 1;
    attention[s] = weight;
    sum += weight;
  }
  for (let s = 0; s < length; s += 1) attention[s]! /= sum;
}

/** (1 - eps) w_c xi^role_a(c): (M, C). */
function projection({ features: { classes, weights, xi }, positionalWeight }: AttentionNetwork, role: Role): Float64Array {
  return xi[role].map((entry, at) => (1 - positionalWeight) * weights[at % classes]! * entry);
}

function transposed(matrix: Float64Array, rows: number, columns: number): Float64Array {
  return Float64Array.from({ length: rows * columns }, (_, at) => matrix[(at % rows) * columns + Math.floor(at / rows)]!);
}

function requireMagnetisation(at: number, value: number): void {
  if (value >= -1 && value <= 1) return;
  throw new DomainError({ name: `u[${at}]`, value, rule: "must lie within [-1, 1]", remedy: "A magnetisation is a mean of signs." });
}
