/**
 * @file The parameterisation as data: how standard deviations, multipliers and learning rates depend on width per head N, heads H and blocks L
 * [eq:transformer-scales].
 */
import { DomainError, exp, log, requireInRange, requireInteger, requirePositive } from "@mesoscope/numerics";
import type { Sizes } from "./architecture.js";
import { requireOneOf } from "./architecture.js";

/** Moments and epsilon of Adam. */
export interface AdamParameters {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/** How the gradient becomes a step: along it, with momentum v <- m v + g, or by Adam. */
export type Optimiser = "sgd" | { readonly momentum: number } | { readonly adam: AdamParameters };

/** See {@link scalesOf}. */
export interface Parameterisation {
  /**
   * `mean-field`: features learn at every size (mu-P where alphaA = 1). `ntk`: every multiplier 1/sqrt(fan-in). `standard`: every standard
   * deviation 1/sqrt(fan-in), one learning rate. The last two know no exponents but alphaA in the logits and alphaL in the branches.
   */
  readonly scheme: "mean-field" | "ntk" | "standard";
  /** Logits are N^-alphaA q.k, alphaA in [1/2, 1]. */
  readonly alphaA: number;
  /** Branches weigh L^-alphaL, alphaL in [1/2, 1]. */
  readonly alphaL: number;
  /** Weight of a branch at the base depth. */
  readonly beta0: number;
  /** Richness: 0 is the kernel regime. Outputs are divided by it, and rates of SGD multiplied by its square. */
  readonly gamma0: number;
  /** Learning rate in function space. */
  readonly eta0: number;
  readonly optimiser: Optimiser;
  /** Sizes at which the mean-field scheme is the plain one; each 1 by default. Depth is measured in units of its L in every scheme. */
  readonly base?: Partial<Sizes>;
  /** `global` (default): one rate, read-in and read-out rescaled. `separate`: unit weights everywhere, rates that differ. The same dynamics in function space. */
  readonly rates?: "global" | "separate";
}

/** Scale of a group of weights: drawn with this standard deviation, multiplied on the way forward by `factor` (and by fan-in^-1/2 where `fanIn`), moved at this rate. */
export interface GroupScale {
  readonly standardDeviation: number;
  readonly factor: number;
  /** Which of the two carries 1/sqrt(fan-in): the multiplier, the standard deviation, or neither. */
  readonly fanIn: "multiplier" | "deviation" | "neither";
  readonly rate: number;
}

/** All scales of a network. */
export interface Scales {
  /** Learning rate of everything between read-in and read-out. */
  readonly rate: number;
  /** b: weight of a branch. */
  readonly branch: number;
  /** Multiplier of q.k. */
  readonly logits: number;
  readonly edgeIn: GroupScale;
  readonly positions: GroupScale;
  readonly queryKey: GroupScale;
  /** W_V, W_O and the MLP. */
  readonly bulk: GroupScale;
  readonly readOut: GroupScale;
}

/**
 * The parameterisation, checked.
 * @throws DomainError for exponents outside [1/2, 1] and whatever else has no meaning
 */
export function checkedParameterisation(p: Parameterisation): Parameterisation {
  requireOneOf("scheme", p.scheme, ["mean-field", "ntk", "standard"]);
  requireOneOf("rates", p.rates ?? "global", ["global", "separate"]);
  const exponents = "Exponents between 1/2 and 1 keep every field of order one.";
  requireInRange("alphaA", p.alphaA, { min: 0.5, max: 1 }, exponents);
  requireInRange("alphaL", p.alphaL, { min: 0.5, max: 1 }, exponents);
  requirePositive("beta0", p.beta0);
  requirePositive("gamma0", p.gamma0, "Give a small gamma0, such as 1e-3, for the kernel regime.");
  requirePositive("eta0", p.eta0);
  for (const axis of ["N", "H", "L"] as const) requireInteger(`base.${axis}`, p.base?.[axis] ?? 1, { min: 1 });
  checkOptimiser(p.optimiser);
  return p;
}

function checkOptimiser(optimiser: Optimiser): void {
  if (optimiser === "sgd") return;
  const given: unknown = optimiser;
  if (typeof given !== "object" || given === null || !("momentum" in given || ("adam" in given && typeof given.adam === "object" && given.adam !== null))) {
    throw new DomainError({ name: "optimiser", value: given, rule: "is not known", remedy: 'Take "sgd", { momentum } or { adam: { beta1, beta2, epsilon } }.' });
  }
  if ("momentum" in optimiser) {
    if (!(requireInRange("momentum", optimiser.momentum, { min: 0, max: 1 }) < 1)) throw new DomainError({ name: "momentum", value: optimiser.momentum, rule: "must be below 1", remedy: "Give 0.9, or less." });
    return;
  }
  const { beta1, beta2, epsilon } = optimiser.adam;
  for (const [name, value] of [["beta1", beta1], ["beta2", beta2]] as const) {
    if (!(requireInRange(name, value, { min: 0, max: 1 }) < 1)) throw new DomainError({ name, value, rule: "must be below 1", remedy: "Give 0.9 and 0.999." });
  }
  requirePositive("epsilon", epsilon, "Give a number that is small beside the gradients at every size, such as 1e-20.");
}

/**
 * Standard deviations, multipliers and rates at these sizes [eq:transformer-scales]. `depth` is the number of branches that add up: L with a
 * skip connection, the base's L without one, where nothing adds up.
 */
export function scalesOf(p: Parameterisation, { N, H, L }: Sizes, depth: number = L): Scales {
  const adam = typeof p.optimiser === "object" && "adam" in p.optimiser;
  const relativeDepth = depth / (p.base?.L ?? 1);
  const branch = p.beta0 * power(relativeDepth, -p.alphaL);
  const descent = p.eta0 * p.gamma0 * p.gamma0;
  if (p.scheme !== "mean-field") return plainScales(p, N * H, adam ? p.eta0 : descent, branch, power(N, -p.alphaA));
  const baseN = p.base?.N ?? 1;
  const base = baseN * (p.base?.H ?? 1);
  const width = (N * H) / base;
  const rate = adam ? (p.eta0 * power(relativeDepth, p.alphaL - 1)) / Math.sqrt(width) : descent * width * power(relativeDepth, 2 * p.alphaL - 1);
  const stretch = adam ? Math.sqrt(width) * power(relativeDepth, 1 - p.alphaL) : power(relativeDepth, 0.5 - p.alphaL);
  const separate = p.rates === "separate";
  const edge = separate ? 1 : stretch;
  const edgeRate = separate ? rate * (adam ? stretch : stretch * stretch) : rate;
  const aim = power(N / baseN, 1 - p.alphaA);
  const scale = (standardDeviation: number, factor: number, fanIn: GroupScale["fanIn"], own: number): GroupScale => Object.freeze({ standardDeviation, factor, fanIn, rate: own });
  return Object.freeze({
    rate,
    branch,
    logits: power(baseN, p.alphaA - 0.5) * power(N, -p.alphaA),
    edgeIn: scale(1 / edge, edge, "multiplier", edgeRate),
    positions: scale(1 / edge, edge, "neither", edgeRate),
    queryKey: scale(aim, 1 / aim, "multiplier", rate),
    bulk: scale(1, 1, "multiplier", rate),
    readOut: scale(1 / edge, (edge * Math.sqrt(base)) / (p.gamma0 * N * H), "neither", edgeRate),
  });
}

function plainScales(p: Parameterisation, width: number, rate: number, branch: number, logits: number): Scales {
  const fanIn = p.scheme === "ntk" ? "multiplier" : "deviation";
  const plain: GroupScale = Object.freeze({ standardDeviation: 1, factor: 1, fanIn, rate });
  const root = Math.sqrt(width);
  const readOut: GroupScale = fanIn === "multiplier" ? { ...plain, factor: 1 / (p.gamma0 * root), fanIn: "neither" } : { ...plain, standardDeviation: 1 / root, factor: 1 / p.gamma0, fanIn: "neither" };
  return Object.freeze({ rate, branch, logits, edgeIn: plain, positions: Object.freeze({ ...plain, fanIn: "neither" as const }), queryKey: plain, bulk: plain, readOut: Object.freeze(readOut) });
}

/** x^p for x > 0; correctly rounded roots where p is a multiple of 1/2. */
function power(x: number, p: number): number {
  if (p < 0) return 1 / power(x, -p);
  if (!Number.isInteger(2 * p)) return exp(p * log(x));
  const root = Number.isInteger(p) ? 1 : Math.sqrt(x);
  let whole = 1;
  for (let i = 1; i <= Math.floor(p); i += 1) whole *= x;
  return whole * root;
}
