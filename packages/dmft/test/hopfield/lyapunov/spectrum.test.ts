import { key, qr } from "@mesoscope/numerics";
import { describe, expect, it } from "vitest";
import { forgottenDirections, kaplanYorkeDimension, largestExponent, lyapunovSpectrum, meanFieldJacobian, meanFieldMap, tokenStart, windowStart } from "../../../src/hopfield/index.js";
import type { LyapunovExponent, LyapunovSpectrum } from "../../../src/hopfield/index.js";
import { orthonormalise, settleLedger, stretchLedger } from "../../../src/hopfield/lyapunov/orthonormalise.js";
import { begun, casesOf, networkOf, published } from "../cases.js";

const DEEP = process.env["MESOSCOPE_DEEP"] === "1";

interface Expected { regime: string; lyapunov: number[]; se_1: number; kaplan_yorke: number | null }

const value = (one: LyapunovExponent | undefined): number => (one?.kind === "finite" ? one.value : NaN);
const error = (one: LyapunovExponent | undefined): number => (one?.kind === "finite" ? one.standardError : NaN);

describe("Gram-Schmidt with a ledger", () => {
  it("is QR: an orthonormal frame of the same flag, and the logarithms of R's diagonal", () => {
    const [k, n] = [7, 9];
    const stream = key("frame").stream();
    const frame = stream.fillNormal(new Float64Array(k * n));
    const columns = Float64Array.from({ length: n * k }, (_, i) => frame[(i % k) * n + Math.floor(i / k)]!);
    const { q, r } = qr(columns, n, k);
    const ledger = stretchLedger(k);
    orthonormalise(frame, k, n, ledger);
    settleLedger(ledger);
    for (let j = 0; j < k; j++) {
      expect(ledger.logarithms[j]).toBeCloseTo(Math.log(r[j * k + j]!), 13);
      for (let i = 0; i < n; i++) expect(frame[j * n + i]).toBeCloseTo(q[i * k + j]!, 13);
    }
    expect([...ledger.lost]).toEqual(new Array(k).fill(0));
  });

  it("books what rounding hides as lost and goes on with a full frame", () => {
    const n = 5;
    const frame = Float64Array.from({ length: 3 * n }, (_, i) => [1, 2, 3, 4, 5][i % n]! * (i < n ? 1 : 2));
    const ledger = stretchLedger(3);
    orthonormalise(frame, 3, n, ledger);
    expect([...ledger.lost]).toEqual([0, 1, 1]);
    for (let a = 0; a < 3; a++) {
      for (let b = 0; b < 3; b++) {
        const product = frame.subarray(a * n, (a + 1) * n).reduce((sum, x, i) => sum + x * frame[b * n + i]!, 0);
        expect(Math.abs(product - (a === b ? 1 : 0))).toBeLessThan(1e-15);
      }
    }
  });
});

/** Where the reference began: full windows. */
function spectrumOf(one: (typeof LYAPUNOV)[number], tokens: number): LyapunovSpectrum {
  const { network, start } = begun(one);
  return lyapunovSpectrum(network, start, { burnIn: DEEP ? 200_000 : 50_000, alignment: 300, tokens, blocks: 50, tolerance: 1e-2, count: Math.min(4, network.contextLength * network.features.classes) });
}

const LYAPUNOV = casesOf<Expected>("lyapunov");

describe("reference exponents", () => {
  // Two-sided Student t of 49 degrees of freedom at 1 - 0.99^(1/28): the family of 28 comparisons is wrong once in a hundred. A run of 200,000
  // tokens has standard errors of about 1e-3: a wrong factor in the tangent map moves exponents by 0.1 and more. MESOSCOPE_DEEP=1: 4e6 tokens.
  const CRITICAL = 3.85;
  const tokens = DEEP ? 4_000_000 : 200_000;

  it.each(LYAPUNOV.filter(({ expected }) => expected.regime === "chaos"))("$id: chaos, all exponents within the family's interval", (one) => {
    const spectrum = spectrumOf(one, tokens);
    spectrum.exponents.forEach((found, i) => {
      const wanted = one.expected.lyapunov[i]!;
      if (found.kind !== "finite") return;
      expect(Math.abs(found.value - wanted)).toBeLessThan(CRITICAL * Math.hypot(found.standardError, one.expected.se_1) + 1e-5);
    });
    expect(value(spectrum.exponents[0])).toBeGreaterThan(0.02);
    const dimension = kaplanYorkeDimension(spectrum, { zero: 1e-3 });
    expect(dimension.kind === "dimension" && Math.abs(dimension.value - one.expected.kaplan_yorke!) / dimension.standardError).toBeLessThan(CRITICAL + 1);
  });

  it.each(LYAPUNOV.filter(({ expected }) => expected.regime === "quasiperiodic"))("$id: a torus, its largest exponent zero", (one) => {
    const { exponents } = spectrumOf(one, 60_000);
    expect(Math.abs(value(exponents[0]))).toBeLessThan(5e-5);
    exponents.slice(1).forEach((found, i) => { expect(Math.abs(value(found) - one.expected.lyapunov[i + 1]!)).toBeLessThan(2e-3); });
  });

  it("a known-wrong tangent map is outside: sech^2 left out", () => {
    const one = LYAPUNOV.find(({ id }) => id === "lyap-rot2s-2-10-2")!;
    const { network, start } = begun(one);
    const map = meanFieldMap(network, start);
    map.run(1000);
    let v = Float64Array.from([1, 0, 0, 0]);
    let sum = 0;
    for (let i = 0; i < 5000; i++) {
      const state = map.state();
      const j = meanFieldJacobian(network, state);
      map.step();
      const next = [0, 1].map((c) => v.reduce((s, x, k) => s + (j[c * 4 + k]! / (1 - map.u[c]! * map.u[c]!)) * x, 0));
      v = Float64Array.from([...next, v[0]!, v[1]!]);
      const size = Math.hypot(...v);
      sum += Math.log(size);
      v = v.map((x) => x / size);
    }
    expect(Math.abs(sum / 5000 - one.expected.lyapunov[0]!)).toBeGreaterThan(0.2);
  });
});

describe("laws of the spectrum", () => {
  const chaotic = published(1.4);
  const options = { burnIn: 5000, alignment: 200, tokens: 20_000, blocks: 20, tolerance: 1e-2 };

  it("the sum of all exponents is the mean of log |det J|", () => {
    const network = networkOf("rot2s", { L: 2, beta: 1.3, gamma: 5, logit_scale: 1 });
    const start = windowStart(network, [[0.517, 0.601], [0.086, 0.852]], 1);
    const map = meanFieldMap(network, start);
    map.run(1000);
    const { exponents } = lyapunovSpectrum(network, map.state(), { burnIn: 0, alignment: 0, tokens: 2000, blocks: 20, tolerance: 1 });
    let sum = 0;
    for (let i = 0; i < 2000; i++) {
      const j = meanFieldJacobian(network, map.state());
      sum += Math.log(Math.abs(j[2]! * j[7]! - j[3]! * j[6]!));
      map.step();
    }
    expect(exponents.reduce((s, one) => s + value(one), 0)).toBeCloseTo(sum / 2000, 10);
  });

  it("one vector gives the largest of the frame; more vectors do not change the first", () => {
    const start = tokenStart(chaotic);
    const one = largestExponent(chaotic, start, options);
    const four = lyapunovSpectrum(chaotic, start, { ...options, count: 4 });
    expect(one.exponents).toHaveLength(1);
    expect(Math.abs(value(one.exponents[0]) - value(four.exponents[0]))).toBeLessThan(1e-3);
    const values = four.exponents.map(value);
    expect(values).toEqual([...values].sort((a, b) => b - a));
  });

  it("the same bytes twice; a spectrum goes on where it ended", () => {
    const a = lyapunovSpectrum(chaotic, tokenStart(chaotic), { ...options, tokens: 2000 });
    expect(lyapunovSpectrum(chaotic, tokenStart(chaotic), { ...options, tokens: 2000 })).toEqual(a);
    expect(a.end.t).toBe(5000 + 200 + 2000);
  });

  it("an unaligned frame is biased, an aligned one is not", () => {
    const network = published(0.5);
    const base = { burnIn: 4000, tokens: 400, blocks: 20, tolerance: 1 };
    const at = (alignment: number): number => value(largestExponent(network, tokenStart(network), { ...base, alignment }).exponents[0]);
    expect(Math.abs(at(200) + 0.32736)).toBeLessThan(5e-3);
    // The first tokens measure how an arbitrary frame turns, and a mean over 20 blocks of 20 tokens keeps that.
    const firstBlock = lyapunovSpectrum(network, tokenStart(network), { ...base, alignment: 0 }).blockValues;
    const aligned = lyapunovSpectrum(network, tokenStart(network), { ...base, alignment: 200 }).blockValues;
    const worst = (values: Float64Array): number => Math.max(...Array.from({ length: 4 }, (_, k) => Math.abs(values[k]! - values[values.length - 12 + k]!)));
    expect(worst(firstBlock)).toBeGreaterThan(10 * worst(aligned));
  });
});

describe("exponents that are no numbers", () => {
  const options = { burnIn: 10, alignment: 10, tokens: 40, blocks: 20, tolerance: 1e-3 };

  it("beta = 0: every exponent is minus infinity, with the reason, and no logarithm of zero is averaged", () => {
    const network = networkOf("mix", { L: 3, beta: 0, gamma: 8, eps: 0.1 });
    const { exponents, outcome } = lyapunovSpectrum(network, tokenStart(network), options);
    expect(exponents).toEqual(Array.from({ length: 12 }, () => ({ kind: "minus-infinity", reason: "beta-zero" })));
    expect(outcome.kind).toBe("converged");
    expect(kaplanYorkeDimension(lyapunovSpectrum(network, tokenStart(network), options), { zero: 1e-4 })).toEqual({ kind: "dimension", value: 0, standardError: 0 });
  });

  it("more classes than output features: L (C - rank) of them", () => {
    const network = networkOf("mix", { L: 3, beta: 1.6, gamma: 8, eps: 0.1 });
    expect(forgottenDirections(network)).toEqual({ count: 6, reason: "class-space-larger-than-output" });
    const { exponents } = lyapunovSpectrum(network, tokenStart(network), options);
    expect(exponents.map(({ kind }) => kind)).toEqual([...new Array<string>(6).fill("finite"), ...new Array<string>(6).fill("minus-infinity")]);
  });

  it("positions that carry all weight", () => {
    const network = networkOf("mix", { L: 2, beta: 1.6, gamma: 8, eps: 1 });
    expect(lyapunovSpectrum(network, tokenStart(network), options).exponents.every((one) => one.kind === "minus-infinity" && one.reason === "positions-only")).toBe(true);
  });

  it("what rounding hides is told with a bound, not with a number", () => {
    const { exponents } = lyapunovSpectrum(published(1.28), tokenStart(published(1.28)), { ...options, burnIn: 1000, tokens: 4000 });
    expect(exponents.slice(0, 6).every(({ kind }) => kind === "finite")).toBe(true);
    const last = exponents[11]!;
    expect(last.kind === "below-resolution" && last.bound < -4 && last.lostShare > 0).toBe(true);
    expect(kaplanYorkeDimension({ exponents: [{ kind: "below-resolution", bound: -4, lostShare: 1 }], blockValues: new Float64Array(20), blocks: 20, tokens: 20, size: 1, end: tokenStart(published(1.28)), outcome: { kind: "converged", message: "" } }, { zero: 0 })).toEqual({ kind: "undefined", reason: "exponent-below-resolution" });
  });

  it("Kaplan-Yorke asks for more exponents when those given do not decide", () => {
    const spectrum = lyapunovSpectrum(published(1.28), tokenStart(published(1.28)), { ...options, burnIn: 5000, alignment: 200, tokens: 20_000, count: 1 });
    expect(kaplanYorkeDimension(spectrum, { zero: 1e-4 })).toEqual({ kind: "undefined", reason: "too-few-exponents" });
  });
});

describe("verdict", () => {
  it("says how many tokens would do, and sees a transient", () => {
    const network = published(1.28);
    const short = lyapunovSpectrum(network, tokenStart(network), { burnIn: 1000, alignment: 200, tokens: 2000, blocks: 20, tolerance: 1e-5, count: 1 });
    expect(short.outcome).toMatchObject({ kind: "budget-exhausted", message: /some .* tokens would do/ });
    expect(error(short.exponents[0])).toBeGreaterThan(1e-5);
    const transient = lyapunovSpectrum(networkOf("hop1", { L: 1, beta: 1.01 }), tokenStart(networkOf("hop1", { L: 1, beta: 1.01 }), [1e-8]), { burnIn: 0, alignment: 0, tokens: 4000, blocks: 200, tolerance: 1e-3 });
    expect(transient.outcome.kind).toBe("stalled");
  });

  it.each([
    [{ blocks: 19 }, /blocks = 19.*at least 20 blocks/s],
    [{ tokens: 41 }, /tokens = 41: must be a multiple of blocks = 20/],
    [{ tolerance: 0 }, /tolerance = 0/],
    [{ count: 13 }, /count = 13.*at most L C = 12/s],
    [{ burnIn: -1 }, /burnIn = -1/],
  ])("refuses %j", (wrong, message) => {
    const network = published(1.28);
    expect(() => lyapunovSpectrum(network, tokenStart(network), { burnIn: 0, alignment: 0, tokens: 40, blocks: 20, tolerance: 1e-3, ...wrong })).toThrow(message);
  });
});
