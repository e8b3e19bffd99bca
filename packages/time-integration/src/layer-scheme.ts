/** @file The discrete flow of a residual network with normalised tokens. */
import { outcome, requireInteger, requirePositive } from "@mesoscope/numerics";
import type { Field } from "./field.js";
import type { FixedOptions, FixedResult } from "./integrate-fixed.js";
import { equalSteps, finiteStart } from "./integrate-fixed.js";
import { onSpheres } from "./spheres.js";
import { euler } from "./tableau.js";

/** What {@link layerScheme} needs to know. */
export interface LayerOptions extends Pick<FixedOptions, "observe"> {
  /** Length of a row. */
  readonly d: number;
  /** Weight eta > 0 of a layer's output. It has no default: the limit eta -> 0 is the flow, other values are other maps. */
  readonly eta: number;
  readonly layers: number;
}

/**
 * The layer scheme x_i <- normalise(x_i + eta A(x)_i), `layers` times. A is the output of a layer before any projection: its part along x_i shortens the turn at finite
 * eta. As eta -> 0 with eta layers = t it tends to the flow x' = P_x A(x) at time t, with an error O(eta).
 *
 * @param layer A, at depth t = eta times the layers before
 * @param x0    unit rows of length d, copied
 * @returns the state, t = eta layers, and the outcome: `diverged` when a row is not finite or 0, else `converged`
 * @throws DomainError for values out of range
 */
export function layerScheme(layer: Field, x0: ArrayLike<number>, { d, eta, layers, observe }: LayerOptions): FixedResult {
  requirePositive("eta", eta, "Give the weight of a layer's output.");
  requireInteger("layers", layers, { min: 1 });
  const projection = onSpheres(d);
  const run = equalSteps(layer, finiteStart(x0), { h: eta, steps: layers, time: (count) => count * eta, tableau: euler, projection, ...(observe === undefined ? {} : { observe }) });
  return run.outcome.kind === "converged" ? { ...run, outcome: outcome("converged", `${layers} layers of weight ${eta}.`) } : run;
}
