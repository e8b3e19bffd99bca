/** @file The harmonic kernels. */
import type { HarmonicParameters, HarmonicStepParameters, MomentParameters } from "@mesoscope/kernels";
import type { Held, Machine } from "../machine.js";
import { SEGMENTS, sums } from "../sources/columns.js";
import { moments, ORDERS, PARTICLES, velocity } from "../sources/harmonics.js";
import { rung } from "../sources/source.js";
import { folded } from "../sources/vectors.js";
import type { ProgramOf } from "./program.js";
import { steps } from "./runge-kutta.js";
import { scoped, type Scope } from "./scope.js";

/** Z_k, k = 0..order, as (R, 1, 2 order + 2). */
async function momentsOf(scope: Scope, theta: Held, { batch, n, order }: MomentParameters): Promise<Held> {
  const length = rung(PARTICLES, Math.ceil(n / SEGMENTS.at(-1)!));
  const segments = Math.ceil(n / length);
  const parts = await scope.run(moments(length), [2 * order + 2, segments, batch], theta, n);
  const z = await scope.run(sums(rung(SEGMENTS, segments)), [2 * order + 2, 1, batch], parts, segments, 1 / n);
  scope.drop(parts);
  return z;
}

function field(machine: Machine, p: HarmonicParameters): { velocityOf: (scope: Scope, theta: Held) => Promise<Held>; constants: readonly Promise<Held>[] } {
  const { batch, n, numerator, denominator } = p;
  const order = numerator.length;
  const length = rung(ORDERS, order);
  const filled = (coefficients: readonly number[]): Promise<Held> => machine.upload(Float32Array.from({ length }, (_, m) => coefficients[m] ?? 0), [length, 1, 1]);
  const a = filled(numerator);
  const b = filled(denominator?.slice(1) ?? []);
  return {
    constants: [a, b],
    velocityOf: async (scope, theta) => {
      const z = await momentsOf(scope, theta, { batch, n, order });
      const v = await scope.run(velocity(length), [n, 1, batch], theta, z, await a, await b, denominator === undefined ? 1 : denominator[0]!, order);
      scope.drop(z);
      return v;
    },
  };
}

export const harmonicMoments: ProgramOf<MomentParameters> = (machine, p) => ({
  constants: [],
  run: ([theta]) => scoped(machine, async (scope) => [await scope.run(folded, [2, p.order + 1, p.batch], await momentsOf(scope, theta!, p))]),
});

export const harmonicDrift: ProgramOf<HarmonicParameters> = (machine, p) => {
  const { velocityOf, constants } = field(machine, p);
  return { constants, run: ([theta]) => scoped(machine, async (scope) => [await velocityOf(scope, theta!)]) };
};

export const harmonicStep: ProgramOf<HarmonicStepParameters> = (machine, p) => {
  const { velocityOf, constants } = field(machine, p);
  return { constants, run: ([theta], repeat) => scoped(machine, async (scope) => [await steps(scope, p, [p.n, 1, p.batch], velocityOf, theta!, repeat, (y) => Promise.resolve(y))]) };
};
