import { gaussianPopulation, history } from "../../../src/transformer/index.js";
import type { Field, Term, TrainingTask } from "../../../src/transformer/index.js";
import { attentionHeads } from "../../../src/transformer/head-map/attention-heads.js";
import { checkedTask } from "../../../src/transformer/head-map/training-task.js";
import type { Descent, HeadStates } from "../../../src/transformer/index.js";

/** The block once more on populations alone, with what can be done wrong: no responses, or the error on the first index of the kernel. */
export type Variant = "right" | "no-response" | "first-index" | "early-response";

export function blockVariant(task: TrainingTask, { eta0, gamma0, steps }: Descent, states: HeadStates, variant: Variant): Float64Array {
  const checked = checkedTask(task);
  const { P, D, y } = checked;
  const kappa = eta0 * gamma0;
  const attention = attentionHeads(checked, { heads: states.heads, planes: 1, kappa, ratio: states.alphaA === 1 ? 1 : 0 });
  attention.B.set(states.B);
  attention.Q2.set(states.Q2);
  attention.K2.set(states.K2);
  const unit = (n: number): Float64Array => Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0));
  const [site, heads] = [gaussianPopulation([1]), gaussianPopulation(states.weights)];
  const [chi, zeta] = [site.process(P), heads.process(1)];
  let w = site.source(site.process(1), [1]);
  let V = heads.source(heads.process(D), unit(D));
  const [pooled, readOut] = [history(heads, P), history(site, 1)];
  const errors: number[][] = [];
  const f = new Float64Array((steps + 1) * P);
  const row = (kernel: (u: number) => Float64Array, rows: number, t: number): Float64Array => {
    const out = new Float64Array(rows * (t + 1) * rows);
    for (let u = 0; u <= t; u++) for (let r = 0; r < rows; r++) for (let c = 0; c < rows; c++) out[(r * (t + 1) + u) * rows + c] = kernel(u)[r * rows + c]!;
    return out;
  };
  for (let t = 0; t <= steps; t++) {
    for (let h = 0; h < states.heads; h++) attention.attend(h);
    const values = heads.combine(P, [{ matrix: attention.pooled, field: V }]);
    pooled.push(values);
    const responses = heads.responses(values, zeta);
    const arriving: Term[] = [{ matrix: unit(P), field: site.source(chi, row((u) => pooled.kernel(t, u), P, t)) }];
    for (let u = 0; u < t; u++) {
      const kernel = pooled.kernel(t, u);
      const matrix = Array.from({ length: P }, (_, m) => {
        const response = variant === "no-response" ? 0 : variant === "early-response" ? responses[Math.max(0, u - 1) * P + m]! : responses[u * P + m]!;
        // What has not happened yet at time t is taken from the newest error there is.
        const learned = Array.from({ length: P }, (__, k) => kernel[m * P + k]! * (variant === "first-index" ? now(t)[m]! : errors[u]![k]!)).reduce((a, b) => a + b, 0);
        return response + (kappa / P) * learned;
      });
      arriving.push({ matrix, field: readOut.fields[u]! });
    }
    const out = site.combine(P, arriving);
    readOut.push(w);
    f.set(site.inner(out, w).map((value) => value / gamma0), t * P);
    errors.push(Array.from({ length: P }, (_, m) => y[m]! - f[t * P + m]!));
    const back = site.responses(w, chi);
    const returning: Term[] = [{ matrix: [1], field: heads.source(zeta, row((u) => readOut.kernel(t, u), 1, t)) }];
    for (let u = 0; u < t; u++) {
      const matrix = Array.from({ length: P }, (_, m) => (variant === "no-response" ? 0 : back[u * P + m]!) + (kappa / P) * readOut.kernel(t, u)[0]! * (variant === "first-index" ? errors[t]! : errors[u]!)[m]!);
      returning.push({ matrix, field: pooled.fields[u]! });
    }
    const z: Field = heads.combine(1, returning);
    const gate = heads.innerByMember(V, z);
    const xi = new Float64Array(states.heads * D);
    for (let h = 0; h < states.heads; h++) for (let m = 0; m < P; m++) for (let i = 0; i < D; i++) xi[h * D + i]! += (kappa / P) * errors[t]![m]! * attention.pooled[(h * P + m) * D + i]!;
    V = heads.combine(D, [{ matrix: unit(D), field: V }, { matrix: xi, field: z }]);
    for (let h = 0; h < states.heads; h++) attention.learn(h, gate, h * D, Float64Array.from(errors[t]!));
    w = site.combine(1, [{ matrix: [1], field: w }, { matrix: errors[t]!.map((error) => (kappa / P) * error), field: out }]);
  }
  return f;

  function now(t: number): readonly number[] {
    return errors[t - 1]!;
  }
}
