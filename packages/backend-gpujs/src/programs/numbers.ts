/** @file Functions of every number, combinations, and the optimiser. */
import type { ActivationParameters, AdamStepParameters, ElementwiseParameters, LinearCombinationParameters } from "@mesoscope/kernels";
import { activated, activatedBack } from "../sources/activations.js";
import { descended, secondMean, sharedCombination } from "../sources/matrices.js";
import type { Source } from "../sources/source.js";
import { combination, exponentials, hyperbolicTangents } from "../sources/vectors.js";
import type { ProgramOf } from "./program.js";
import { scoped } from "./scope.js";

/** A function of every number by itself. */
function elementwise<P extends ElementwiseParameters>(source: (p: P) => Source): ProgramOf<P> {
  return (machine, p) => ({ constants: [], run: async (inputs) => [await machine.run(source(p), [p.n, 1, p.batch], ...inputs)] });
}

export const exp: ProgramOf<ElementwiseParameters> = elementwise(() => exponentials);
export const tanh: ProgramOf<ElementwiseParameters> = elementwise(() => hyperbolicTangents);
export const activation: ProgramOf<ActivationParameters> = elementwise(({ name }: ActivationParameters) => activated(name));
export const activationBackward: ProgramOf<ActivationParameters> = elementwise(({ name }: ActivationParameters) => activatedBack(name));

export const linearCombination: ProgramOf<LinearCombinationParameters> = (machine, { batch, n, a, b, shareX = false }) => ({
  constants: [],
  run: async ([x, y]) => [await machine.run(shareX ? sharedCombination : combination, [n, 1, batch], x!, y!, a, b)],
});

export const adamStep: ProgramOf<AdamStepParameters> = (machine, { batch, n, beta1, beta2, epsilon }) => ({
  constants: [],
  run: ([p, g, m, v, rates]) =>
    scoped(machine, async ({ run }) => {
      const first = await run(combination, [n, 1, batch], m!, g!, beta1, 1 - beta1);
      const second = await run(secondMean, [n, 1, batch], v!, g!, beta2, 1 - beta2);
      return [await run(descended, [n, 1, batch], p!, first, second, rates!, epsilon), first, second];
    }),
});
