/** @file The pair behind continuation diagrams: one trajectory that is carried along while beta moves. */
import { checkSize, type Batch, type Context, type Observable, type Pair, type Parameters, type PairInstance, type ParameterSchema, type Replicas, type Size, type Theory } from "@mesoscope/contracts";
import type { AttentionNetwork } from "@mesoscope/hopfield-transformer";
import { DomainError, isConverged, keyFromWords } from "@mesoscope/numerics";
import { blockMean } from "../../lyapunov/block-statistics.js";
import { atParameters } from "../../map/at-parameters.js";
import { meanFieldMap } from "../../map/mean-field-map.js";
import { forcingPeriod, tokenStart } from "../../map/window-state.js";
import type { WindowState } from "../../map/window-state.js";
import { periodicOrbit } from "../../orbits/periodic-orbit.js";
import type { PeriodicOrbit } from "../../orbits/periodic-orbit.js";
import { findPeriod } from "../../regimes/period.js";
import { equations } from "../equations.js";
import { readParameters } from "../../../pairs/read-parameters.js";
import { networkOf, networkProperties, systemProperty } from "../system-parameters.js";
import { subscript } from "../../../pairs/subscript.js";
import { tokensAxis } from "./diagram-pair.js";
import { startOf } from "./diagram-sample.js";
import { BLOCKS, binCentres } from "./diagram-setting.js";

/** Of the network all but beta, which moves. */
const fixedProperties = Object.fromEntries(Object.entries(networkProperties).filter(([name]) => name !== "beta"));

const parameters: ParameterSchema = {
  type: "object",
  properties: {
    system: systemProperty,
    ...fixedProperties,
    from: { type: "number", symbol: "β₀", description: "Inverse temperature at which the journey begins.", unit: "1", default: 1.24, minimum: 0, maximum: 1e6 },
    to: { type: "number", symbol: "β₁", description: "Inverse temperature at which it ends; below the first to go down.", unit: "1", default: 1.28, minimum: 0, maximum: 1e6 },
    betas: { type: "integer", symbol: "n_β", description: "Inverse temperatures on the way, evenly spaced, both ends included.", unit: "1", default: 41, minimum: 2, maximum: 100_001 },
    burnIn: { type: "integer", symbol: "B", description: "Tokens at each inverse temperature before anything is measured.", unit: "token", default: 500, minimum: 0, maximum: 100_000_000 },
    longest: { type: "integer", symbol: "q", description: "The longest period that is looked for.", unit: "token", default: 400, minimum: 1, maximum: 1_000_000 },
    bins: { type: "integer", symbol: "b", description: "Bins of the first output overlap between low and high.", unit: "1", default: 100, minimum: 1, maximum: 4096 },
    low: { type: "number", symbol: "m₋", description: "Lower end of the bins, below high.", unit: "1", default: -1, minimum: -1, maximum: 1 },
    high: { type: "number", symbol: "m₊", description: "Upper end of the bins.", unit: "1", default: 1, minimum: -1, maximum: 1 },
  },
  additionalProperties: false,
};

interface Journey {
  readonly network: AttentionNetwork;
  readonly betas: readonly number[];
  readonly burnIn: number;
  readonly longest: number;
  readonly bins: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The pair "one-bit-continuation": trajectories that go on from where they are while beta moves in steps from one end to the other. They stay with an attractor as long as it
 * attracts, so that a journey up and a journey down differ where several attract. One cell is one whole journey, since each step begins where the one before ended.
 * The theory is the orbit that the positions force, of period 2^P, as long as it attracts.
 * Replica 0 starts from the first output feature, the others from random windows.
 */
export function oneBitContinuationPair(): Pair {
  const id = "one-bit-continuation";
  return {
    pairVersion: 1,
    id,
    title: "One-bit attention in the limit of infinitely many bits, carried along in β",
    parameters,
    axes: [{ ...tokensAxis, meaning: "tokens at each inverse temperature" }],
    equations: equations("one-bit-attention", "one-bit-mean-field", "one-bit-floquet"),
    at: (given: Parameters): PairInstance => {
      const journey = journeyOf(given);
      return {
        observables: observablesOf(journey),
        theories: [forcedOrbitTheory(journey)],
        sample: async (size: Size, replicas: Replicas, context: Context) => {
          checkSize([tokensAxis], size, id);
          return Promise.resolve(travel(journey, size["T"]!, replicas, context));
        },
      };
    },
  };
}

function journeyOf(given: Parameters): Journey {
  const read = readParameters(parameters, given);
  const number = (name: string): number => read.number(name)!;
  const [from, to, count, low, high] = [number("from"), number("to"), number("betas"), number("low"), number("high")];
  if (from === to) throw new DomainError({ name: "to", value: to, rule: "must differ from the first inverse temperature", remedy: "Give the other end of the way." });
  if (!(low < high)) throw new DomainError({ name: "low", value: low, rule: `must be below high = ${high}`, remedy: "Exchange the two." });
  return {
    // Beta is where the journey is, no parameter of its own.
    network: networkOf({ ...read, number: (name) => (name === "beta" ? undefined : read.number(name)) }),
    betas: Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1)),
    burnIn: number("burnIn"),
    longest: number("longest"),
    bins: number("bins"),
    low,
    high,
  };
}

function observablesOf({ betas, bins, low, high }: Journey): readonly Observable[] {
  const along = { symbol: "β", meaning: "inverse temperature", unit: "1", values: betas };
  const centres = binCentres(low, high, bins);
  return [
    { id: "mean-square", symbol: `⟨(m°${subscript(1)})²⟩`, meaning: "mean square of the first output overlap", unit: "1", kind: "series", grid: along },
    { id: "mean-square-error", symbol: "SE", meaning: `its standard error from ${BLOCKS} blocks`, unit: "1", kind: "series", grid: along },
    { id: "period", symbol: "q", meaning: "least period in which the trajectory returns, 0 where it does not", unit: "token", kind: "series", grid: along },
    {
      id: "occupation",
      symbol: "p",
      meaning: "share of the tokens with their first output overlap in a bin, inverse temperature by rows",
      unit: "1",
      kind: "series",
      grid: { symbol: "i", meaning: "inverse temperature times bins plus bin", unit: "1", values: betas.flatMap((_, i) => centres.map((__, j) => i * bins + j)) },
    },
  ];
}

/** Newton ends here; the mean square of an orbit is known to this. */
const NEWTON = 1e-12;
const MEAN_SQUARE_ERROR = 1e-12;
const SETTLING = 20_000;

/** Mean squares along the forced orbit, where it attracts all the way. */
function forcedOrbitTheory(journey: Journey): Theory {
  let found: readonly PeriodicOrbit[] | string | undefined;
  const orbits = (): readonly PeriodicOrbit[] | string => (found ??= forcedOrbits(journey));
  return {
    id: "forced-orbit",
    title: "the orbit that the positions force",
    equations: ["one-bit-floquet"],
    applies: () => {
      const all = orbits();
      return typeof all === "string" ? { applies: false, reason: all, remedy: "End the way before.", meters: [] } : { applies: true, meters: [] };
    },
    predict: async () => {
      const all = orbits();
      if (typeof all === "string") return Promise.resolve([]);
      return Promise.resolve([{ observable: "mean-square", value: all.map(meanSquareOf), numericalError: all.map(() => MEAN_SQUARE_ERROR), exponents: { bias: 1 } }]);
    },
  };
}

function forcedOrbits({ network, betas }: Journey): readonly PeriodicOrbit[] | string {
  const first = meanFieldMap(atParameters(network, betas[0]!), tokenStart(network));
  first.run(SETTLING);
  let window = first.state();
  const orbits: PeriodicOrbit[] = [];
  for (const beta of betas) {
    const orbit = periodicOrbit(atParameters(network, beta), window, forcingPeriod(network), { tolerance: NEWTON });
    if (!isConverged(orbit.outcome) || !orbit.stable) return `at β = ${beta} the orbit that the positions force does not attract`;
    orbits.push(orbit);
    window = orbit.window;
  }
  return orbits;
}

function meanSquareOf({ overlaps, period }: PeriodicOrbit): number {
  const m = overlaps.length / period;
  let sum = 0;
  for (let i = 0; i < period; i++) sum += (overlaps[i * m]! * overlaps[i * m]!) / period;
  return sum;
}

function travel(journey: Journey, tokens: number, { key, from, count }: Replicas, context: Context): Batch {
  const { network, betas, bins } = journey;
  const n = betas.length;
  const values = { "mean-square": new Float64Array(count * n), "mean-square-error": new Float64Array(count * n), period: new Float64Array(count * n), occupation: new Float64Array(count * n * bins) };
  const starts = keyFromWords(key).fold("starts");
  const outcomes: Batch["outcomes"][number][] = [];
  for (let r = 0; r < count; r++) {
    if (context.signal?.aborted === true) {
      outcomes.push({ kind: "diverged", message: "Not sampled: the run was aborted." });
      continue;
    }
    let state = startOf(network, starts, from + r);
    for (const [i, beta] of betas.entries()) {
      const at = r * n + i;
      const stay = stayAt(journey, beta, tokens, state, values.occupation.subarray(at * bins, (at + 1) * bins));
      values["mean-square"][at] = stay.meanSquare.value;
      values["mean-square-error"][at] = stay.meanSquare.standardError;
      values.period[at] = stay.period;
      state = stay.end;
    }
    outcomes.push({ kind: "completed" });
    context.progress?.(r + 1, count);
  }
  return { outcomes, values };
}

/** One inverse temperature: settle, look, and hand on the state. */
function stayAt({ network, burnIn, longest, bins, low, high }: Journey, beta: number, tokens: number, start: WindowState, occupation: Float64Array): { meanSquare: ReturnType<typeof blockMean>; period: number; end: WindowState } {
  const map = meanFieldMap(atParameters(network, beta), start);
  map.run(burnIn);
  const overlaps = new Float64Array(network.features.features);
  const sums = new Float64Array(BLOCKS);
  const length = tokens / BLOCKS;
  for (let b = 0; b < BLOCKS; b++) {
    for (let i = 0; i < length; i++) {
      map.step();
      map.overlaps(overlaps);
      const m = overlaps[0]!;
      sums[b]! += (m * m) / length;
      const bin = Math.floor(((m - low) / (high - low)) * bins);
      if (bin >= 0 && bin < bins) occupation[bin]! += 1 / tokens;
    }
  }
  const period = findPeriod(map, { longest, closeness: 1e-8, over: 60 })?.period ?? 0;
  return { meanSquare: blockMean(BLOCKS, (b) => sums[b]!), period, end: map.state() };
}
