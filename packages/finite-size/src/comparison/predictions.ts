/** @file What the theories say at each size, checked before anything is compared with it. */
import { ContractError, observableLength, type Applicability, type Context, type Observable, type Prediction, type Size, type Theory } from "@mesoscope/contracts";

/** One theory at one size. */
export interface TheoryAtSize {
  readonly applicability: Applicability;
  readonly predictions: ReadonlyMap<string, Prediction>;
}

/**
 * Asks a theory at a size. Where it does not apply it is not asked to predict.
 * @throws ContractError if a prediction has a wrong length or a number that is not finite
 */
export async function askTheory(theory: Theory, size: Size, observables: readonly Observable[], context: Context): Promise<TheoryAtSize> {
  const applicability = theory.applies(size);
  const predictions = new Map<string, Prediction>();
  if (!applicability.applies) return { applicability, predictions };
  const where = `theory "${theory.id}" at ${JSON.stringify(size)}`;
  for (const prediction of await theory.predict(size, context)) {
    const observable = observables.find(({ id }) => id === prediction.observable);
    if (observable !== undefined) predictions.set(observable.id, checkPrediction(where, prediction, observable));
  }
  return { applicability, predictions };
}

function checkPrediction(where: string, prediction: Prediction, observable: Observable): Prediction {
  const length = observableLength(observable);
  requireNumbers(where, observable, "value", prediction.value, length, Number.isFinite);
  requireNumbers(where, observable, "numericalError", prediction.numericalError, length, (x) => Number.isFinite(x) && x >= 0);
  if (prediction.spread !== undefined) requireNumbers(where, observable, "spread", prediction.spread, length, (x) => Number.isFinite(x) && x >= 0);
  if (prediction.law !== undefined) requireNumbers(where, observable, "law.quantiles", prediction.law.quantiles, prediction.law.probabilities.length, Number.isFinite);
  return prediction;
}

function requireNumbers(where: string, { id }: Observable, member: string, numbers: readonly number[], length: number, isRight: (x: number) => boolean): void {
  const wrong = numbers.find((x) => !isRight(x));
  if (numbers.length === length && wrong === undefined) return;
  throw new ContractError({
    where,
    found: wrong === undefined ? `it gives ${numbers.length} numbers as ${member} of "${id}"` : `it gives ${wrong} in ${member} of "${id}"`,
    rule: `${member} holds ${length} finite numbers${member === "value" || member === "law.quantiles" ? "" : ", none negative"}`,
    remedy: "Where a theory has no prediction, leave the observable out or say in `applies` why.",
  });
}

/** Number of leading entries that the prediction is meant for: those up to its horizon. */
export function entriesWithinHorizon(observable: Observable, prediction: Prediction): number {
  const length = observableLength(observable);
  if (prediction.horizon === undefined || observable.grid === undefined) return length;
  const beyond = observable.grid.values.findIndex((at) => at > prediction.horizon!);
  return beyond < 0 ? length : beyond;
}
