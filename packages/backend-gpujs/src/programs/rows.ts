/** @file What is done to rows: they are turned into columns, whose largest number and sums are found segment by segment. */
import type { RowNormaliseParameters, RowParameters, RowSoftmaxParameters } from "@mesoscope/kernels";
import type { Held } from "../machine.js";
import { exponentialsBelow, largest, SEGMENTS, sums } from "../sources/columns.js";
import { lessColumn, normalisedBack, productSums, roots, weightedLess } from "../sources/rows.js";
import { rung, type Source } from "../sources/source.js";
import { quotients } from "../sources/tokens.js";
import { turned } from "../sources/vectors.js";
import type { ProgramOf } from "./program.js";
import { scoped, type Scope } from "./scope.js";

/** One number of each column (R, 1, n) from columns (R, m, n), in two steps: `first` on segments of m, `then` on the segments. */
async function reduced(scope: Scope, { batch, n, m }: RowParameters, first: (length: number) => Source, given: readonly (Held | number)[], then: (length: number) => Source, last: number): Promise<Held> {
  const length = rung(SEGMENTS, m <= 16 ? 16 : Math.max(64, Math.ceil(m / SEGMENTS.at(-1)!)));
  const segments = Math.ceil(m / length);
  const parts = await scope.run(first(length), [n, segments, batch], ...given);
  if (segments === 1) return parts;
  const whole = await scope.run(then(rung(SEGMENTS, segments)), [n, 1, batch], parts, segments, last);
  scope.drop(parts);
  return whole;
}

const largestOf = (scope: Scope, p: RowParameters, x: Held, causal: number): Promise<Held> => reduced(scope, p, largest, [x, p.m, causal], largest, 0);
const sumOf = (scope: Scope, p: RowParameters, x: Held, factor: number): Promise<Held> => reduced(scope, p, sums, [x, p.m, factor], sums, 1);
const productOf = (scope: Scope, p: RowParameters, x: Held, y: Held, factor: number): Promise<Held> => reduced(scope, p, productSums, [x, y, p.m, factor], sums, 1);

/** A program whose inputs and one output are rows. */
function onColumns<P extends RowParameters>(work: (scope: Scope, p: P, columns: readonly Held[]) => Promise<Held>): ProgramOf<P> {
  return (machine, p) => ({
    constants: [],
    run: (inputs) =>
      scoped(machine, async (scope) => {
        const columns: Held[] = [];
        for (const input of inputs) columns.push(await scope.run(turned, [p.n, p.m, p.batch], input));
        return [await scope.run(turned, [p.m, p.n, p.batch], await work(scope, p, columns))];
      }),
  });
}

export const rowSoftmax: ProgramOf<RowSoftmaxParameters> = onColumns(async (scope, p: RowSoftmaxParameters, [x]) => {
  const causal = p.causal === true ? 1 : 0;
  const top = await largestOf(scope, p, x!, causal);
  const weights = await scope.run(exponentialsBelow, [p.n, p.m, p.batch], x!, top, causal);
  return scope.run(quotients, [p.n, p.m, p.batch], weights, await sumOf(scope, p, weights, 1));
});

export const rowSoftmaxBackward: ProgramOf<RowParameters> = onColumns(async (scope, p: RowParameters, [y, g]) => scope.run(weightedLess, [p.n, p.m, p.batch], y!, g!, await productOf(scope, p, y!, g!, 1)));

/** Normalised columns and sqrt(var + epsilon). */
async function normalised(scope: Scope, p: RowNormaliseParameters, x: Held): Promise<{ y: Held; deviation: Held }> {
  const centred = await scope.run(lessColumn, [p.n, p.m, p.batch], x, await sumOf(scope, p, x, 1 / p.m));
  const deviation = await scope.run(roots, [p.n, 1, p.batch], await productOf(scope, p, centred, centred, 1 / p.m), p.epsilon);
  return { y: await scope.run(quotients, [p.n, p.m, p.batch], centred, deviation), deviation };
}

export const rowNormalise: ProgramOf<RowNormaliseParameters> = onColumns(async (scope, p: RowNormaliseParameters, [x]) => (await normalised(scope, p, x!)).y);

export const rowNormaliseBackward: ProgramOf<RowNormaliseParameters> = onColumns(async (scope, p: RowNormaliseParameters, [x, g]) => {
  const { y, deviation } = await normalised(scope, p, x!);
  const mean = await sumOf(scope, p, g!, 1 / p.m);
  return scope.run(normalisedBack, [p.n, p.m, p.batch], g!, y, mean, await productOf(scope, p, g!, y, 1 / p.m), deviation);
});
