import { key } from "@mesoscope/numerics";
import { describe, expect, test } from "vitest";
import { driveCoefficients, drawGram, gaussianPopulation, gramPopulation, history, trainedMatrix } from "../../../src/transformer/index.js";
import type { Field, Population } from "../../../src/transformer/index.js";

const unit = (n: number): Float64Array => Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0));

describe("Wishart matrices without their columns", () => {
  test.each([[1, 3], [2, 4], [5, 3], [40, 3]])("N = %d, %d columns: mean 1, variances 2/N on the diagonal and 1/N beside it, rank min(N, m)", (N, m) => {
    const R = 4000;
    const stream = key("wishart").fold(N, m).stream();
    const one = new Float64Array(m * m);
    const [first, second] = [new Float64Array(m * m), new Float64Array(m * m)];
    for (let r = 0; r < R; r++) {
      drawGram(stream, N, m, one);
      one.forEach((value, i) => {
        first[i]! += value / R;
        second[i]! += (value * value) / R;
      });
    }
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < m; j++) {
        const [mean, variance] = [i === j ? 1 : 0, (i === j ? 2 : 1) / N];
        // Level 1e-4 each; the fourth cumulant of N = 1 makes a variance uncertain by 6/sqrt R of itself.
        expect(Math.abs(first[i * m + j]! - mean)).toBeLessThan(4 * Math.sqrt(variance / R));
        expect(Math.abs((second[i * m + j]! - mean * mean) / variance - 1)).toBeLessThan((4 * 6) / Math.sqrt(R));
      }
    }
    if (N === 1) for (let i = 0; i < m; i++) for (let j = 0; j < m; j++) expect(one[i * m + j]! * one[i * m + j]!).toBeCloseTo(one[i * m + i]! * one[j * m + j]!, 12);
  });
});

describe("populations", () => {
  /** Two processes, one of two rows with a singular covariance, and fields across both. */
  const build = (population: Population): { readonly a: Field; readonly b: Field; readonly early: Field; readonly first: ReturnType<Population["process"]> } => {
    const [first, second] = [population.process(2), population.process(1)];
    const x0 = population.source(first, [1, 1, 1, 1]);
    const y0 = population.source(second, [2]);
    const early = population.combine(1, [{ matrix: [0.5, 1], field: x0 }, { matrix: [-1], field: y0 }]);
    const x1 = population.source(first, [0.5, 0.5, 2, 0.3, 0.5, 0.5, 0.3, 1]);
    const y1 = population.source(second, [1, 3]);
    const a = population.combine(2, [{ matrix: [1, 0, 2, 1], field: x1 }, { matrix: [1, -1], field: early }]);
    const b = population.combine(1, [{ matrix: [0.7], field: y1 }, { matrix: [0.2, 0.1], field: x0 }]);
    return { a, b, early, first };
  };

  test("inner products are the bilinear form of the covariances, computed densely; singular ones are no trouble", () => {
    const population = gaussianPopulation([1]);
    const { a, b, early, first } = build(population);
    // Order of sources: x0 (2), y0, x1 (2), y1.
    const covariance = [
      [1, 1, 0, 0.5, 0.5, 0],
      [1, 1, 0, 0.5, 0.5, 0],
      [0, 0, 2, 0, 0, 1],
      [0.5, 0.5, 0, 2, 0.3, 0],
      [0.5, 0.5, 0, 0.3, 1, 0],
      [0, 0, 1, 0, 0, 3],
    ];
    const rows = { early: [0.5, 1, -1, 0, 0, 0], a0: [0.5, 1, -1, 1, 0, 0], a1: [-0.5, -1, 1, 2, 1, 0], b: [0.2, 0.1, 0, 0, 0, 0.7] };
    const form = (u: readonly number[], v: readonly number[]): number => u.reduce((sum, ui, i) => sum + v.reduce((inner, vj, j) => inner + ui * covariance[i]![j]! * vj, 0), 0);
    expect([...population.inner(a, b)]).toEqual([expect.closeTo(form(rows.a0, rows.b), 13), expect.closeTo(form(rows.a1, rows.b), 13)]);
    expect(population.inner(early, a)[1]).toBeCloseTo(form(rows.early, rows.a1), 13);
    expect(population.inner(a, early)[1]).toBeCloseTo(form(rows.early, rows.a1), 13);
    expect([...population.inner(a, a)]).toEqual([form(rows.a0, rows.a0), form(rows.a0, rows.a1), form(rows.a1, rows.a0), form(rows.a1, rows.a1)].map((value) => expect.closeTo(value, 13) as number));
    // Responses are coefficients: blocks of x at both times.
    expect([...population.responses(a, first)]).toEqual([0.5, 1, -0.5, -1, 1, 0, 2, 1]);
    expect([...population.responses(early, first)]).toEqual([0.5, 1, 0, 0]);
  });

  test("members have coefficients of their own and count by their weights", () => {
    const population = gaussianPopulation([0.25, 0.75]);
    const source = population.source(population.process(1), [2]);
    const field = population.combine(1, [{ matrix: [1, 3], field: source }]);
    expect([...population.innerByMember(field, source)]).toEqual([2, 6]);
    expect([...population.inner(field, source)]).toEqual([5]);
  });

  test("finite members: means over many draws are the Gaussian ones; Stein's identity finds direct and indirect responses", () => {
    const N = 3;
    const population = gramPopulation({ N, members: 6_000, columns: 8, mirrored: 99, tolerance: 1e-12, key: key(6) });
    const { a, b } = build(population);
    const exact = build(gaussianPopulation([1]));
    const wide = gaussianPopulation([1]);
    const same = build(wide);
    [...population.inner(a, b)].forEach((value, i) => { expect(Math.abs(value - wide.inner(same.a, same.b)[i]!)).toBeLessThan(0.15); });
    expect(exact.a.rows).toBe(2);
    // v = <x x> y in each member: d v/d y = <x x>, whose mean is 2, and d v_i/d x_i = 2 x_i y_i / N, mean 0; v = <x x> x has 2 + 2 2/N.
    const again = gramPopulation({ N, members: 10_000, columns: 2, mirrored: 99, tolerance: 1e-12, key: key(7) });
    const [px, py] = [again.process(1), again.process(1)];
    const [x, y] = [again.source(px, [2]), again.source(py, [1])];
    const gate = again.innerByMember(x, x);
    const [along, across] = [again.combine(1, [{ matrix: gate, field: x }]), again.combine(1, [{ matrix: gate, field: y }])];
    expect(Math.abs(again.responses(across, py)[0]! - 2)).toBeLessThan(0.08);
    expect(Math.abs(again.responses(across, px)[0]!)).toBeLessThan(0.08);
    expect(Math.abs(again.responses(along, px)[0]! - (2 + 4 / N))).toBeLessThan(0.15);
    // Without the indirect path it would be 2.
    expect(again.responses(along, px)[0]!).toBeGreaterThan(3);
  });

  test("second members of pairs mirror the columns asked for, and only those", () => {
    const population = gramPopulation({ N: 4, members: 2, columns: 2, mirrored: 1, tolerance: 1e-12, key: key(1) });
    const [x, y] = [population.source(population.process(1), [1]), population.source(population.process(1), [1])];
    const [xx, xy, yy] = [population.innerByMember(x, x), population.innerByMember(x, y), population.innerByMember(y, y)];
    expect(xx[0]).toBe(xx[1]);
    expect(yy[0]).toBe(yy[1]);
    expect(xy[0]).toBe(-xy[1]!);
  });
});

describe("the rule", () => {
  test("the error stands on the second index of the kernel, and only where something was learned", () => {
    const kernel = [1, 2, 3, 4];
    const coupling = [10, 0.1];
    const drive = driveCoefficients({ rows: 2, partnerRows: 1, response: [7, 8], learned: { kernel, coupling }, rate: 0.5 });
    expect([...drive]).toEqual([7 + 0.5 * (10 + 0.2), 8 + 0.5 * (30 + 0.4)]);
    expect([...driveCoefficients({ rows: 2, partnerRows: 1, response: [7, 8], learned: undefined, rate: 0.5 })]).toEqual([7, 8]);
    // On the first index the drive would be another.
    expect([...drive]).not.toEqual([7 + 0.5 * 10 * (1 + 2), 8 + 0.5 * 0.1 * (3 + 4)]);
  });

  test("a trained matrix between two populations, tokens and responses of both sides at once, is what a large explicit matrix does", () => {
    const [rows, steps, rate] = [2, 3, 0.6];
    const couple = [[0.8, -0.3], [0.2, 0.9], [-0.5, 0.4]];
    const diagonal = (t: number): number[] => [couple[t]![0]!, 0, 0, couple[t]![1]!];
    /** a(t) = a0 + 0.5 e(t - 1), c(t) = c0 + 0.4 y(t) + 0.2 y(t - 1): each responds to what the other sends. */
    const theory = (): { aa: number[]; cc: number[]; ya: number[] } => {
      const [near, far] = [gaussianPopulation([1]), gaussianPopulation([1])];
      const a0 = near.source(near.process(rows), [1, 0.3, 0.3, 1]);
      const c0 = far.source(far.process(rows), [1, -0.2, -0.2, 1]);
      const [input, output] = [history(near, rows), history(far, rows)];
      const matrix = trainedMatrix({ input, output, rate });
      let [e, before]: [Field | undefined, Field | undefined] = [undefined, undefined];
      const one = unit(rows);
      const scaled = (s: number): Float64Array => one.map((value) => s * value);
      let y: Field = c0;
      for (let t = 0; t < steps; t++) {
        input.push(near.combine(rows, e === undefined ? [{ matrix: one, field: a0 }] : [{ matrix: one, field: a0 }, { matrix: scaled(0.5), field: e }]));
        y = matrix.forward();
        output.push(far.combine(rows, [{ matrix: one, field: c0 }, { matrix: scaled(0.4), field: y }, ...(before === undefined ? [] : [{ matrix: scaled(0.2), field: before }])]));
        e = matrix.backward();
        before = y;
        matrix.learn(diagonal(t));
      }
      return { aa: [...input.kernel(steps - 1, steps - 1)], cc: [...output.kernel(steps - 1, steps - 1)], ya: [...far.inner(y, c0)] };
    };
    const explicit = (n: number, seed: number): { aa: number[]; cc: number[]; ya: number[] } => {
      const stream = key("explicit matrix").fold(seed).stream();
      const draw = (): Float64Array => stream.fillNormal(new Float64Array(n));
      const mixed = (rho: number): Float64Array[] => {
        const [u, v] = [draw(), draw()];
        return [u, v.map((value, i) => rho * u[i]! + Math.sqrt(1 - rho * rho) * value)];
      };
      const [a0, c0] = [mixed(0.3), mixed(-0.2)];
      const W = stream.fillNormal(new Float64Array(n * n));
      let [e, before]: [Float64Array[] | undefined, Float64Array[] | undefined] = [undefined, undefined];
      let [a, c, y]: [Float64Array[], Float64Array[], Float64Array[]] = [a0, c0, c0];
      const apply = (v: Float64Array, back: boolean): Float64Array => {
        const out = new Float64Array(n);
        for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) {
          if (back) out[j]! += W[i * n + j]! * v[i]!;
          else out[i]! += W[i * n + j]! * v[j]!;
        }
        return out.map((value) => value / Math.sqrt(n));
      };
      for (let t = 0; t < steps; t++) {
        a = a0.map((each, r) => each.map((value, i) => value + (e === undefined ? 0 : 0.5 * e[r]![i]!)));
        y = a.map((each) => apply(each, false));
        c = c0.map((each, r) => each.map((value, i) => value + 0.4 * y[r]![i]! + (before === undefined ? 0 : 0.2 * before[r]![i]!)));
        e = c.map((each) => apply(each, true));
        before = y;
        for (let r = 0; r < rows; r++) for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) W[i * n + j]! += (rate / Math.sqrt(n)) * couple[t]![r]! * c[r]![i]! * a[r]![j]!;
      }
      const inner = (u: Float64Array[], v: Float64Array[]): number[] => u.flatMap((x) => v.map((z) => x.reduce((sum, value, i) => sum + value * z[i]!, 0) / n));
      return { aa: inner(a, a), cc: inner(c, c), ya: inner(y, c0) };
    };
    const expected = theory();
    const [n, R] = [80, 60];
    const draws = Array.from({ length: R }, (_, r) => explicit(n, r));
    for (const name of ["aa", "cc", "ya"] as const) {
      expected[name].forEach((value, i) => {
        const mean = draws.reduce((sum, each) => sum + each[name][i]! / R, 0);
        const error = Math.sqrt(draws.reduce((sum, each) => sum + (each[name][i]! - mean) * (each[name][i]! - mean), 0) / R / (R - 1));
        // Twelve numbers at 1e-4 each, and 1/n of the value for the shift of finite n.
        expect(Math.abs(mean - value)).toBeLessThan(4 * error + (4 * Math.abs(value)) / n);
      });
    }
  });

  test("what is refused", () => {
    const population = gaussianPopulation([1]);
    const process = population.process(2);
    expect(() => population.source(process, [1])).toThrow("covariance = 1: must be 4 numbers");
    expect(() => gaussianPopulation([1]).source(process, [1])).toThrow("must be one of this population");
    const field = population.source(process, [1, 0, 0, 1]);
    expect(() => population.combine(1, [{ matrix: [1, 2, 3], field }])).toThrow("matrix = 3: must be 2 numbers");
    expect(() => population.source(population.process(2), [1, 2, 2, 1])).toThrow("covariance[1][0] = 2: must not exceed the root of the variances 1 and 1 in size. Give a positive semidefinite matrix");
    expect(() => population.source(population.process(1), [-1])).toThrow("covariance[0][0] = -1");
    expect(() => gaussianPopulation([])).toThrow("weights.length = 0");
    const finite = gramPopulation({ N: 2, members: 2, columns: 1, mirrored: 9, tolerance: 1e-12, key: key(1) });
    expect(() => finite.source(finite.process(2), [1, 0, 0, 1])).toThrow("columns = 1: must be at least 2, the rank of the processes so far");
    expect(() => finite.source(finite.process(2), [1, 2, 2, 1])).toThrow("positive semidefinite");
    expect(() => gramPopulation({ N: 2, members: 3, columns: 1, mirrored: 9, tolerance: 1e-12, key: key(1) })).toThrow("members = 3: must be even");
  });
});
