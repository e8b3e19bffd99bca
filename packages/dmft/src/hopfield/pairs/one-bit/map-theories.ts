/** @file The mean-field map as a theory of N bits, and the map with its first correction. */
import type { Meter, Prediction, Theory } from "@mesoscope/contracts";
import { attentionNetwork } from "@mesoscope/hopfield-transformer";
import { overlapFluctuations } from "../../finite-size/overlap-fluctuations.js";
import type { OverlapFluctuations } from "../../finite-size/overlap-fluctuations.js";
import { once } from "../../../pairs/once.js";
import { overlapId } from "./sample.js";
import { keptWindow, sizedClasses } from "./setting.js";
import type { OneBitSetting } from "./setting.js";

/** Share of the spread by which rounded class sizes may move the mean. */
const ROUNDING_SHARE = 0.1;
/** Share of the spread up to which a shift is a small correction. */
const SHIFT_SHARE = 0.1;

/** The mean-field map, [eq:one-bit-mean-field]. It is meant up to the token at which linear noise has grown to the tolerance, [eq:one-bit-horizon]. */
export function limitTheory(setting: OneBitSetting): Theory {
  const fluctuations = once(() => overlapFluctuations(setting.network, setting.start, setting.times, { quenched: setting.quenched, shift: false }));
  return {
    id: "limit",
    title: "mean-field map",
    equations: ["one-bit-mean-field", "one-bit-horizon"],
    applies: ({ N = 1 }) => ({ applies: true, meters: [roundingMeter(setting, N)] }),
    predict: ({ N = 1 }) => {
      const known = fluctuations();
      return Promise.resolve(
        entries(setting, known, (i) => ({ value: known.overlaps[i]!, error: known.errors.overlaps[i]! })).map(({ observable, value, numericalError }) => ({
          observable,
          value,
          numericalError,
          horizon: horizonOf(setting, known, N),
          exponents: { bias: 1, spread: 0.5 },
        })),
      );
    },
  };
}

/**
 * The map, its 1/N shift and its linear noise, [eq:one-bit-shift], [eq:one-bit-linear-noise]; with drawn class sizes their part, too, [eq:one-bit-quenched].
 * Where class sizes were rounded it is the map of the rounded weights.
 */
export function correctedTheory(setting: OneBitSetting): Theory {
  const nominal = once(() => overlapFluctuations(setting.network, setting.start, setting.times, { quenched: setting.quenched }));
  const at = (N: number): OverlapFluctuations => (setting.quenched || sizedClasses(setting, N).weightShift === 0 ? nominal() : ofRoundedClasses(setting, N));
  return {
    id: "corrected",
    title: "mean-field map with its 1/N shift and linear noise",
    equations: ["one-bit-mean-field", "one-bit-linear-noise", "one-bit-shift", ...(setting.quenched ? ["one-bit-quenched"] : []), "one-bit-horizon"],
    applies: ({ N = 1 }) => ({ applies: true, meters: [shiftMeter(setting, at(N), N)] }),
    predict: ({ N = 1 }) => {
      const known = at(N);
      const m = setting.network.features.features;
      return Promise.resolve(
        entries(setting, known, (i) => ({ value: known.overlaps[i]! + known.shift[i]! / N, error: known.errors.overlaps[i]! + known.errors.shift[i]! / N })).map((entry, a) => ({
          ...entry,
          spread: setting.times.map((_, i) => Math.min(1, Math.sqrt(Math.max(0, known.covariance[(i * m + a) * m + a]!) / N))),
          horizon: horizonOf(setting, known, N),
          exponents: { bias: 2, spread: 0.5 },
        })),
      );
    },
  };
}

function ofRoundedClasses(setting: OneBitSetting, N: number): OverlapFluctuations {
  const { features, kept } = sizedClasses(setting, N);
  const { network, start, times } = setting;
  return overlapFluctuations(attentionNetwork({ ...network, features }), keptWindow(start, network.features.classes, kept), times);
}

/** Predictions by overlap; an overlap lies within [-1, 1], and so does what is said of it where the expansion has ended. */
function entries({ network, times }: OneBitSetting, { overlaps }: OverlapFluctuations, at: (i: number) => { value: number; error: number }): Pick<Prediction, "observable" | "value" | "numericalError">[] {
  const m = network.features.features;
  return Array.from({ length: m }, (_, a) => {
    const all = times.map((__, i) => at(i * m + a));
    return {
      observable: overlapId(a),
      value: all.map(({ value }, i) => (Number.isFinite(value) ? Math.min(1, Math.max(-1, value)) : overlaps[i * m + a]!)),
      numericalError: all.map(({ error }) => Math.min(2, error)),
    };
  });
}

/** The last token of the grid before which no magnetisation has a linear-noise deviation above the tolerance; 0 if there is none. */
function horizonOf({ times, horizonTolerance }: OneBitSetting, { largestVariance }: OverlapFluctuations, N: number): number {
  const beyond = largestVariance.findIndex((variance) => variance > N * horizonTolerance * horizonTolerance);
  return beyond < 0 ? times.at(-1)! : (times[beyond - 1] ?? 0);
}

function roundingMeter(setting: OneBitSetting, N: number): Meter {
  const value = setting.quenched ? 0 : sizedClasses(setting, N).weightShift * Math.sqrt(N);
  return { symbol: "√N δw", meaning: "shift of class weights by rounding, in units of the fluctuations", value, threshold: ROUNDING_SHARE };
}

/** The largest 1/N shift up to the horizon against the spread of the same overlap. */
function shiftMeter(setting: OneBitSetting, known: OverlapFluctuations, N: number): Meter {
  const m = setting.network.features.features;
  const horizon = horizonOf(setting, known, N);
  let value = 0;
  setting.times.forEach((time, i) => {
    if (time > horizon) return;
    for (let a = 0; a < m; a++) {
      const variance = known.covariance[(i * m + a) * m + a]!;
      if (variance > 0) value = Math.max(value, Math.abs(known.shift[i * m + a]!) / Math.sqrt(N * variance));
    }
  });
  return { symbol: "|μ|/√(N S)", meaning: "1/N shift of an overlap against its spread, at worst", value, threshold: SHIFT_SHARE };
}
