/** @file The pair behind bifurcation diagrams: T tokens of the mean-field map against infinitely many. */
import { checkSize, type Applicability, type Axis, type Context, type Pair, type Parameters, type PairInstance, type Replicas, type Size, type Theory } from "@mesoscope/contracts";
import { isConverged } from "@mesoscope/numerics";
import { meanFieldMap } from "../../map/mean-field-map.js";
import { tokenStart } from "../../map/window-state.js";
import { periodicOrbit, type PeriodicOrbit } from "../../orbits/periodic-orbit.js";
import { findPeriod } from "../../regimes/period.js";
import { equations } from "../equations.js";
import { sampleDiagram } from "./diagram-sample.js";
import { BLOCKS, diagramObservables, diagramParameters, diagramSetting, type DiagramSetting } from "./diagram-setting.js";

/** The size is the number of tokens: averages over a trajectory become those of its attractor. */
export const tokensAxis: Axis = { name: "T", symbol: "T", meaning: "tokens of a trajectory after its burn-in", least: 10 * BLOCKS, divisibleBy: BLOCKS };

/**
 * The pair "one-bit-diagram": trajectories of the mean-field map at one set of parameters. Finite is their length T; in the limit of infinitely many tokens an
 * attracting periodic orbit has the exponent of its multipliers, [eq:one-bit-floquet], which averages over T tokens miss by 1/T.
 * Replica 0 starts from the first output feature, as the published figures do, the others from random windows: where they end apart, attractors coexist.
 *
 * @see Poc-Lopez and Aguilera (2024), arXiv:2406.07247
 */
export function oneBitDiagramPair(): Pair {
  const id = "one-bit-diagram";
  return {
    pairVersion: 1,
    id,
    title: "T tokens of one-bit attention in the limit of infinitely many bits",
    parameters: diagramParameters,
    axes: [tokensAxis],
    equations: equations("one-bit-attention", "one-bit-mean-field", "one-bit-lyapunov", "one-bit-kaplan-yorke", "one-bit-regimes", "one-bit-floquet"),
    at: (given: Parameters): PairInstance => {
      const setting = diagramSetting(given);
      return {
        observables: diagramObservables(setting),
        theories: [orbitTheory(setting)],
        sample: async (size: Size, replicas: Replicas, context: Context) => {
          checkSize([tokensAxis], size, id);
          return Promise.resolve(sampleDiagram(setting, size["T"]!, replicas, () => context.signal?.aborted === true, (done) => context.progress?.(done, replicas.count)));
        },
      };
    },
  };
}

/** Newton ends here; multipliers then have some ten digits. */
const NEWTON = 1e-12;
/** Error of an exponent from its orbit. */
const EXPONENT_ERROR = 1e-9;
/** Tokens in which a trajectory settles to the orbit that is then refined. */
const SETTLING = 20_000;

/** The exponent of the periodic orbit to which the first start settles. */
function orbitTheory(setting: DiagramSetting): Theory {
  let found: PeriodicOrbit | string | undefined;
  const orbit = (): PeriodicOrbit | string => (found ??= settledOrbit(setting));
  return {
    id: "orbit",
    title: "multipliers of the periodic orbit",
    equations: ["one-bit-floquet"],
    applies(): Applicability {
      const one = orbit();
      if (typeof one === "string") return { applies: false, reason: one, remedy: "Ask at parameters with a periodic attractor: elsewhere there is no closed form of the exponents.", meters: [] };
      return { applies: true, meters: [{ symbol: "|μ₁|", meaning: "modulus of the largest multiplier, at which the orbit loses its stability", value: one.multipliers[0]?.modulus ?? 0, threshold: 1 }] };
    },
    predict: async () => {
      const one = orbit();
      if (typeof one === "string" || one.largestExponent.kind !== "finite") return Promise.resolve([]);
      return Promise.resolve([{ observable: "largest", value: [one.largestExponent.value], numericalError: [EXPONENT_ERROR], exponents: { bias: 1 } }]);
    },
  };
}

function settledOrbit({ network, burnIn, period }: DiagramSetting): PeriodicOrbit | string {
  const map = meanFieldMap(network, tokenStart(network));
  map.run(Math.max(burnIn, SETTLING));
  const returns = findPeriod(map, period);
  if (returns === undefined) return `the trajectory does not return within ${period.longest} tokens`;
  const orbit = periodicOrbit(network, map.state(), returns.period, { tolerance: NEWTON });
  if (!isConverged(orbit.outcome)) return `the orbit of period ${returns.period} was not resolved: ${orbit.outcome.message}`;
  if (!orbit.stable) return `the orbit of period ${returns.period} is unstable`;
  return orbit.largestExponent.kind === "finite" ? orbit : "every multiplier of the orbit is zero: its exponents are minus infinity";
}
