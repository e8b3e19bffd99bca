/** @file Diffusions on products of spheres. */
import type { Key } from "@mesoscope/numerics";
import { outcome, requireFinite, requireInRange, requireInteger } from "@mesoscope/numerics";
import { projectTangent } from "@mesoscope/sphere";
import type { Field } from "./field.js";
import type { FixedResult } from "./integrate-fixed.js";
import { finiteStart } from "./integrate-fixed.js";
import { onSpheres } from "./spheres.js";
import { allFinite } from "./stages.js";

/** Fills `out` with what drives step number `step` (from 0): independent standard normals, one for each component of the state. */
export type Noise = (step: number, out: Float64Array) => void;

/** What {@link eulerMaruyama} needs to know. */
export interface DiffusionOptions {
  readonly t0: number;
  /** After t0. */
  readonly t1: number;
  readonly steps: number;
  /** Length of a row. */
  readonly d: number;
  /** D >= 0 of the generator <b, grad> + D Laplacian: a mean square of 2 D (d - 1) t over short times. */
  readonly diffusion: number;
  readonly noise: Noise;
  /** Called with the start and after each step; the state belongs to the integrator: copy what is to be kept. */
  readonly observe?: (t: number, x: Float64Array, step: number) => void;
}

/** Normals of the stream `key.fold(step)`: what drives a step depends on the key and its number alone, so that a run may be resumed at any step. */
export function keyedNoise(key: Key): Noise {
  return (step, out) => {
    key.fold(step).stream().fillNormal(out);
  };
}

/**
 * The diffusion dX = b(t, X) dt + sqrt(2 D) P_X o dW on S^{d-1} x ... x S^{d-1}, whose generator is <b, grad> + D Laplacian, by projected Euler-Maruyama steps:
 * x_i <- normalise(x_i + h b_i + sqrt(2 D h) P_{x_i} xi_i). Weak order 1, strong order 1/2. The law of one row with b = D kappa P_x m tends to the von Mises-Fisher
 * law of concentration kappa, up to a bias O(h). The Ito correction -D (d - 1) x dt is normal to the sphere, and the normalisation supplies it.
 *
 * @param drift tangent to the spheres; a part along x counts at the order h^2
 * @param x0    unit rows of length d, copied
 * @returns the state and the outcome: `diverged` when a number is not finite, else `converged`
 * @throws DomainError for values out of range
 */
export function eulerMaruyama(drift: Field, x0: ArrayLike<number>, options: DiffusionOptions): FixedResult {
  const { t0, t1, steps, d, diffusion, noise, observe } = options;
  requireFinite("t0", t0);
  requireInRange("t1", requireFinite("t1", t1), { min: t0 }, "A diffusion runs forward: give t1 after t0.");
  requireInteger("steps", steps, { min: 1 });
  requireInRange("diffusion", requireFinite("diffusion", diffusion), { min: 0 });
  const normalise = onSpheres(d);
  let x = finiteStart(x0);
  const [velocity, kick] = [new Float64Array(x.length), new Float64Array(x.length)];
  let end: Float64Array = new Float64Array(x.length);
  const h = (t1 - t0) / steps;
  const size = Math.sqrt(2 * diffusion * h);
  let t = t0;
  observe?.(t, x, 0);
  for (let step = 0; step < steps; step += 1) {
    drift(t, x, velocity);
    noise(step, kick);
    projectTangent(x, kick, x.length / d, d, kick);
    for (let e = 0; e < x.length; e += 1) end[e] = x[e]! + h * velocity[e]! + size * kick[e]!;
    normalise(end);
    if (!allFinite(end)) return { y: x, t, steps: step, evaluations: step + 1, outcome: outcome("diverged", `A number was not finite after ${step + 1} of ${steps} steps, at t = ${t + h}. Take shorter steps than ${h}.`) };
    [x, end] = [end, x];
    t = step + 1 === steps ? t1 : t0 + (step + 1) * h;
    observe?.(t, x, step + 1);
  }
  return { y: x, t, steps, evaluations: steps, outcome: outcome("converged", `Euler-Maruyama: ${steps} steps of ${h} reached t = ${t1}.`) };
}
