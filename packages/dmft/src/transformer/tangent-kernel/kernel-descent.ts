/** @file Gradient descent in the kernel regime: outputs alone, step by step. */
import { DomainError, outcome, requireFinite, requireInteger, requireMemory, requirePositive, symmetricEigen } from "@mesoscope/numerics";
import type { Outcome } from "@mesoscope/numerics";

export interface KernelDescentOptions {
  readonly eta0: number;
  /** T */
  readonly steps: number;
}

export interface KernelDescent {
  /** (T + 1, P) f(t) - f(0), from 0 on; fewer rows where it diverges: the last one is the last finite one. */
  readonly outputs: Float64Array;
  /** (T + 1) |y - f|^2 / 2P. */
  readonly loss: Float64Array;
  /** eta0 times the largest eigenvalue over P: descent is stable below 2. */
  readonly sharpness: number;
  /** `converged` where every step was taken; `diverged` beyond the stable rate, with the factor by which the error grows or the step at which it is no longer finite. */
  readonly outcome: Outcome;
}

/** An eigenvalue may be this much of the largest one below 0: rounding, not another matrix. */
const NEGATIVE = 1e-9;

/**
 * Full-batch gradient descent of a network whose tangent kernel does not move, f <- f + eta0 K (y - f) / P, exactly as discrete steps take it [eq:kernel-descent].
 *
 * @param kernel (P, P) tangent kernel, at eta0 = 1
 * @param targets (P)
 * @throws DomainError unless the kernel is symmetric, positive semidefinite and of the size of the targets, eta0 > 0, and steps an integer of at least 0
 */
export function kernelDescent(kernel: ArrayLike<number>, targets: ArrayLike<number>, { eta0, steps }: KernelDescentOptions): KernelDescent {
  const P = targets.length;
  requirePositive("eta0", eta0);
  requireInteger("steps", steps, { min: 0 });
  for (let mu = 0; mu < P; mu++) {
    if (Number.isFinite(targets[mu])) continue;
    throw new DomainError({ name: `targets[${mu}]`, value: targets[mu], rule: "must be finite", remedy: "Give the target of every input." });
  }
  const { values } = symmetricEigen(kernel, requireInteger("targets.length", P, { min: 1 }));
  if (values[0]! < -NEGATIVE * Math.max(-values[0]!, values[P - 1]!)) {
    throw new DomainError({ name: "smallest eigenvalue of the kernel", value: values[0], rule: "must not be negative", remedy: "Give a kernel of gradients: along a negative eigenvalue errors would grow at every rate." });
  }
  requireMemory(`outputs of ${steps} steps`, 8 * (steps + 1) * (P + 25), "Take fewer steps.");
  const sharpness = (eta0 * values[P - 1]!) / P;
  const outputs = [new Float64Array(P)];
  const loss = [requireFinite("loss of the start", lossOf(outputs[0]!, targets), "Give targets of order one.")];
  for (let t = 0; t < steps; t++) {
    const f = outputs[t]!;
    const next = f.map((value, mu) => {
      let pull = 0;
      for (let nu = 0; nu < P; nu++) pull += kernel[mu * P + nu]! * (targets[nu]! - f[nu]!);
      return value + (eta0 * pull) / P;
    });
    const after = lossOf(next, targets);
    if (!Number.isFinite(after)) return ended(outputs, loss, sharpness, outcome("diverged", `No longer finite at step ${t + 1}: eta0 lambda / P = ${sharpness.toPrecision(4)} is above 2. Lower eta0 by a factor of ${(sharpness / 2).toPrecision(3)} or more.`));
    outputs.push(next);
    loss.push(after);
  }
  const stable = sharpness < 2 || steps === 0;
  const ending = stable ? outcome("converged", `${steps} steps, eta0 lambda / P = ${sharpness.toPrecision(4)}.`) : outcome("diverged", `The error grows by a factor of ${(sharpness - 1).toPrecision(4)} a step. Lower eta0 by a factor of ${(sharpness / 2).toPrecision(3)} or more.`);
  return ended(outputs, loss, sharpness, ending);
}

function ended(outputs: readonly Float64Array[], loss: readonly number[], sharpness: number, ending: Outcome): KernelDescent {
  const P = outputs[0]!.length;
  const flat = new Float64Array(outputs.length * P);
  for (const [t, f] of outputs.entries()) flat.set(f, t * P);
  return { outputs: flat, loss: Float64Array.from(loss), sharpness, outcome: ending };
}

function lossOf(f: Float64Array, targets: ArrayLike<number>): number {
  let sum = 0;
  for (let mu = 0; mu < f.length; mu++) sum += (targets[mu]! - f[mu]!) * (targets[mu]! - f[mu]!);
  return sum / (2 * f.length);
}
