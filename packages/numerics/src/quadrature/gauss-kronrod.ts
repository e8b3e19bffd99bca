/**
 * @file Gauss's rule of 10 points and Kronrod's extension to 21, on one interval: a value and a guess of its error.
 * Nodes and weights: scripts/kronrod.py.
 */

/** Nodes x >= 0 of the 21 points; those at odd places are Gauss's. */
const NODES: Float64Array = /* @__PURE__ */ new Float64Array([
  0, 0.14887433898163122, 0.2943928627014602, 0.4333953941292472, 0.5627571346686047, 0.6794095682990244,
  0.7808177265864169, 0.8650633666889845, 0.9301574913557082, 0.9739065285171717, 0.9956571630258081,
]);

const KRONROD_WEIGHTS: Float64Array = /* @__PURE__ */ new Float64Array([
  0.1494455540029169, 0.14773910490133849, 0.14277593857706009, 0.13470921731147334, 0.12349197626206584,
  0.10938715880229764, 0.0931254545836976, 0.07503967481091996, 0.054755896574351995, 0.032558162307964725,
  0.011694638867371874,
]);

const GAUSS_WEIGHTS: Float64Array = /* @__PURE__ */ new Float64Array([
  0, 0.29552422471475287, 0, 0.26926671930999635, 0, 0.21908636251598204, 0, 0.1494513491505806, 0,
  0.06667134430868814, 0,
]);

export const EVALUATIONS_PER_PANEL = 21;

/** One interval with its estimate. */
export interface Panel {
  readonly a: number;
  readonly b: number;
  readonly value: number;
  readonly error: number;
  /** Estimate of the integral of |f|: the scale of rounding errors. */
  readonly magnitude: number;
  /** The point at which f was not finite, if any; the estimates are then 0 and Infinity. */
  readonly bad?: number;
}

/**
 * Estimate over [a, b]. The raw difference of the two rules overstates the error of the better one by far; as in
 * QUADPACK it is turned into s min(1, (200 |K - G| / s)^{3/2}) with s the integral of |f - mean f|.
 * @see Piessens, de Doncker-Kapenga, Ueberhuber, Kahaner (1983), QUADPACK, section 2.2.1
 */
export function estimatePanel(f: (x: number) => number, a: number, b: number): Panel {
  const centre = a / 2 + b / 2;
  const half = b / 2 - a / 2;
  const values = new Float64Array(EVALUATIONS_PER_PANEL);
  let kronrod = 0;
  let gauss = 0;
  let magnitude = 0;
  for (let i = 0; i < NODES.length; i++) {
    const offset = half * NODES[i]!;
    for (const side of i === 0 ? [0] : [-1, 1]) {
      const x = centre + side * offset;
      const value = f(x);
      if (!Number.isFinite(value)) return { a, b, value: 0, error: Infinity, magnitude: 0, bad: x };
      values[10 + side * i] = value;
      kronrod += KRONROD_WEIGHTS[i]! * value;
      gauss += GAUSS_WEIGHTS[i]! * value;
      magnitude += KRONROD_WEIGHTS[i]! * Math.abs(value);
    }
  }
  const average = kronrod / 2;
  let spread = 0;
  for (let i = -10; i <= 10; i++) spread += KRONROD_WEIGHTS[Math.abs(i)]! * Math.abs(values[10 + i]! - average);
  const scale = Math.abs(half);
  const ratio = spread === 0 ? 0 : (200 * Math.abs(kronrod - gauss)) / spread;
  const damped = ratio < 1 ? ratio * Math.sqrt(ratio) : 1;
  // Not below the rounding error of the sum of 21 terms.
  const error = Math.max(spread * damped, 4 * Number.EPSILON * magnitude);
  return { a, b, value: kronrod * half, error: error * scale, magnitude: magnitude * scale };
}
