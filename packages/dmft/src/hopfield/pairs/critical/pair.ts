import { checkSize, type Axis, type Observable, type Pair, type PairInstance, type Parameters, type Transition } from "@mesoscope/contracts";
import { DomainError } from "@mesoscope/numerics";
import { criticalExponents } from "../../finite-size/critical-scaling.js";
import { oneBitSystems } from "../one-bit-systems.js";
import { equations } from "../equations.js";
import { bitsAxis } from "../system-parameters.js";
import { oneBitPoints } from "./critical-points.js";
import type { OneBitPointName } from "./critical-points.js";
import { sampleAmplitudes } from "./sample.js";
import { criticalParameters, criticalSetting } from "./setting.js";
import { drivenTheory, noiselessTheory, stationaryTheory } from "./theories.js";

const axes: readonly Axis[] = [bitsAxis];

const observables: readonly Observable[] = [
  { id: "amplitude-2", symbol: "⟨|z|²⟩", meaning: "mean square of the critical amplitude, over a long run", unit: "1", kind: "scalar", equation: "one-bit-critical-law" },
  { id: "amplitude-4", symbol: "⟨|z|⁴⟩", meaning: "mean fourth power of the critical amplitude, over a long run", unit: "1", kind: "scalar", equation: "one-bit-critical-law" },
];

/** Mean squares are ~ N^(-2 amplitude). */
const transitions: readonly Transition[] = (Object.keys(oneBitPoints) as OneBitPointName[]).map((point) => {
  const { kind, beta } = oneBitPoints[point];
  const { amplitude, width } = criticalExponents[kind];
  return { parameter: "beta", at: beta, where: { point }, observable: "amplitude-2", exponents: { value: 2 * amplitude, width } };
});

/**
 * The pair "one-bit-critical": the amplitude of the direction that an orbit is about to lose its stability in, long after the start, at or near a pitchfork, a flip or
 * a Neimark-Sacker point. Against the map ("limit"), its normal form driven by the noise of N bits ("corrected"), and the closed stationary law where there is one
 * ("exact"). <|z|^4>/<|z|^2>^2 of the means tends to 2.1884 (scalar) and pi/2 (complex).
 */
export function oneBitCriticalPair(): Pair {
  const id = "one-bit-critical";
  return {
    pairVersion: 1,
    id,
    title: "1-bit self-attention at a critical point",
    parameters: criticalParameters,
    axes,
    equations: equations("class-binomial", "peretto", "one-bit-linear-noise", "one-bit-normal-form", "one-bit-critical-law", "one-bit-critical-scaling"),
    transitions,
    at: (parameters: Parameters): PairInstance => {
      const setting = criticalSetting(parameters);
      return {
        observables,
        theories: [noiselessTheory(setting), drivenTheory(setting), stationaryTheory(setting)],
        sample: async (size, replicas, context) => {
          checkSize(axes, size, id);
          requireWholeClasses(setting.point, size["N"]!);
          return Promise.resolve(sampleAmplitudes(setting, size["N"]!, replicas, context));
        },
      };
    },
  };
}

/** Rounded classes would move the point itself by 1/N. */
function requireWholeClasses(point: OneBitPointName, bits: number): void {
  const unit = oneBitSystems[oneBitPoints[point].system].weights.reduce((sum, weight) => sum + weight, 0);
  if (bits % unit === 0) return;
  throw new DomainError({ name: "N", value: bits, rule: `must be a multiple of ${unit} at this point`, remedy: "Give every class the same number of bits: rounding would move the critical point." });
}
