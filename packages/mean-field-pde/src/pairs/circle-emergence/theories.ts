import type { Applicability, Prediction, Theory } from "@mesoscope/contracts";
import { departureLaw, type Departure, type DepartureLaw } from "../../laws/departure.js";
import { doubleModeVariance } from "../../laws/double-mode-noise.js";
import { firstDepartureLaw, modeSelection, type FirstDepartureLaw } from "../../laws/first-departure.js";
import { saturationOrZero } from "../../laws/landau.js";
import { raceMeters, singleModeMeters } from "../../laws/validity.js";
import { type EmergenceSetting } from "./setting.js";

/** Probabilities at which a law is given: dense enough that the distance of two laws is not that of two tables. */
const PROBABILITIES: readonly number[] = [0.0005, 0.001, 0.0025, 0.005, ...Array.from({ length: 99 }, (_, i) => (i + 1) / 100), 0.995, 0.9975, 0.999, 0.9995];

/** The dominant mode alone, [eq:departure-law]: it is the first to depart, always. */
export function singleModeTheory(setting: EmergenceSetting): Theory {
  const { model, r, dominant, modes } = setting;
  const law = (n: number): DepartureLaw => departureLaw({ ...model, k: dominant, n, r });
  return {
    id: "limit",
    title: "single-mode law",
    equations: ["growth-rate", "landau", "departure-law"],
    applies: ({ n = 0 }) => thresholdApplies(setting) ?? { applies: true, meters: singleModeMeters({ ...model, n, r }) },
    predict: ({ n = 0 }) => {
      const departure = lawPrediction("departure", law(n));
      return Promise.resolve([
        departure,
        { ...departure, observable: "first-departure" },
        // No spread: a law without chance says nothing of it.
        { observable: "winner", value: [dominant], numericalError: [0] },
        { observable: "wins", value: modes.map((k) => (k === dominant ? 1 : 0)), numericalError: modes.map(() => 0) },
      ]);
    },
  };
}

/**
 * Independent modes race, [eq:mode-competition]: whichever is the first, and when. And the dominant mode alone with the noise that
 * its free double adds to the spread, [eq:double-noise].
 */
export function competingModesTheory(setting: EmergenceSetting): Theory {
  const { model, r, modes, dominant } = setting;
  return {
    id: "corrected",
    title: "competing-modes law",
    equations: ["growth-rate", "mode-competition", "first-departure", "mode-selection", "double-noise"],
    applies: ({ n = 0 }) => thresholdApplies(setting) ?? { applies: true, meters: raceMeters({ ...model, n, r }) },
    predict: ({ n = 0 }) => {
      const race = { ...model, n, r, modes };
      const won = new Map(modeSelection(race).map((selection) => [selection.k, selection]));
      const value = modes.map((k) => won.get(k)?.probability ?? 0);
      const numericalError = modes.map((k) => won.get(k)?.numericalError ?? 0);
      const mean = weighted(modes, value);
      const variance = weighted(modes.map((k) => (k - mean) * (k - mean)), value);
      return Promise.resolve([
        ...noisyDeparture({ ...model, n, r, k: dominant }),
        lawPrediction("first-departure", firstDepartureLaw(race)),
        { observable: "winner", value: [mean], numericalError: [weighted(modes, numericalError)], spread: [Math.sqrt(variance)] },
        // An indicator: its spread says nothing that its mean does not, and is no scale for a share of 0.
        { observable: "wins", value, numericalError },
      ]);
    },
  };
}

/** Mean of the single-mode law, spread with the double mode's noise; nothing where that noise is no small correction. */
function noisyDeparture(departure: Departure): readonly Prediction[] {
  const extra = doubleModeVariance(departure);
  if (extra === undefined) return [];
  const { mean, sd, numericalError } = departureLaw(departure);
  return [{ observable: "departure", value: [mean], numericalError: [numericalError], spread: [Math.sqrt(sd * sd + extra)] }];
}

function weighted(values: readonly number[], weights: readonly number[]): number {
  return values.reduce((sum, value, i) => sum + value * weights[i]!, 0);
}

function lawPrediction(observable: string, law: DepartureLaw | FirstDepartureLaw): Prediction {
  return {
    observable,
    value: [law.mean],
    numericalError: [law.numericalError],
    spread: [law.sd],
    law: { probabilities: PROBABILITIES, quantiles: PROBABILITIES.map((p) => law.quantile(p)) },
  };
}

/** Beyond the amplitude at which the Landau law saturates there is no departure time to speak of. */
function thresholdApplies({ model, r, dominant }: EmergenceSetting): Applicability | undefined {
  const saturation = saturationOrZero(dominant, model);
  if (saturation * r * r < 1) return undefined;
  return {
    applies: false,
    reason: `the Landau law saturates at |Z| = ${1 / Math.sqrt(saturation)}, below r = ${r}`,
    remedy: "Take a smaller threshold r.",
    meters: [],
  };
}
