import { gaussianPopulation, history, trainedMatrix } from "../../../src/transformer/index.js";
import type { Descent, Field, History, Population, TrainedMatrix, TrainingTask } from "../../../src/transformer/index.js";

export interface ResidualModel {
  readonly L: number;
  readonly beta0: number;
  readonly alphaL: number;
}

/**
 * A residual attention network of L blocks with everything trained, alphaA = 1, N -> inf, on the rule alone: the architecture for which the rule was made. Not part of the package yet; here it
 * shows that many layers, token indices and several populations need nothing more. `responses: false` leaves the responses out, which is wrong.
 */
export function residual(task: TrainingTask, { eta0, gamma0, steps }: Descent, { L, beta0, alphaL }: ResidualModel, { responses = true } = {}): { readonly f: number[][]; readonly logits: Float64Array[]; readonly stream: Float64Array } {
  const { inputs: P, tokens: S, features: D, x } = task.tokens;
  const n = P * S;
  const kappa = eta0 * gamma0;
  const b = beta0 * L ** -alphaL;
  const rate = (kappa * L ** (2 * alphaL - 1) * b) / P;
  const unit = scaled(1);
  const phi = Float64Array.from({ length: n * n }, (_, i) => Array.from({ length: D }, (__, d) => x[Math.floor(i / n) * D + d]! * x[(i % n) * D + d]!).reduce((p, q) => p + q, 0) / D);
  const mute = (population: Population): Population => (responses ? population : { ...population, responses: (a, process) => new Float64Array(population.responses(a, process).length) });
  const site = mute(gaussianPopulation([1]));
  const chi = site.source(site.process(n), phi);
  let w = site.source(site.process(1), [1]);
  const stream: History[] = Array.from({ length: L }, () => history(site, n));
  const layers = stream.map((input) => layer(input));
  const embedding: { readonly matrix: Float64Array; readonly field: Field }[] = [];
  const f: number[][] = [];
  let last: Field = chi;
  for (let t = 0; t <= steps; t++) {
    let h = site.combine(n, [{ matrix: unit, field: chi }, ...embedding]);
    layers.forEach((each, l) => {
      stream[l]!.push(h);
      h = site.combine(n, [{ matrix: unit, field: h }, { matrix: scaled(b), field: each.forward() }]);
    });
    last = h;
    const read = site.inner(w, h);
    f.push(Array.from({ length: P }, (_, mu) => mean(read.subarray(mu * S, (mu + 1) * S)) / gamma0));
    const errors = f[t]!.map((value, mu) => task.targets[mu]! - value);
    let g = site.combine(n, [{ matrix: new Float64Array(n).fill(1 / S), field: w }]);
    for (const each of [...layers].reverse()) g = site.combine(n, [{ matrix: unit, field: g }, ...each.backward(g).map((field) => ({ matrix: scaled(b), field }))]);
    const coupling = Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? errors[Math.floor(i / n / S)]! : 0));
    for (const { matrices } of layers) for (const matrix of matrices) matrix.learn(coupling);
    embedding.push({ matrix: phi.map((value, i) => (kappa / P) * value * errors[Math.floor((i % n) / S)]!), field: g });
    w = site.combine(1, [{ matrix: [1], field: w }, { matrix: Float64Array.from({ length: n }, (_, i) => (kappa / P / S) * errors[Math.floor(i / S)]!), field: h }]);
  }
  return { f, logits: layers.map(({ logits }) => logits()), stream: site.inner(last, last) };

  function scaled(s: number): Float64Array {
    return Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? s : 0));
  }

  /** Heads of one block: one population, four matrices. */
  function layer(input: History): { readonly matrices: readonly TrainedMatrix[]; readonly forward: () => Field; readonly backward: (g: Field) => Field[]; readonly logits: () => Float64Array } {
    const heads = mute(gaussianPopulation([1]));
    const [yV, yK, yQ, values] = [history(heads, n), history(heads, n), history(heads, n), history(heads, n)];
    const gradient = history(site, n);
    const inward = [yV, yK, yQ].map((output) => trainedMatrix({ input, output, rate })) as [TrainedMatrix, TrainedMatrix, TrainedMatrix];
    const outward = trainedMatrix({ input: values, output: gradient, rate });
    let [v, k, q]: [Field | undefined, Field | undefined, Field | undefined] = [undefined, undefined, undefined];
    let A: Float64Array = new Float64Array(n * n);
    let sigma: Float64Array = A;
    return {
      matrices: [...inward, outward],
      logits: () => A,
      forward: () => {
        [v, k, q] = inward.map((matrix) => matrix.forward()) as [Field, Field, Field];
        A = heads.inner(q, k);
        sigma = softmaxRows(A, P, S);
        values.push(heads.combine(n, [{ matrix: sigma, field: v }]));
        return outward.forward();
      },
      backward: (g) => {
        gradient.push(g);
        const z = outward.backward();
        const gate = gates(sigma, heads.inner(z, v!), P, S);
        yV.push(heads.combine(n, [{ matrix: turned(sigma, n), field: z }]));
        yK.push(heads.combine(n, [{ matrix: turned(gate, n), field: q! }]));
        yQ.push(heads.combine(n, [{ matrix: gate, field: k! }]));
        return inward.map((matrix) => matrix.backward());
      },
    };
  }
}

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const turned = (a: Float64Array, n: number): Float64Array => a.map((_, i) => a[(i % n) * n + Math.floor(i / n)]!);

/** Softmax within each input; 0 between inputs. */
function softmaxRows(A: Float64Array, P: number, S: number): Float64Array {
  const n = P * S;
  const out = new Float64Array(n * n);
  for (let r = 0; r < n; r++) {
    const from = r * n + Math.floor(r / S) * S;
    const e = Array.from({ length: S }, (_, a) => Math.exp(A[from + a]!));
    const total = e.reduce((p, q) => p + q, 0);
    e.forEach((value, a) => (out[from + a] = value / total));
  }
  return out;
}

/** sigma (<z_s v_a> - its mean under sigma). */
function gates(sigma: Float64Array, zv: Float64Array, P: number, S: number): Float64Array {
  const n = P * S;
  const out = new Float64Array(n * n);
  for (let r = 0; r < n; r++) {
    let under = 0;
    for (let a = 0; a < n; a++) under += sigma[r * n + a]! * zv[r * n + a]!;
    for (let a = 0; a < n; a++) out[r * n + a] = sigma[r * n + a]! * (zv[r * n + a]! - under);
  }
  return out;
}
