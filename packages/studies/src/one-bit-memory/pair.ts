/** @file The pair of the study: memory of a long run of N bits beside that of the mean-field map. */
import { checkSize, type Axis, type Batch, type Context, type Observable, type Pair, type PairInstance, type Parameters, type ParameterSchema, type Prediction, type Replicas, type Theory } from "@mesoscope/contracts";
import { forcingPeriod, meanFieldMap, tokenStart, type WindowState } from "@mesoscope/dmft/hopfield";
import { binomialChain, finiteHead, overlapRows, stratifiedSizes, type AttentionNetwork } from "@mesoscope/hopfield-transformer";
import { DomainError, keyFromWords } from "@mesoscope/numerics";
import { equations } from "../equations.js";
import { publishedNetwork } from "../one-bit/regimes.js";
import { linearMemory } from "./linear-memory.js";
import { memoryOfRun, type RunMemory } from "./memory-of-run.js";

const axes: readonly Axis[] = [{ name: "N", symbol: "N", meaning: "bits of a token", least: 3, divisibleBy: 3 }];

const parameters: ParameterSchema = {
  type: "object",
  properties: {
    beta: { type: "number", symbol: "β", description: "inverse temperature of the published network", unit: "1", default: 1.28, minimum: 0, maximum: 100 },
    tokens: { type: "integer", symbol: "T", description: "length of a run", unit: "token", default: 20_000, minimum: 64, maximum: 100_000_000 },
    lags: { type: "array", symbol: "ℓ", description: "lags, ascending multiples of 4 below T", unit: "token", default: [4, 8, 16, 32, 64], items: { type: "integer", minimum: 4, maximum: 50_000_000 }, minItems: 1 },
  },
  additionalProperties: false,
};

/** Tokens of the map before anything starts, and of the chain before it is listened to. */
const SETTLE = 20_000;
const FORGET = 1000;
/** Runs of the map that its prediction is the mean of. */
const LIMIT_RUNS = 12;

/**
 * The pair "one-bit-memory": what an overlap of the published network still says of itself some lag later, over and above the clock of the positions.
 * Theories: the same estimate on runs of the mean-field map ("limit"), and, about its period of 4, linear noise ("linear-noise").
 */
export function oneBitMemoryPair(): Pair {
  const id = "one-bit-memory";
  return {
    pairVersion: 1,
    id,
    title: "Memory of 1-bit self-attention beyond its context window",
    parameters,
    axes,
    equations: equations("one-bit-mean-field", "class-binomial", "one-bit-linear-noise", "one-bit-tangent", "overlap-memory"),
    at: (given: Parameters): PairInstance => {
      const setting = settingOf(given);
      return {
        observables: observablesOf(setting.lags),
        theories: [limitTheory(setting), linearTheory(setting)],
        sample: async (size, replicas, context) => {
          checkSize(axes, size, id);
          return Promise.resolve(sampleMemory(setting, size["N"]!, replicas, context));
        },
      };
    },
  };
}

interface MemorySetting {
  readonly network: AttentionNetwork;
  /** A window on the attractor. */
  readonly start: WindowState;
  readonly period: number;
  readonly tokens: number;
  readonly lags: readonly number[];
}

function settingOf(given: Parameters): MemorySetting {
  const read = (name: string): unknown => given[name] ?? parameters.properties[name]!.default;
  const network = publishedNetwork(read("beta") as number);
  const [tokens, lags] = [read("tokens") as number, read("lags") as readonly number[]];
  const period = forcingPeriod(network);
  lags.forEach((lag, i) => {
    const sound = lag % period === 0 && lag > (lags[i - 1] ?? 0) && lag < tokens;
    if (!sound) throw new DomainError({ name: `lags[${i}]`, value: lag, rule: `must be a multiple of ${period}, greater than the one before, and less than tokens = ${tokens}`, remedy: "Sort the lags, and compare tokens of the same phase." });
  });
  const map = meanFieldMap(network, tokenStart(network));
  map.run(SETTLE);
  return { network, start: map.state(), period, tokens, lags };
}

function observablesOf(lags: readonly number[]): readonly Observable[] {
  const grid = { symbol: "ℓ", meaning: "lag", unit: "token", values: lags };
  return [
    { id: "autocorrelation", symbol: "C", meaning: "autocorrelation of the first overlap beyond the clock", unit: "1", kind: "series", grid, equation: "overlap-memory" },
    { id: "information", symbol: "I", meaning: "information of the first overlap about itself beyond the clock", unit: "nat", kind: "series", grid, equation: "overlap-memory" },
  ];
}

function sampleMemory({ network, start, period, tokens, lags }: MemorySetting, bits: number, { key, from, count }: Replicas, context: Context): Batch {
  const { features, contextLength, beta, gamma, positionalWeight, logitScale } = network;
  const chain = binomialChain(finiteHead(stratifiedSizes(features, bits), { contextLength, beta, gamma, positionalWeight, logitScale }));
  const row = overlapRows(features).subarray(0, features.classes);
  const autocorrelation = new Float64Array(count * lags.length);
  const information = new Float64Array(count * lags.length);
  const outcomes: Batch["outcomes"][number][] = [];
  const x = new Float64Array(tokens);
  for (let r = 0; r < count; r++) {
    if (context.signal?.aborted === true) {
      outcomes.push({ kind: "diverged", message: "not sampled: the run was aborted" });
      continue;
    }
    const stream = keyFromWords(key).fold("memory", from + r).stream();
    chain.window.startFromWindow(start.u, start.t);
    for (let t = 0; t < FORGET; t++) chain.step(stream);
    for (let t = 0; t < tokens; t++) {
      chain.step(stream);
      let overlap = 0;
      for (let c = 0; c < row.length; c++) overlap += row[c]! * chain.u[c]!;
      x[t] = overlap;
    }
    const memory = memoryOfRun(x, period, lags);
    information.set(memory.information, r * lags.length);
    if (memory.autocorrelation !== undefined) autocorrelation.set(memory.autocorrelation, r * lags.length);
    outcomes.push(memory.autocorrelation === undefined ? { kind: "diverged", message: "all deviations from the clock are zero: there is no autocorrelation" } : { kind: "completed" });
    context.progress?.(r + 1, count);
  }
  return { outcomes, values: { autocorrelation, information } };
}

/** The mean-field map itself, over runs as long as those of the finite system. */
function limitTheory(setting: MemorySetting): Theory {
  let kept: readonly RunMemory[] | undefined;
  const runs = (): readonly RunMemory[] => (kept ??= runsOfMap(setting));
  return {
    id: "limit",
    title: "mean-field map",
    equations: ["one-bit-mean-field"],
    applies: () => {
      if (runs().every(({ autocorrelation }) => autocorrelation !== undefined)) return { applies: true, meters: [] };
      return { applies: false, reason: "the map only repeats the clock of its positions: nothing deviates that could be remembered", remedy: "Ask linear noise about its orbit.", meters: [] };
    },
    predict: () => Promise.resolve([meanOf("autocorrelation", runs().map((run) => run.autocorrelation!)), meanOf("information", runs().map((run) => run.information))]),
  };
}

function runsOfMap({ network, start, period, tokens, lags }: MemorySetting): readonly RunMemory[] {
  const map = meanFieldMap(network, start);
  const x = new Float64Array(tokens);
  const overlaps = new Float64Array(network.features.features);
  return Array.from({ length: LIMIT_RUNS }, () => {
    for (let t = 0; t < tokens; t++) {
      map.step();
      x[t] = map.overlaps(overlaps)[0]!;
    }
    map.run((period - (tokens % period)) % period);
    return memoryOfRun(x, period, lags);
  });
}

/** Mean over runs; two standard errors as the error of the prediction. */
function meanOf(observable: string, runs: readonly Float64Array[]): Prediction {
  const mean = Array.from(runs[0]!, (_, i) => runs.reduce((sum, run) => sum + run[i]!, 0) / runs.length);
  const error = mean.map((value, i) => 2 * Math.sqrt(runs.reduce((sum, run) => sum + (run[i]! - value) * (run[i]! - value), 0) / ((runs.length - 1) * runs.length)));
  return { observable, value: mean, numericalError: error };
}

/** Small fluctuations about the orbit of the clock's own period. */
function linearTheory({ network, start, period, lags }: MemorySetting): Theory {
  let kept: { readonly predicted: Float64Array | undefined } | undefined;
  const predicted = (): Float64Array | undefined => (kept ??= { predicted: linearMemory(network, start, period, lags) }).predicted;
  return {
    id: "linear-noise",
    title: "linear noise",
    equations: ["one-bit-linear-noise", "one-bit-tangent"],
    applies: () => {
      if (predicted() !== undefined) return { applies: true, meters: [] };
      return { applies: false, reason: `the map has no stable orbit of ${period} tokens here`, remedy: "Compare with the map itself.", meters: [] };
    },
    predict: () => Promise.resolve([{ observable: "autocorrelation", value: Array.from(predicted()!), numericalError: lags.map(() => 1e-9) }]),
  };
}
