/** @file Where a periodic orbit loses or gains stability as beta moves: a multiplier on the unit circle, located by a bracketed root. */
import type { AttentionNetwork } from "@mesoscope/hopfield-transformer";
import { atan2, bracketedRoot, DomainError, isConverged, log, outcome, requireInteger, requirePositive } from "@mesoscope/numerics";
import type { Outcome } from "@mesoscope/numerics";
import type { Multiplier } from "../closed-forms/window-multipliers.js";
import { branchOf } from "./branch.js";
import type { Branch, BranchPoint, BranchTangent } from "./branch.js";
import { describedOrbit, floquetMultipliers } from "./periodic-orbit.js";
import type { PeriodicOrbit } from "./periodic-orbit.js";

/**
 * What happens where a multiplier crosses the unit circle:
 * - `fold`: at +1, and beta turns back: two orbits meet and vanish;
 * - `branch-point`: at +1, and beta goes on: pitchfork or exchange of stability;
 * - `flip`: at -1: an orbit of twice the period branches off;
 * - `neimark-sacker`: a complex pair: a torus branches off.
 */
export type BifurcationKind = "fold" | "branch-point" | "flip" | "neimark-sacker";

export interface Bifurcation {
  readonly kind: BifurcationKind;
  readonly beta: number;
  /** Width of the bracket in beta within which the root lies. */
  readonly width: number;
  /** The multiplier that crosses, imaginary part >= 0. */
  readonly multiplier: Multiplier;
  /** Its angle in full turns per period, in [0, 1/2]. */
  readonly rotation: number;
  /** True where the orbit is the less stable of the two sides after the point, in the direction of travel. */
  readonly destabilising: boolean;
  readonly orbit: PeriodicOrbit;
}

export interface BranchOptions {
  /** Where to go: the branch is followed until beta leaves the interval between that of the network and this. */
  readonly to: number;
  /** Longest step along the branch, in the Euclidean length of (window, beta). Two crossings within one step may be taken for none. */
  readonly step: number;
  /** Width of the bracket, along the branch, at which a point counts as located; 1e-13 is near what rounding allows. */
  readonly tolerance: number;
  /** Stop after this many points; all unless given. */
  readonly most?: number;
  /** Steps at most; 10,000 unless given. */
  readonly maxSteps?: number;
}

export interface BranchRun {
  readonly bifurcations: readonly Bifurcation[];
  /** beta and modulus of the largest multiplier at every point visited, in order. */
  readonly path: readonly { readonly beta: number; readonly modulus: number }[];
  readonly outcome: Outcome;
}

/**
 * Follows a periodic orbit in beta and locates every fold, branch point, flip and Neimark-Sacker point on the way [eq:one-bit-bifurcations].
 *
 * @param network at the beta to begin with
 * @param orbit an orbit of that network, from {@link periodicOrbit}
 * @throws DomainError if an option is out of range, `to` is where the branch begins, or the orbit did not converge
 */
export function followOrbit(network: AttentionNetwork, orbit: PeriodicOrbit, options: BranchOptions): BranchRun {
  const maxSteps = checked(network, orbit, options);
  const { window, period } = orbit;
  const branch = branchOf(network, window.t, period, window.u.length);
  const bifurcations: Bifurcation[] = [];
  const ends = [Math.min(network.beta, options.to), Math.max(network.beta, options.to)] as const;
  const first = branch.at(window.u, network.beta);
  if (first === undefined) return { bifurcations, path: [], outcome: outcome("stalled", `The orbit was not found at beta = ${network.beta}.`) };
  let here = visited(first, branch.tangent(first, { u: new Float64Array(window.u.length), beta: Math.sign(options.to - network.beta) }));
  const path = [summary(here)];
  const end = (ending: Outcome): BranchRun => ({ bifurcations, path, outcome: ending });
  let step = options.step;
  for (let i = 0; i < maxSteps; i++) {
    const point = branch.along(here.point, here.tangent, step);
    if (point === undefined || tooFar(here, point, step)) {
      step /= 2;
      if (step < 1e-10) return end(outcome("stalled", `No orbit was found beyond beta = ${here.point.beta}.`));
      continue;
    }
    const there = visited(point, branch.tangent(point, here.tangent));
    if (there.unstable !== here.unstable) bifurcations.push(located(network, orbit, branch, here, there, step, options.tolerance));
    path.push(summary(there));
    if (bifurcations.length >= (options.most ?? Infinity)) return end(outcome("event", `${bifurcations.length} points were located.`));
    if (point.beta < ends[0] || point.beta > ends[1]) return end(outcome("converged", `The branch left [${ends[0]}, ${ends[1]}] after ${i + 1} steps.`));
    here = there;
    step = Math.min(2 * step, options.step);
  }
  return end(outcome("budget-exhausted", `beta = ${here.point.beta} after ${maxSteps} steps. Raise the step or maxSteps.`));
}

interface Visited {
  readonly point: BranchPoint;
  readonly tangent: BranchTangent;
  readonly multipliers: readonly Multiplier[];
  /** Multipliers outside the unit circle. */
  readonly unstable: number;
}

function visited(point: BranchPoint, tangent: BranchTangent): Visited {
  const multipliers = floquetMultipliers(point.image.monodromy, point.u.length);
  return { point, tangent, multipliers, unstable: multipliers.filter(({ modulus }) => modulus > 1).length };
}

function summary({ point, multipliers }: Visited): { beta: number; modulus: number } {
  return { beta: point.beta, modulus: multipliers[0]?.modulus ?? 0 };
}

/** Newton may have jumped to another branch: then the window moved more than the step allows. */
function tooFar({ point: { u, beta } }: Visited, to: BranchPoint, step: number): boolean {
  const square = u.reduce((sum, value, k) => sum + (value - to.u[k]!) * (value - to.u[k]!), (beta - to.beta) * (beta - to.beta));
  return square > 4 * step * step;
}

/** The crossing between two points: the root of log|mu_k|, k the first multiplier that is inside on one side and outside on the other. */
function located(network: AttentionNetwork, { window, period }: PeriodicOrbit, branch: Branch, here: Visited, there: Visited, step: number, tolerance: number): Bifurcation {
  const k = Math.min(here.unstable, there.unstable);
  const points = new Map<number, Visited>([[0, here], [step, there]]);
  const excess = (s: number): number => {
    let at = points.get(s);
    if (at === undefined) {
      const point = branch.along(here.point, here.tangent, s);
      // Between two points of a branch there is one; should Newton miss it, the nearer end stands for it.
      at = point === undefined ? (s < step / 2 ? here : there) : visited(point, here.tangent);
      points.set(s, at);
    }
    const modulus = at.multipliers[k]!.modulus;
    return modulus === 0 ? -750 : log(modulus);
  };
  const { root, bracket } = bracketedRoot(excess, 0, step, { tolerance });
  const at = points.get(root)!;
  const crossing = at.multipliers[k]!;
  const upper: Multiplier = { ...crossing, imaginary: Math.abs(crossing.imaginary) };
  const rotation = atan2(upper.imaginary, upper.real) / (2 * Math.PI);
  const turns = Math.sign(here.tangent.beta) !== Math.sign(there.tangent.beta);
  return {
    kind: rotation < 1e-5 ? (turns ? "fold" : "branch-point") : rotation > 0.5 - 1e-5 ? "flip" : "neimark-sacker",
    beta: at.point.beta,
    width: Math.abs((points.get(bracket[1])?.point.beta ?? at.point.beta) - (points.get(bracket[0])?.point.beta ?? at.point.beta)),
    multiplier: upper,
    rotation,
    destabilising: there.unstable > here.unstable,
    orbit: describedOrbit({ ...network, beta: at.point.beta }, {
      window: { u: at.point.u, t: window.t },
      period,
      image: at.point.image,
      residual: at.point.residual,
      outcome: outcome("converged", "Located on its branch."),
    }),
  };
}

function checked(network: AttentionNetwork, orbit: PeriodicOrbit, { to, step, tolerance, maxSteps, most }: BranchOptions): number {
  requirePositive("step", step);
  requirePositive("tolerance", tolerance);
  if (most !== undefined) requireInteger("most", most, { min: 1 });
  if (!(Number.isFinite(to) && to >= 0 && to !== network.beta)) {
    throw new DomainError({ name: "to", value: to, rule: `must be a finite beta >= 0 other than that of the network, ${network.beta}`, remedy: "Give the other end of the interval." });
  }
  if (!isConverged(orbit.outcome)) {
    throw new DomainError({ name: "orbit.outcome", value: orbit.outcome.kind, rule: "must be converged", remedy: "Start periodicOrbit nearer to the orbit that is meant." });
  }
  return requireInteger("maxSteps", maxSteps ?? 10_000, { min: 1 });
}

