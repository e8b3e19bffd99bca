/** @file The noise that finitely many heads leave, from the theory: with the answer of heads to each other's noise, and without. */
import { drawnHeads, headFluctuations, quadratureHeads, trainingTasks, wideFluctuations } from "@mesoscope/dmft/transformer";
import { key } from "@mesoscope/numerics";
import type { System } from "./cases.js";
import type { WidthParameters } from "./settings.js";

/** Of the output on the first input at the last step; undefined of a block, for which only orders are known. */
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
/** Heads of which one in so many is drawn here. */
const SHARE = 8;

export function headNoise({ network, alphaA }: System, { steps, eta0, lineWidth, drawnHeads: heads }: WidthParameters): HeadNoise | undefined {
  if (network === "block") return undefined;
  const task = trainingTasks["two-inputs"];
  const { inputs, features } = task.tokens;
  const descent = { eta0, gamma0: 1, steps };
  const n = (steps + 1) * inputs;
  const last = steps * inputs;
  const at = last * n + last;
  const own = headFluctuations(task, descent, drawnHeads({ alphaA, N: lineWidth, features, heads: Math.ceil(heads / SHARE) }, key("width-and-heads").fold(alphaA)), { shift: false });
  const line = { line: own.covariance[at]!, lineWithoutAnswer: own.headCovariance[at]! };
  if (alphaA === 1) return { ...line, wide: wideFluctuations(task, descent).covariance[at]!, shift: undefined };
  const wide = headFluctuations(task, descent, quadratureHeads({ features, nodes: NODES }));
  return { ...line, wide: wide.covariance[at]!, shift: wide.shift[last]! };
}
