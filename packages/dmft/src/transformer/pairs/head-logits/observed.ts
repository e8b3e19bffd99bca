/** @file What is observed of the logits of a network's heads: one of them as a law, and how much the heads of one network differ. */
import type { Axis, Observable } from "@mesoscope/contracts";

export const LOGIT_START = "logit-start";
export const LOGIT_END = "logit-end";
export const VARIANCE_START = "variance-start";
export const VARIANCE_END = "variance-end";

/** Width and number of heads; one head does not differ from itself. */
export const widthAndManyHeads: readonly Axis[] = [
  { name: "N", symbol: "N", meaning: "width of a head", least: 1 },
  { name: "H", symbol: "H", meaning: "number of heads", least: 2 },
];

export function logitObservables(steps: number): readonly Observable[] {
  const [before, after] = ["before training", `after ${steps} steps of gradient descent`];
  return [
    { id: LOGIT_START, symbol: "A(0)", meaning: `logit of one head, ${before}`, unit: "1", kind: "law", equation: "attention-logit-law" },
    { id: LOGIT_END, symbol: "A(T)", meaning: `logit of one head, ${after}`, unit: "1", kind: "law", equation: "head-map" },
    { id: VARIANCE_START, symbol: "Var A(0)", meaning: `variance of the logit over the heads of a network, ${before}`, unit: "1", kind: "scalar", equation: "attention-logit-law" },
    { id: VARIANCE_END, symbol: "Var A(T)", meaning: `variance of the logit over the heads of a network, ${after}`, unit: "1", kind: "scalar", equation: "head-map" },
  ];
}

/** Unbiased variance of `count` values that lie `stride` apart. */
export function varianceOver(values: ArrayLike<number>, first: number, stride: number, count: number): number {
  let mean = 0;
  for (let h = 0; h < count; h++) mean += values[first + h * stride]! / count;
  let square = 0;
  for (let h = 0; h < count; h++) square += (values[first + h * stride]! - mean) * (values[first + h * stride]! - mean);
  return square / (count - 1);
}
