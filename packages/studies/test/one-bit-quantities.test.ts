import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { quantities } from "../src/index.js";

interface Case {
  readonly input: Readonly<Record<string, unknown>>;
  readonly expected: Readonly<Record<string, unknown>>;
  readonly tolerance: number | null;
}

const { cases } = JSON.parse(readFileSync(new URL("./fixtures/one-bit.json", import.meta.url), "utf8")) as { cases: Readonly<Record<string, Case>> };
const caseOf = (id: string): Case => cases[id]!;

// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- who asks names the shape that the schema promises
function ask<T = Record<string, unknown>>(id: string, input: Record<string, unknown>): T {
  return quantities.find((one) => one.id === id)!.compute(input) as T;
}

/** A network and a start as compute takes them. */
function networkOf({ system, L, beta, gamma, logit_scale: logitScale, eps, U, t }: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return { system, contextLength: L, beta, gamma, logitScale, positionalWeight: eps, ...(U === undefined ? {} : { window: U, t }) };
}

function expectClose(found: number, expected: number, tolerance: number, words: string): void {
  expect(Math.abs(found - expected), words).toBeLessThanOrEqual(tolerance);
}

describe("closed forms", () => {
  it("m* and the three-cycle", () => {
    const { input, expected } = caseOf("hop-mag");
    for (const [i, beta] of (input["betas"] as number[]).entries()) expectClose(ask<{ m: number }>("one-bit-magnetisation", { beta }).m, (expected["m"] as number[])[i]!, 1e-12, `m* at ${beta}`);
    const cycle = caseOf("neg1-3cycle");
    for (const [i, beta] of (cycle.input["betas"] as number[]).entries()) expectClose(ask<{ amplitude: number }>("one-bit-three-cycle", { beta }).amplitude, (cycle.expected["a"] as number[])[i]!, 1e-9, `a at ${beta}`);
    expect(ask("one-bit-three-cycle", { beta: 2 })).toEqual({ amplitude: null });
  });

  it("beta_c of kappa = 1, -1 and i for L = 1 to 4", () => {
    const critical = (real: number, imaginary: number, L: number): number => ask<{ beta: number }>("one-bit-critical-beta", { kappa: { real, imaginary }, L }).beta;
    for (const L of [1, 2, 3, 4]) {
      expect(critical(1, 0, L)).toBeCloseTo(1, 12);
      expect(critical(-1, 0, L)).toBeCloseTo(L, 12);
      expect(critical(0, 1, L)).toBeCloseTo([1, 1.154700538, 1.242640687, 1.299678785][L - 1]!, 8);
    }
    expect(ask("one-bit-critical-beta", { kappa: { real: 0 }, L: 3 })).toEqual({ beta: null, angle: null, together: 0 });
  });

  it("multipliers of the silent state, from the eigenvalues of the features, for every context length", () => {
    for (const { system, L, beta, lyapunov_1: expected } of caseOf("zero-lyap").expected["rows"] as { system: string; L: number; beta: number; lyapunov_1: number }[]) {
      const { real, imaginary } = ask<{ real: number[]; imaginary: number[] }>("one-bit-value-eigenvalues", { system });
      const scaled = { real: real.map((x) => beta * x), imaginary: imaginary.map((x) => beta * x), L };
      const { multipliers } = ask<{ multipliers: { modulus: number }[] }>("one-bit-window-multipliers", scaled);
      expectClose(Math.log(multipliers[0]!.modulus), expected, 1e-9, `${system}, L = ${L}`);
    }
  });

  it("a fixed point, whose multipliers depend on the context length and not on the attention", () => {
    const { input, expected } = caseOf("hop2-retrieval");
    const hop2 = { weights: [0.5, 0.5], xi: Object.fromEntries(["o", "v", "q", "k"].map((role) => [role, [[1, 1], [1, -1]]])) };
    for (const row of expected["rows"] as { L: number; gamma: number; u: number[]; mo: number[]; jacobian_moduli: number[] }[]) {
      const found = ask<{ u: number[]; overlaps: number[]; multipliers: { modulus: number }[] }>("one-bit-fixed-point", { features: hop2, contextLength: row.L, gamma: row.gamma, beta: input["beta"], start: [0.9, 0.9] });
      row.u.forEach((u, c) => { expectClose(found.u[c]!, u, 1e-9, "u"); });
      row.mo.forEach((m, a) => { expectClose(found.overlaps[a]!, m, 1e-9, "m"); });
      row.jacobian_moduli.forEach((modulus, k) => { expectClose(found.multipliers[k]!.modulus, modulus, 1e-8, `multiplier ${k}`); });
    }
  });
});

describe("orbits and trajectories", () => {
  it.each(["traj-3", "traj-5"])("%s token by token", (id) => {
    const { input, expected } = caseOf(id);
    const found = ask<{ t: number; u: number[][]; overlaps: number[][] }>("one-bit-trajectory", { ...networkOf(input), tokens: input["T"] });
    expect(found.t).toBe((input["t"] as number) + 1);
    (expected["u"] as number[][]).forEach((row, i) => { row.forEach((u, c) => { expectClose(found.u[i]![c]!, u, 1e-8, `token ${i + 1}`); }); });
    (expected["mo"] as number[][]).forEach((row, i) => { row.forEach((m, a) => { expectClose(found.overlaps[i]![a]!, m, 1e-8, `token ${i + 1}`); }); });
  });

  it.each(["orbit-paper3-0.5", "orbit-paper3-1.2", "orbit-paper3-1.26451", "orbit-paper3-2.5", "orbit-rot2s-2-5-4", "orbit-rot2s-4-50-2.5"])("%s: period, exponent, multipliers", (id) => {
    const { input, expected } = caseOf(id);
    const found = ask<{ period: number; largestExponent: number; multipliers: { modulus: number }[] }>("one-bit-periodic-orbit", networkOf(input));
    expect(found.period).toBe(expected["period"]);
    expectClose(found.largestExponent, expected["lyapunov_1"] as number, 1e-9, "exponent");
    const [first] = expected["multipliers"] as number[];
    expectClose(found.multipliers[0]!.modulus, first!, 1e-8, "multiplier");
  });

  it("the Neimark-Sacker point of the published network, which is nothing else", () => {
    const { expected } = caseOf("ns-paper3");
    const { period, bifurcations } = ask<{ period: number; bifurcations: { kind: string; beta: number; rotation: number; destabilising: boolean }[] }>("one-bit-bifurcations", { beta: 1.1, to: 1.3 });
    expect(period).toBe(4);
    expect(bifurcations).toMatchObject([{ kind: "neimark-sacker", destabilising: true }]);
    expectClose(bifurcations[0]!.beta, expected["beta_ns"] as number, 1e-10, "beta");
    expectClose(bifurcations[0]!.rotation, expected["rotation_per_4_tokens"] as number, 1e-8, "rotation");
  });

  it("says that a torus has no orbit, and that a bifurcation needs one to begin with", () => {
    expect(ask("one-bit-periodic-orbit", { beta: 1.255 })).toMatchObject({ period: 0, largestExponent: null, multipliers: [] });
    expect(() => ask("one-bit-bifurcations", { beta: 1.28, to: 1.3 })).toThrow(/beta = 1.28: must be where the start settles/);
  });
});

describe("exponents", () => {
  // Family of 8 numbers at 1 % (Sidak): 3.2 standard errors; the last are those of Student with 19 degrees of freedom: 4.1.
  it.each(["lyap-paper3-4-220-1.28", "lyap-rot2s-2-10-2", "lyap-neg1m-2-0.66-2.9"])("%s within their errors", (id) => {
    const { input, expected } = caseOf(id);
    const found = ask<{ exponents: { value: number | null; standardError: number }[]; regime: string }>("one-bit-lyapunov", { ...networkOf(input), tokens: 40_000, burnIn: 20_000 });
    expect(found.regime).toBe("chaos");
    (expected["lyapunov"] as number[]).slice(0, 2).forEach((value, k) => {
      const { value: measured, standardError } = found.exponents[k]!;
      expectClose(measured!, value, 4.1 * standardError + 3e-4, `exponent ${k + 1}`);
      // Sharp enough to tell a wrong one: half of it is not within the errors.
      expect(Math.abs(measured! - value / 2)).toBeGreaterThan(4.1 * standardError + 3e-4);
    });
  });

  it("are told as bounds where rounding hides them, and as nothing where they are minus infinity", () => {
    const deep = ask<{ exponents: { value: number | null; below: number | null }[] }>("one-bit-lyapunov", { beta: 3, tokens: 2000, burnIn: 2000 });
    expect(deep.exponents.at(-1)!.value).toBeNull();
    expect(deep.exponents.at(-1)!.below).toBeLessThan(-5);
    const silent = ask<{ exponents: { value: number | null; below: number | null }[] }>("one-bit-lyapunov", { beta: 0, tokens: 200, burnIn: 0 });
    expect(silent.exponents[0]).toEqual({ value: null, standardError: null, below: null });
  });
});

describe("networks of one's own", () => {
  const features = { weights: [1], xi: { o: [[1]], v: [[1]], q: [[1]], k: [[1]] } };

  it("need what a named one brings along", () => {
    expect(() => ask("one-bit-trajectory", { features, tokens: 1 })).toThrow(/need contextLength, beta and gamma/);
    expect(() => ask("one-bit-trajectory", { features, system: "hop1", tokens: 1 })).toThrow(/must not be given beside features/);
    expect(() => ask("one-bit-trajectory", { features: { ...features, weights: [0.5] }, contextLength: 1, beta: 1, gamma: 1, tokens: 1 })).toThrow(/sum of weights = 0.5/);
  });

  it("give the same as the named one", () => {
    const other = { contextLength: 2, beta: 1.4, gamma: 3, tokens: 5, window: [[0.5]] };
    expect(ask("one-bit-trajectory", { features, ...other })).toEqual(ask("one-bit-trajectory", { system: "hop1", ...other }));
  });
});
