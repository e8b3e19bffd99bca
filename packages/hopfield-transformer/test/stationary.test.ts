import { readFileSync } from "node:fs";
import { eigenvalues, log } from "@mesoscope/numerics";
import { describe, expect, test } from "vitest";
import type { FiniteHead, StationaryLaw } from "../src/index.js";
import { classesFromColumns, countChain, deepestValley, explicitSizes, finiteHead, lawMoments, perettoLaw, propagate, relaxation, stationaryLaw, stratifiedSizes, tokenLaw } from "../src/index.js";
import { periodKernel } from "../src/stationary-law.js";
import { caseOf, largestDifference, randomFeatures, streamOf, system } from "./systems.js";

interface Row {
  readonly bits: number;
  readonly contextLength: number;
  readonly beta: number;
  readonly gamma: number;
  readonly value: number;
  readonly key: number;
  readonly time: number;
}

const { rows } = JSON.parse(readFileSync(new URL("fixtures/relaxation.json", import.meta.url), "utf8")) as { rows: Row[] };

function single({ bits, contextLength, beta, gamma, value, key }: Omit<Row, "time">): FiniteHead {
  const features = classesFromColumns({ weights: [1], xi: { o: [[1]], v: [[value]], q: [[1]], k: [[key]] } });
  return finiteHead(stratifiedSizes(features, bits), { contextLength, beta, gamma });
}

const magnet = (bits: number, beta: number): FiniteHead => single({ bits, contextLength: 1, beta, gamma: 0, value: 1, key: 1 });

describe("stationary laws", () => {
  test("Peretto's law of the reference, by its closed form, by elimination and by iteration", () => {
    const { expected, tol } = caseOf<{ p: number[] }>("stationary-peretto");
    const head = magnet(10, 1.3);
    const chain = countChain(head);
    expect(largestDifference(perettoLaw(head, chain), expected.p)).toBeLessThan(tol);
    expect(largestDifference(stationaryLaw(chain, { method: "elimination" }).window.law, expected.p)).toBeLessThan(tol);
    expect(largestDifference(stationaryLaw(chain, { method: "iteration", tolerance: 1e-13 }).window.law, expected.p)).toBeLessThan(tol);
  });

  test("elimination has relative accuracy down to 1e-17 of the peak", () => {
    const head = magnet(120, 1.5);
    const [found, closed] = [stationaryLaw(countChain(head), { method: "elimination" }).window.law, perettoLaw(head, countChain(head))];
    expect(Math.min(...closed) / Math.max(...closed)).toBeLessThan(1e-11);
    closed.forEach((weight, s) => { expect(Math.abs(found[s]! / weight - 1)).toBeLessThan(2e-13); });
  });

  test("Peretto's law with several features and classes, v = o", () => {
    const stream = streamOf("peretto");
    const drawn = randomFeatures(stream, 3, 3, 0);
    const features = { ...drawn, xi: { ...drawn.xi, v: drawn.xi.o } };
    const head = finiteHead(explicitSizes(features, [3, 5, 4]), { contextLength: 1, beta: 1.1, gamma: 3 });
    const chain = countChain(head);
    const closed = perettoLaw(head, chain);
    expect(largestDifference(stationaryLaw(chain, { method: "elimination" }).window.law, closed)).toBeLessThan(1e-14);
    // It stays, and that of another temperature does not.
    expect(largestDifference(propagate(chain, { length: 1, time: 0, law: closed }).law, closed)).toBeLessThan(1e-15);
    const other = perettoLaw({ ...head, network: { ...head.network, beta: 1.2 } }, chain);
    expect(largestDifference(propagate(chain, { length: 1, time: 0, law: other }).law, other)).toBeGreaterThan(1e-4);
    expect(() => perettoLaw(finiteHead(explicitSizes(drawn, [3, 5, 4]), { contextLength: 1, beta: 1, gamma: 0 }), chain)).toThrow("must have L = 1, v = o and eps = 0");
  });

  test("with positions each phase has its law, and one token leads from one to the next", () => {
    const features = randomFeatures(streamOf("phases"), 2, 2, 2);
    const chain = countChain(finiteHead(explicitSizes(features, [2, 3]), { contextLength: 2, beta: 1.2, gamma: 4, positionalWeight: 0.3 }));
    const of = (phase: number, method: "iteration" | "elimination"): StationaryLaw => stationaryLaw(chain, { phase, method, tolerance: 1e-14 });
    for (const phase of [0, 3]) expect(largestDifference(of(phase, "iteration").window.law, of(phase, "elimination").window.law)).toBeLessThan(1e-13);
    expect(largestDifference(propagate(chain, of(3, "elimination").window).law, of(0, "elimination").window.law)).toBeLessThan(1e-14);
    expect(largestDifference(of(3, "elimination").window.law, of(0, "elimination").window.law)).toBeGreaterThan(1e-3);
  });

  test("N times the variance of the magnetisation at L = 1 tends to its closed form", () => {
    const { expected } = caseOf<{ rows: { beta: number; m: number; N_var: number }[] }>("lna-hop1-stationary");
    for (const { beta, m, N_var } of expected.rows.filter((row) => row.m === 0)) {
      const scaled = [150, 300].map((bits) => {
        const chain = countChain(magnet(bits, beta));
        return bits * lawMoments(chain, tokenLaw(chain, stationaryLaw(chain, { method: "elimination" }).window)).covariance[0]!;
      });
      // Richardson in 1/N; near beta = 1 the next order is large.
      expect(Math.abs((2 * scaled[1]! - scaled[0]!) / N_var - 1)).toBeLessThan(beta < 0.8 ? 2e-3 : 0.15);
      expect(m).toBe(0);
    }
  });

  test("a chain that mixes more slowly than the budget says so", () => {
    const features = classesFromColumns({ weights: [1], xi: { o: [[1]], v: [[1]], q: [[1]], k: [[1]] }, zeta: { o: [[1]], v: [[1]], q: [[1]], k: [[1]] } });
    const chain = countChain(finiteHead(stratifiedSizes(features, 40), { contextLength: 1, beta: 2, gamma: 0, positionalWeight: 0.01 }));
    expect(stationaryLaw(chain, { method: "iteration", tolerance: 1e-13, maxIterations: 50 }).outcome.kind).toBe("budget-exhausted");
  });
});

describe("the slowest relaxation", () => {
  test.each(rows.map((row) => [row.time, row] as const))("%d tokens, against 60 digits to 1e-12", (time, row) => {
    const found = relaxation(countChain(single(row)));
    expect(Math.abs(found.time / time - 1)).toBeLessThan(1e-12);
    expect(found.relativeError).toBeLessThan(1e-11);
    expect([found.method, found.outcome.kind]).toEqual(["elimination", "converged"]);
    expect(found.cycle).toBe(row.value < 0 && row.contextLength === 1 ? 2 : 1);
  });

  test("grows with N as the barrier of the stationary law says", () => {
    const [small, large] = [80, 120].map((bits) => {
      const chain = countChain(magnet(bits, 1.5));
      return { time: relaxation(chain).time, barrier: deepestValley(stationaryLaw(chain, { method: "elimination" }).window.law)!.height };
    });
    const slope = log(large!.time / small!.time) / 40;
    const barrier = (large!.barrier - small!.barrier) / 40;
    expect(Math.abs(slope / barrier - 1)).toBeLessThan(0.002);
    // phi(m*) - phi(0) with phi(m) = log 2 cosh(beta m) + entropy at beta = 1.5.
    expect(Math.abs(slope / 0.23039 - 1)).toBeLessThan(0.002);
  });

  const rot2 = (bits: number, contextLength: number): FiniteHead => {
    const xi = { o: [[1, 1], [1, -1]], v: [[1, -1], [-1, -1]], q: [[1, 1], [1, -1]], k: [[1, 1], [1, -1]] };
    return finiteHead(stratifiedSizes(classesFromColumns({ weights: [0.5, 0.5], xi }), bits), { contextLength, beta: 1.5, gamma: 2 });
  };

  // A quarter turn a token at L = 1; an angle of no simple fraction at L = 2.
  test.each([
    [16, 1, 4, "elimination"],
    [6, 2, 1, "spectrum"],
  ])("of a head that rotates, N = %d, L = %d: cycle %d by %s, as the eigenvalues of the kernel say", (bits, contextLength, cycle, method) => {
    const chain = countChain(rot2(bits, contextLength));
    const found = relaxation(chain);
    const n = chain.states ** contextLength;
    const { real, imaginary } = eigenvalues(periodKernel(chain, 0), n);
    const second = Array.from(real, (x, i) => Math.hypot(x, imaginary[i]!)).sort((a, b) => b - a)[1]!;
    expect([found.cycle, found.method]).toEqual([cycle, method]);
    expect(Math.abs(found.rate / -Math.log(second) - 1)).toBeLessThan(1e-10);
  });

  test("is the same from every phase", () => {
    const features = randomFeatures(streamOf("spectrum"), 2, 2, 1);
    const chain = countChain(finiteHead(explicitSizes(features, [2, 2]), { contextLength: 2, beta: 1.2, gamma: 4, positionalWeight: 0.3 }));
    const [a, b] = [relaxation(chain, { phase: 0 }), relaxation(chain, { phase: 1 })];
    expect(Math.abs(a.time / b.time - 1)).toBeLessThan(1e-9);
  });

  test("what has no relaxation time, or too many windows, is refused", () => {
    expect(() => relaxation(countChain(magnet(10, 0)))).toThrow("forgets everything in one period");
    expect(() => relaxation(countChain(magnet(450, 1)))).toThrow("S^L = 451: must be at most 400");
    expect(() => relaxation(countChain(magnet(10, 400)))).toThrow("In double precision the chain falls into parts");
  });

  test("a law with one peak has no valley", () => {
    expect(deepestValley([1, 2, 3, 2, 1])).toBeUndefined();
    expect(deepestValley([1, 4, 2, 1, 3, 1])).toMatchObject({ peaks: [1, 4], valley: 3 });
    expect(system("hop1").classes).toBe(1);
  });
});
