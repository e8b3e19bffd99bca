import { checkSize, type Applicability, type Axis, type Batch, type Context, type Observable, type Pair, type PairInstance, type Parameters, type ParameterSchema, type ReplicaOutcome, type Replicas, type Theory } from "@mesoscope/contracts";
import type { Backend } from "@mesoscope/kernels";
import { keyFromWords } from "@mesoscope/numerics";
import { circleEnsemble, densityAngles, drawReplicas, stepSize, type CircleDensity } from "@mesoscope/particle-flow";
import { rungeKutta4 } from "@mesoscope/time-integration";
import { type Flow, type LinearModel } from "../../linear/flow.js";
import { selfAttentionMeter } from "../../laws/validity.js";
import { solveCircleMeanField, type CircleMeanFieldSolution } from "../../solver/circle-mean-field.js";
import { kernelField, kernelFieldOn, kernelFieldOrder } from "../../solver/kernel-field.js";
import { equations } from "../equations.js";
import { halvedStepOf } from "../halved-step.js";
import { readParameters } from "../read-parameters.js";
import { betaProperty, flowProperty, tokensAxis } from "../shared-parameters.js";

const axes: readonly Axis[] = [tokensAxis];

const parameters: ParameterSchema = {
  type: "object",
  properties: {
    flow: flowProperty,
    beta: { ...betaProperty, default: 1 },
    amplitude: {
      type: "number",
      symbol: "a",
      description: "The tokens start independent with density (1 + a cos θ)/2π, -1 to 1.",
      unit: "1",
      minimum: -1,
      maximum: 1,
      default: 0.3,
    },
    time: { type: "number", symbol: "t", description: "Depth at which the field is compared, 0 or more.", unit: "depth", minimum: 0, maximum: 1e4, default: 1 },
    points: { type: "integer", symbol: "m", description: "Equally spaced angles at which the field is observed.", unit: "1", minimum: 1, maximum: 1024, default: 16 },
    rateError: {
      type: "number",
      symbol: "ε",
      description: "Relative error of the growth rates that the time step of the tokens may cause.",
      unit: "1",
      minimum: 1e-12,
      maximum: 1e-2,
      default: 1e-7,
    },
  },
  additionalProperties: false,
};

interface FieldSetting {
  readonly model: LinearModel;
  readonly density: CircleDensity;
  readonly time: number;
  readonly grid: readonly number[];
  readonly rateError: number;
}

/** Error asked of the moments of the limit. */
const ACCURACY = 1e-10;
/** Error of the drift of the tokens relative to e^beta from cutting its harmonics off. */
const TRUNCATION = 1e-11;
/** Angles held at once; replicas do not see each other. */
const MOST_ANGLES = 1 << 18;

/**
 * The pair "circle-field": n independent tokens from the density (1 + a cos theta)/2 pi, moved for a fixed time, against
 * the mean-field equation started from that density. Observed: the kernel-smoothed field, [eq:kernel-field], whose
 * deviation has a bias of order 1/n and a spread of order n^{-1/2}.
 *
 * @param options.backend where the tokens are moved; the reference kernels if none is given
 */
export function circleFieldPair(options: { readonly backend?: Backend } = {}): Pair {
  const id = "circle-field";
  return {
    pairVersion: 1,
    id,
    title: "Particles against the mean-field equation on the circle",
    parameters,
    axes,
    equations: equations("mean-field-pde", "lagrangian", "kernel-field"),
    halvedStep: halvedStepOf(parameters.properties),
    at: (given: Parameters): PairInstance => {
      const setting = settingOf(given);
      return {
        observables: [fieldObservable(setting)],
        theories: [meanFieldTheory(setting)],
        sample: async (size, replicas, context) => {
          checkSize(axes, size, id);
          return sampleField(setting, size["n"]!, replicas, context, options.backend);
        },
      };
    },
  };
}

function settingOf(given: Parameters): FieldSetting {
  const read = readParameters(parameters, given);
  const points = read.number("points");
  return {
    model: { flow: read.text("flow") as Flow, beta: read.number("beta"), d: 2 },
    density: { cos: [read.number("amplitude")] },
    time: read.number("time"),
    grid: Array.from({ length: points }, (_, j) => (2 * Math.PI * j) / points),
    rateError: read.number("rateError"),
  };
}

function fieldObservable({ grid }: FieldSetting): Observable {
  return {
    id: "field",
    symbol: "F(θ)",
    meaning: "kernel-smoothed field at the final depth",
    unit: "1",
    kind: "series",
    equation: "kernel-field",
    grid: { symbol: "θ", meaning: "angle", unit: "rad", values: grid },
  };
}

async function sampleField(setting: FieldSetting, n: number, replicas: Replicas, context: Context, backend: Backend | undefined): Promise<Batch> {
  const { model, density, time, grid, rateError } = setting;
  const { dt: longest } = stepSize(model, { tableau: rungeKutta4, tolerance: rateError, regime: "emergence" });
  const steps = Math.ceil(time / longest);
  const { order } = kernelFieldOrder(model.beta);
  const fieldOf = kernelFieldOn(model.beta, grid);
  const draw = densityAngles(density);
  const key = keyFromWords(replicas.key).fold("angles");
  const field = new Float64Array(replicas.count * grid.length);
  const outcomes: ReplicaOutcome[] = [];
  const block = Math.max(1, Math.floor(MOST_ANGLES / n));
  for (let done = 0; done < replicas.count; done += block) {
    if (context.signal?.aborted === true) break;
    const count = Math.min(block, replicas.count - done);
    const angles = drawReplicas({ key, from: replicas.from + done, count }, n, draw);
    const ensemble = circleEnsemble({ flow: model, batch: count, angles, tolerance: TRUNCATION, ...(backend === undefined ? {} : { backend }) });
    if (steps > 0) await ensemble.advance(steps, time / steps);
    const moments = await ensemble.moments(order);
    const size = 2 * (order + 1);
    for (let r = 0; r < count; r++) field.set(fieldOf(moments.subarray(r * size, (r + 1) * size)), (done + r) * grid.length);
    for (const ending of ensemble.outcomes()) outcomes.push(ending.kind === "diverged" ? { kind: "diverged", message: ending.message } : { kind: "completed" });
    ensemble.close();
    context.progress?.(done + count, replicas.count);
  }
  while (outcomes.length < replicas.count) outcomes.push({ kind: "diverged", message: "Not sampled: the run was aborted." });
  return { outcomes, values: { field } };
}

/** The mean-field equation, solved once for all sizes; its certificate is the numerical error of the prediction. */
function meanFieldTheory({ model, density, time, grid }: FieldSetting): Theory {
  const { order, amplification } = kernelFieldOrder(model.beta);
  let solved: CircleMeanFieldSolution | undefined;
  const solution = (): CircleMeanFieldSolution => {
    solved ??= solveCircleMeanField({ flow: model.flow, beta: model.beta, density, times: [time], modes: order, accuracy: ACCURACY });
    return solved;
  };
  const applies = (n: number): Applicability => {
    const meters = [selfAttentionMeter({ ...model, n })];
    const { outcome } = solution();
    if (outcome.kind === "converged") return { applies: true, meters };
    return { applies: false, reason: `the mean-field solution is not certified at t = ${time}: ${outcome.message}`, remedy: "Compare at an earlier time, before clusters form.", meters };
  };
  return {
    id: "limit",
    title: "mean-field equation",
    equations: ["mean-field-pde", "lagrangian", "kernel-field"],
    applies: ({ n = 0 }) => applies(n),
    predict: () => {
      const { moments, errors } = solution();
      const value = Array.from(kernelField(model.beta, moments[0]!, grid));
      const error = amplification * errors[0]! + Number.EPSILON * amplification;
      return Promise.resolve([{ observable: "field", value, numericalError: grid.map(() => error), exponents: { bias: 1, spread: 0.5 } }]);
    },
  };
}
