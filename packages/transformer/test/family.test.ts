/**
 * @file Ensembles against ensembles of an independent implementation, as one family: with m comparisons in all, none may have a two-sided p below
 * 1 - 0.99^(1/m) (Sidak, 1 % for the family). Seeds are fixed; a mean that is off by 3.9 standard
 * errors of the difference is seen.
 */
import { key } from "@mesoscope/numerics";
import { erfc } from "@mesoscope/special-functions";
import { describe, expect, test } from "vitest";
import type { EnsembleInput, Training, WeightGroup } from "../src/index.js";
import { C2, C3, C4, ensemble, trainedGroups } from "../src/index.js";
import { data, meanField, reference } from "./reference.js";

interface Comparison {
  readonly name: string;
  /** (ours - theirs) / standard error of the difference. */
  readonly z: number;
}

interface TrainedRow {
  readonly N: number;
  readonly H: number;
  readonly networks: number;
  readonly t: number[];
  readonly mean: number[][];
  readonly se: number[][];
}

/** Against a mean over `networks` with its standard error, which also says how ours spreads: theirs is the larger sample. */
function compare(name: string, sample: readonly number[], theirs: { mean: number; error: number; networks: number }): Comparison {
  const mean = sample.reduce((a, b) => a + b) / sample.length;
  return { name, z: (mean - theirs.mean) / (theirs.error * Math.sqrt(1 + theirs.networks / sample.length)) };
}

/** The smallest p beside the level of one comparison. */
function judged(family: readonly Comparison[]): { least: number; level: number } {
  return { least: Math.min(...family.map(({ z }) => erfc(Math.abs(z) / Math.SQRT2))), level: 1 - 0.99 ** (1 / family.length) };
}

function outputsOf({ outputs, steps }: Training, count: number, t: number, mu: number): number[] {
  return Array.from({ length: count }, (_, r) => outputs[(r * (steps + 1) + t) * 2 + mu]!);
}

async function trainedFamily(id: string, size: number, count: number, input: Omit<EnsembleInput, "replicas" | "sizes">, L: number): Promise<Comparison[]> {
  const { ensemble: found } = reference.tests[id]!.expected as { ensemble: TrainedRow[] | { networks: TrainedRow[] } };
  const row = (Array.isArray(found) ? found : found.networks)[size]!;
  const run = await ensemble({ ...input, sizes: { N: row.N, H: row.H, L }, replicas: { key: key("family").fold(id), from: 0, count } });
  const training = await run.train({ steps: Math.max(...row.t) });
  expect(training.outcomes.every(({ kind }) => kind === "converged")).toBe(true);
  return row.t.flatMap((t, i) => [0, 1].map((mu) => compare(`${id} N=${row.N} f_${mu}(${t})`, outputsOf(training, count, t, mu), { mean: row.mean[i]![mu]!, error: row.se[i]![mu]!, networks: row.networks })));
}

interface InitialRow {
  readonly alphaA: number;
  readonly alphaL: number;
  readonly mlp: "erf" | "relu";
  readonly networks: number;
  readonly N: number;
  readonly H: number;
  readonly H_L_row0: number[];
  readonly se_H: number[];
  readonly G_0_row0: number[];
  readonly se_G: number[];
  readonly ntk: Record<string, number[]>;
  readonly ntk_se: Record<string, number[]>;
}

const GROUP_NAMES: Readonly<Record<string, WeightGroup>> = { w: "readOut", W2: "mlpOut", W1: "mlpIn", O: "output", V: "value", K: "key", Q: "query", W0: "readIn" };

async function initialFamily(row: InitialRow, count: number): Promise<Comparison[]> {
  const architecture = { ...C4, mlp: row.mlp };
  const run = await ensemble({
    architecture,
    parameterisation: meanField({ alphaA: row.alphaA, alphaL: row.alphaL }),
    sizes: { N: row.N, H: row.H, L: 2 },
    ...data.A,
    replicas: { key: key("family").fold(row.mlp), from: 0, count },
    observe: ["features", "gradients", "tangentKernel"],
  });
  const { features, gradients, tangentKernel } = (await run.train({ steps: 0, at: [0] })).snapshots[0]!.values;
  const column = (all: Float64Array, at: number): number[] => Array.from({ length: count }, (_, r) => all[(r * all.length) / count + at]!);
  const groups = trainedGroups(architecture);
  const { networks } = row;
  return [
    ...row.H_L_row0.map((value, i) => compare(`H^L[0,${i}]`, column(features!, 72 + i), { mean: value, error: row.se_H[i]!, networks })),
    ...row.G_0_row0.map((value, i) => compare(`G^0[0,${i}]`, column(gradients!, i), { mean: value, error: row.se_G[i]!, networks })),
    ...Object.entries(row.ntk).flatMap(([name, values]) =>
      values.map((value, i) => compare(`NTK ${name}[0,${i}]`, column(tangentKernel!, groups.indexOf(GROUP_NAMES[name]!) * 4 + i), { mean: value, error: row.ntk_se[name]![i]!, networks })),
    ),
  ];
}

describe("the families of the reference", () => {
  const c2 = { architecture: C2, parameterisation: meanField({ eta0: 0.25 }), ...data.B };
  const c3 = { architecture: C3, parameterisation: meanField({ eta0: 0.4 }), ...data.D };
  const c4 = { architecture: C4, parameterisation: meanField({ eta0: 0.25, beta0: 1.5 }), ...data.A };
  test("trained outputs, kernels at initialisation, tangent kernels by group", async () => {
    const family = [
      ...(await trainedFamily("E1", 0, 100, c2, 1)),
      ...(await trainedFamily("E1", 1, 40, c2, 1)),
      ...(await trainedFamily("E1", 2, 30, c2, 1)),
      ...(await trainedFamily("E1", 3, 30, c2, 1)),
      ...(await trainedFamily("G1", 0, 50, c3, 1)),
      ...(await trainedFamily("F1", 0, 400, c4, 2)),
      ...(await trainedFamily("F1", 1, 60, c4, 2)),
      ...(await initialFamily((reference.tests["B3"]!.expected["ensemble"] as InitialRow[])[0]!, 5)),
      ...(await initialFamily((reference.tests["B3"]!.expected["ensemble"] as InitialRow[])[1]!, 5)),
    ];
    const { least, level } = judged(family);
    expect(family.length).toBe(116);
    expect(least, JSON.stringify(family.filter(({ z }) => Math.abs(z) > 3))).toBeGreaterThan(level);
  });

  test("see a learning rate that is 5 % too large", async () => {
    const { least, level } = judged(await trainedFamily("E1", 0, 150, { ...c2, parameterisation: meanField({ eta0: 0.25 * 1.05 }) }, 1));
    expect(least).toBeLessThan(level);
  });
});
