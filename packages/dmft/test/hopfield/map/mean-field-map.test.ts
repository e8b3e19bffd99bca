import { classesFromBits, attentionNetwork, productLaw, requireSigns } from "@mesoscope/hopfield-transformer";
import type { Role, RoleRows } from "@mesoscope/hopfield-transformer";
import { key } from "@mesoscope/numerics";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { meanFieldMap, meanFieldStep, tokenStart, windowStart } from "../../../src/hopfield/index.js";
import { begun, caseOf, casesOf, largestDifference, networkOf, published, reference, table } from "../cases.js";
import type { Rows, System } from "../cases.js";
import { writtenOut } from "../complex-step.js";
import type { Variant } from "../complex-step.js";

interface StepExpected { mq: number[]; mk: Rows; mv: Rows; logits: number[]; alpha: number[]; A: number[]; u_next: number[] }

describe("one step", () => {
  it.each(casesOf<StepExpected>("step"))("$id: every part by its definition, and the fast map to 1e-14", (one) => {
    const { network, start } = begun(one);
    const step = meanFieldStep(network, start);
    const { mq, mk, mv, logits, alpha, A, u_next } = one.expected;
    expect(largestDifference(step.query, mq)).toBeLessThan(1e-14);
    mk.forEach((row, d) => { expect(largestDifference(step.keys[d]!, row)).toBeLessThan(1e-14); });
    mv.forEach((row, d) => { expect(largestDifference(step.values[d]!, row)).toBeLessThan(1e-14); });
    expect(largestDifference(step.logits, logits)).toBeLessThan(1e-13);
    expect(largestDifference(step.attention, alpha)).toBeLessThan(1e-13);
    expect(largestDifference(step.output, A)).toBeLessThan(1e-13);
    expect(largestDifference(step.next, u_next)).toBeLessThan(1e-13);
    const map = meanFieldMap(network, start);
    map.step();
    expect(largestDifference(map.u, step.next)).toBeLessThan(1e-14);
    expect(largestDifference(map.state().u, step.state.u)).toBeLessThan(1e-14);
    expect(map.state().t).toBe(step.state.t);
  });

  it("agrees with 60-digit arithmetic for M to 5 and gamma to 1e6, up to the rounding of the logits", () => {
    for (const row of table.steps) {
      const network = networkOf(row, row);
      const map = meanFieldMap(network, windowStart(network, row.u, row.t));
      map.step();
      expect(largestDifference(map.u, row.next)).toBeLessThan(1e-15 * (4 + row.beta * row.largest_logit));
    }
  });

  it("is the direct evaluation to 1e-14 for M to 5 and gamma to 1e6, growing windows and negative times included", () => {
    const stream = key("direct evaluation").stream();
    for (let i = 0; i < 120; i++) {
      const { system, parameters } = drawn(stream, i);
      const network = networkOf(system, parameters);
      const classes = network.features.classes;
      const rows = Array.from({ length: 1 + Math.floor(parameters.L * stream.uniform()) }, () => Array.from({ length: classes }, () => 2 * stream.uniform() - 1));
      const start = windowStart(network, rows, i % 7 - 3);
      const map = meanFieldMap(network, start);
      map.step();
      expect(largestDifference(map.u, meanFieldStep(network, start).next)).toBeLessThan(1e-14);
    }
  });
});

/** A random system with signs, M 1 to 5. */
function drawn(stream: { uniform(): number }, i: number): { system: Parameters<typeof networkOf>[0]; parameters: { L: number; beta: number; gamma: number; eps: number } } {
  const pick = (n: number): number => Math.floor(n * stream.uniform());
  const m = 1 + (i % 5);
  const c = 1 + pick(6);
  const p = pick(4);
  const rows = (width: number): number[][] => Array.from({ length: m }, () => Array.from({ length: width }, () => 1 - 2 * pick(2)));
  const roles = (width: number): { o: number[][]; v: number[][]; q: number[][]; k: number[][] } => ({ o: rows(width), v: rows(width), q: rows(width), k: rows(width) });
  return {
    system: { weights: Array.from({ length: c }, () => 1 + pick(5)), xi: roles(c), zeta: p === 0 ? null : roles(p) },
    parameters: { L: 1 + pick(6), beta: 3 * stream.uniform(), gamma: [0, 1, 30, 1e3, 1e6][pick(5)]!, eps: p === 0 ? 0 : stream.uniform() },
  };
}

describe("trajectories", () => {
  it.each(casesOf<{ u: Rows; mo: Rows; A: Rows }>("trajectory"))("$id: tokens, overlaps and attention", (one) => {
    const { network, start } = begun(one);
    const map = meanFieldMap(network, start);
    const overlaps = new Float64Array(network.features.features);
    one.expected.u.forEach((u, i) => {
      map.step();
      expect(largestDifference(map.u, u)).toBeLessThan(one.tol!);
      expect(largestDifference(map.overlaps(overlaps), one.expected.mo[i]!)).toBeLessThan(one.tol!);
      expect(largestDifference(map.window.output, one.expected.A[i]!)).toBeLessThan(one.tol!);
    });
  });

  it("from explicit bits: collapsed columns give the published attention", () => {
    const { input, expected, tol } = caseOf<{ distinct: number; distinct_up_to_sign: number; A: Rows }, { bits: { o: number[][]; v: number[][]; q: number[][]; k: number[][] }; L: number; beta: number; gamma: number }>("columns-48");
    const { features } = classesFromBits({ bits: input.bits });
    expect(features.classes).toBe(expected.distinct_up_to_sign);
    const network = attentionNetwork({ features, contextLength: input.L, beta: input.beta, gamma: input.gamma });
    const map = meanFieldMap(network, tokenStart(network));
    for (const row of expected.A) {
      map.step();
      expect(largestDifference(map.window.output, row)).toBeLessThan(tol!);
    }
  });

  it("independent features forget everything after one token", () => {
    const { input, expected } = caseOf<{ A: Rows }, { M: number; L: number; beta: number; gamma: number }>("columns-independent");
    const features = productLaw({ features: input.M, rho: { v: 0, q: 0, k: 0 } });
    requireSigns(features);
    const network = attentionNetwork({ features, contextLength: input.L, beta: input.beta, gamma: input.gamma });
    const map = meanFieldMap(network, tokenStart(network, features.xi.v.subarray(0, features.classes)));
    for (const row of expected.A) {
      map.step();
      expect(largestDifference(map.window.output, row)).toBeLessThan(1e-12);
    }
  });

  it("goes on from its own state with the same bytes where the ring was full", () => {
    const network = published(1.28);
    const whole = meanFieldMap(network, tokenStart(network));
    whole.run(1000);
    const first = meanFieldMap(network, tokenStart(network));
    // Sums run by slot: a state taken where the newest token is in the last slot comes back to the same slots.
    first.run(619);
    const second = meanFieldMap(network, first.state());
    second.run(381);
    expect(second.state()).toEqual(whole.state());
  });
});

describe("symmetries", () => {
  const tokens = 12;
  const orbit = (network: ReturnType<typeof networkOf>, u: readonly number[], sign = 1): number[] => {
    const map = meanFieldMap(network, tokenStart(network, u.map((x) => sign * x)));
    return Array.from({ length: tokens }, () => {
      map.step();
      return [...map.u];
    }).flat();
  };
  const base = { L: 3, beta: 1.7, gamma: 5 };
  const start = [0.4, -0.2, 0.7, 0.1];

  it("u -> -u without positions, to the last bit", () => {
    expect(orbit(networkOf("cyc3", base), start, -1)).toEqual(orbit(networkOf("cyc3", base), start).map((x) => -x));
  });

  it("u = 0 stays exactly zero without positions; beta = 0 forgets everything", () => {
    expect(orbit(networkOf("cyc3", base), [0, 0, 0, 0]).every((x) => x === 0)).toBe(true);
    expect(orbit(networkOf("mix", { ...base, beta: 0, eps: 0.1 }), start).every((x) => x === 0)).toBe(true);
  });

  it("one token of context does not see gamma, and gamma = 0 sees neither queries nor keys", () => {
    expect(orbit(networkOf("cyc3", { ...base, L: 1 }), start)).toEqual(orbit(networkOf("cyc3", { ...base, L: 1, gamma: 1e6 }), start));
    const a = orbit(networkOf("neg1", { L: 2, beta: 2.9 }), [0.4]);
    expect(a).toEqual(orbit(networkOf("neg1m", { L: 2, beta: 2.9 }), [0.4]));
  });

  it("at gamma = 1e300 ties share equally: equal tokens weigh the same", () => {
    const network = networkOf("hop1", { L: 2, beta: 1.5, gamma: 1e300 });
    const map = meanFieldMap(network, windowStart(network, [[0.25], [0.25]], 1));
    map.step();
    expect([...map.window.attention]).toEqual([0.5, 0.5]);
  });
});

describe("what only the bilinear forms see", () => {
  const mix = reference.systems["mix"]!;
  const mixed = (change: (roles: Record<Role, number[][]>) => void): System => {
    const copy = (rows: RoleRows): Record<Role, number[][]> => ({ o: matrix(rows.o), v: matrix(rows.v), q: matrix(rows.q), k: matrix(rows.k) });
    const xi = copy(mix.xi);
    const zeta = copy(mix.zeta!);
    change(xi);
    change(zeta);
    return { weights: mix.weights, xi, zeta };
  };
  const matrix = (rows: ArrayLike<ArrayLike<number>>): number[][] => Array.from(rows, (row) => Array.from(row));
  const flipped = (rows: number[][], a: number): number[][] => rows.map((row, i) => (i === a ? row.map((x) => -x) : row));
  const changes: Record<string, (roles: Record<Role, number[][]>) => void> = {
    "output and value features permuted together": (roles) => { roles.o.reverse(); roles.v.reverse(); },
    "query and key features permuted together": (roles) => { roles.q.reverse(); roles.k.reverse(); },
    "an output and its value flipped": (roles) => { roles.o = flipped(roles.o, 0); roles.v = flipped(roles.v, 0); },
    "a query and its key flipped": (roles) => { roles.q = flipped(roles.q, 1); roles.k = flipped(roles.k, 1); },
  };
  it.each(Object.keys(changes))("%s: the same tokens", (name) => {
    fc.assert(fc.property(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 }), fc.double({ min: 0, max: 3, noNaN: true }), fc.double({ min: -20, max: 20, noNaN: true }), (u, beta, gamma) => {
      const parameters = { L: 3, beta, gamma, eps: 0.1 };
      const [one, other] = [networkOf(mix, parameters), networkOf(mixed(changes[name]!), parameters)].map((network) => meanFieldMap(network, tokenStart(network, u)));
      for (let i = 0; i < 6; i++) {
        one!.step();
        other!.step();
      }
      expect(largestDifference(one!.u, other!.u)).toBeLessThan(1e-10);
    }), { seed: 20240611, numRuns: 50 });
  });
  it("but a query flipped alone is another head", () => {
    const parameters = { L: 3, beta: 1.6, gamma: 8, eps: 0.1 };
    const [one, other] = [networkOf(mix, parameters), networkOf(mixed((roles) => { roles.q = flipped(roles.q, 1); }), parameters)].map((network) => meanFieldMap(network, tokenStart(network)));
    one!.run(4);
    other!.run(4);
    expect(largestDifference(one!.u, other!.u)).toBeGreaterThan(1e-3);
  });
});

describe("known-wrong variants are caught", () => {
  const worst = (variant: Variant): number => Math.max(...casesOf<StepExpected>("step").map((one) => {
    const { network, start } = begun(one);
    return largestDifference(writtenOut(network, start.u, start.t, variant), one.expected.u_next);
  }));

  it("the step written out for the controls is itself right", () => {
    expect(worst("true")).toBeLessThan(1e-13);
  });

  it.each(["phase-modulo-P-squared", "newest-left-out", "no-position-weight", "no-factor-one-minus-eps"] as const)("%s", (variant) => {
    expect(worst(variant)).toBeGreaterThan(1e-3);
  });
});

describe("bad input", () => {
  const network = published(1.28);
  it.each([
    [() => windowStart(network, [], 0), /number of rows = 0: must be an integer from 1 to 4/],
    [() => windowStart(network, [[0, 0]], 0), /length of row 0 = 2: must be C = 3/],
    [() => windowStart(network, [[0, 0, 1.5]], 0), /u\[0\]\[2\] = 1.5: must be within \[-1, 1\]/],
    [() => tokenStart(network, [0, 0, 0], 0.5), /t = 0.5: must be an integer/],
    [() => { meanFieldMap(network, tokenStart(network)).run(-1); }, /tokens = -1/],
  ])("%#", (act, message) => {
    expect(act).toThrow(message);
  });
});
