/** @file The noise that finitely many heads leave, from the theory: with the answer of heads to each other's noise, and without. */
import type { Prediction } from "@mesoscope/contracts";
import { drawnHeads, headFluctuations, quadratureHeads, trainingTasks } from "@mesoscope/dmft/transformer";
import { key } from "@mesoscope/numerics";
import type { WidthParameters } from "./settings.js";
import { OUTPUT, type System } from "./systems.js";

/** Of the output on the first input at the last step. */
export interface HeadNoise {
  /** N H Var at alphaA = 1, H Var at 1/2, both for N -> inf. */
  readonly wide: number;
  /** H (mean - limit) for N -> inf at alphaA = 1/2. */
  readonly shift: number | undefined;
  /** H Var at the width of the line, and what it would be if heads did not answer to each other's noise. */
  readonly line: number;
  readonly lineWithoutAnswer: number;
}

const NODES = 4;
/** One in so many heads is drawn here, and one in so many of these asked for its response: both numbers are of the same heads, and only their share is told. */
const SHARE = 4;
const RESPONSES = 16;

/** From the predictions of the limit and of the first order in 1/H, both for a network of one head, and what they do not tell. */
export function headNoise({ alphaA }: System, { steps, eta0, lineWidth, drawnHeads: heads }: WidthParameters, limits: readonly Prediction[], corrected: readonly Prediction[]): HeadNoise {
  const task = trainingTasks["two-inputs"];
  const { inputs, features } = task.tokens;
  const descent = { eta0, gamma0: 1, steps };
  const last = steps * inputs;
  const drawn = drawnHeads({ alphaA, N: lineWidth, features, heads: Math.ceil(heads / SHARE) }, key("width-and-heads").fold(alphaA));
  const independent = headFluctuations(task, descent, drawn, { shift: false, responses: Math.ceil(drawn.heads / RESPONSES) });
  const at = last * (last + inputs) + last;
  const line = varianceOf(corrected);
  return {
    wide: varianceOf(limits),
    shift: alphaA === 1 ? undefined : headFluctuations(task, descent, quadratureHeads({ features, nodes: NODES })).shift[last]!,
    line,
    // Both of the same heads: their share has less chance in it than either.
    lineWithoutAnswer: (line * independent.headCovariance[at]!) / independent.covariance[at]!,
  };
}

function varianceOf(predictions: readonly Prediction[]): number {
  const spread = predictions.find(({ observable }) => observable === OUTPUT)!.spread!.at(-1)!;
  return spread * spread;
}
