/** @file Products of matrices, chunk of terms by chunk of terms, and the exchange of axes. */
import type { MatmulParameters, SwapAxesParameters } from "@mesoscope/kernels";
import { addProducts, headsApart, headsBeside, scaled, swapped, TERMS, zeros } from "../sources/matrices.js";
import { rung } from "../sources/source.js";
import { combination } from "../sources/vectors.js";
import type { Held } from "../machine.js";
import type { ProgramOf } from "./program.js";
import { scoped } from "./scope.js";

export const matmul: ProgramOf<MatmulParameters> = (machine, p) => {
  const { batch, m, k, n, transposeA = false, transposeB = false, scale = 1, add = false, shareA = false, shareB = false, heads = 1 } = p;
  const form = { transposeA, transposeB, shareA, shareB };
  const most = TERMS.filter((length) => 2 * length * batch * m * n <= machine.limits.launch).at(-1) ?? TERMS[0];
  return {
    constants: [],
    run: ([a, b, old]) =>
      scoped(machine, async ({ run, drop }) => {
        const apart = (x: Held, columns: number, rows: number, beside = false): Held | Promise<Held> => (beside ? run(headsApart, [columns, rows, batch], x, heads) : x);
        const left = await apart(a!, transposeA ? m : k, transposeA ? k : m, p.besideA);
        const right = await apart(b!, transposeB ? k : n, transposeB ? n : k, p.besideB);
        let sums = await run(zeros, [n, m, batch], 0);
        for (let first = 0; first < k; first += most) {
          const terms = Math.min(most, k - first);
          const next = await run(addProducts(rung(TERMS, terms), form), [n, m, batch], sums, left, right, terms, first);
          drop(sums);
          sums = next;
        }
        if (add) sums = await run(combination, [n, m, batch], sums, await apart(old!, n, m, p.besideC), scale, 1);
        else if (scale !== 1) sums = await run(scaled, [n, m, batch], sums, scale);
        return [p.besideC === true ? await run(headsBeside, [n, m * heads, batch / heads], sums, heads) : sums];
      }),
  };
};

export const swapAxes: ProgramOf<SwapAxesParameters> = (machine, { batch, a, b, c }) => ({
  constants: [],
  run: async ([x]) => [await machine.run(swapped, [c, a * b, batch], x!, a, b)],
});
