/** @file The comparison itself is not accurate enough: the theory's own error, or the step of the simulation. */
import type { ReasonRule } from "../comparison.js";
import { formatNumber } from "../../format.js";

/** A theory whose own error exceeds this share of the margin cannot be told from one that is wrong. */
export const NUMERICAL_SHARE = 0.25;

/** The predicted mean's own numerical error is not well below the tolerance where it fails. */
export const numerical: ReasonRule = ({ bySize, quantity }) => {
  if (quantity !== "mean") return undefined;
  for (const { n, entries, predicted, numericalError } of bySize) {
    for (const [i, { margins, scale, outcome, untested }] of entries.entries()) {
      if (untested !== undefined) continue;
      const unit = scale === "relative" ? Math.abs(predicted[i]!) : 1;
      const error = numericalError[i]! / unit;
      if (outcome !== "holds" && error > NUMERICAL_SHARE * margins[1]) {
        return { reason: "numerical", because: `the prediction's own error at size ${n}, ${formatNumber(error)}, is not well below the tolerance ${formatNumber(margins[1])}` };
      }
    }
  }
  return undefined;
};

/** Halving the step of the simulation changed it by more than a share of the tolerance. */
export const halvedStep: ReasonRule = ({ controls, observable }) => {
  const control = controls.find(({ id, outcome, observable: whose }) => id === "halved-step" && outcome === "failed" && whose === observable.id);
  return control === undefined ? undefined : { reason: "numerical", because: control.because };
};
