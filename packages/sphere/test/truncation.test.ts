import { DomainError } from "@mesoscope/numerics";
import { besselIScaledSequence, gegenbauer } from "@mesoscope/special-functions";
import { describe, expect, it } from "vitest";
import { circleTruncation, circleTruncationBound, sphereDriftTruncation, sphereDriftTruncationBound, sphereTruncation, sphereTruncationBound } from "../src/index.js";
import { reference } from "./harmonic-analysis.js";

/** Largest error over a grid of angles of the drift numerator exp(beta cos) sin cut after K modes, over exp(beta). */
function circleError(beta: number, K: number): number {
  const modes = besselIScaledSequence(0, beta, K + 1);
  let worst = 0;
  for (let i = 0; i <= 720; i++) {
    const theta = (Math.PI * i) / 720;
    let sum = 0;
    for (let m = 1; m <= K; m++) sum += ((2 * m) / beta) * modes[m]! * Math.sin(m * theta);
    worst = Math.max(worst, Math.abs(Math.exp(beta * (Math.cos(theta) - 1)) * Math.sin(theta) - sum));
  }
  return worst;
}

/** The same for exp(beta t) on S^2 cut after degree K. */
function sphereError(beta: number, K: number): number {
  const modes = besselIScaledSequence(0.5, beta, K + 1);
  let worst = 0;
  for (let i = 0; i <= 200; i++) {
    const t = -1 + i / 100;
    let sum = 0;
    for (let k = 0; k <= K; k++) sum += (2 * k + 1) * Math.sqrt(Math.PI / (2 * beta)) * modes[k]! * gegenbauer(k, 3, t);
    worst = Math.max(worst, Math.abs(Math.exp(beta * (t - 1)) - sum));
  }
  return worst;
}

/** The same for the drift exp(beta t) sqrt(1 - t^2) of a pair on S^2 cut after degree K, P_k' by its own recurrence. */
function sphereDriftError(beta: number, K: number): number {
  const modes = besselIScaledSequence(0.5, beta, K + 1);
  let worst = 0;
  for (let i = 0; i <= 2000; i++) {
    const t = Math.cos((Math.PI * i) / 2000);
    let [sum, before, here, slopeBefore, slope] = [0, 0, 1, 0, 0];
    for (let k = 1; k <= K; k++) {
      [slope, slopeBefore] = [slopeBefore + (2 * k - 1) * here, slope];
      [here, before] = [((2 * k - 1) * t * here - (k - 1) * before) / k, here];
      sum += ((2 * k + 1) / beta) * Math.sqrt(Math.PI / (2 * beta)) * modes[k]! * slope;
    }
    worst = Math.max(worst, Math.abs(Math.exp(beta * (t - 1)) - sum) * Math.sqrt(1 - t * t));
  }
  return worst;
}

describe("truncation of the harmonic expansion", () => {
  it.each(reference.truncation.cases)("keeps the reference number of modes at beta = $beta, eps = $eps", (c) => {
    expect(circleTruncation(c.beta, c.eps)).toBe(c.K_circle);
    expect(sphereTruncation(c.beta, c.eps)).toBe(c.K_S2);
  });

  it("is the least that its bound allows", () => {
    for (const beta of [0.3, 5, 80, 2000]) {
      for (const eps of [1e-3, 1e-9, 1e-14]) {
        const circle = circleTruncation(beta, eps);
        expect(circleTruncationBound(beta, circle)).toBeLessThanOrEqual(eps);
        expect(circleTruncationBound(beta, circle - 1)).toBeGreaterThan(eps);
        const sphere = sphereTruncation(beta, eps);
        expect(sphereTruncationBound(beta, sphere)).toBeLessThanOrEqual(eps);
        expect(sphereTruncationBound(beta, sphere - 1)).toBeGreaterThan(eps);
      }
    }
  });

  it("bounds the error of the circle's drift numerator, and not by much too much", () => {
    for (const [beta, K] of [[0.5, 2], [5, 4], [5, 10], [25, 20], [100, 40]] as const) {
      const error = circleError(beta, K);
      expect(error).toBeLessThanOrEqual(circleTruncationBound(beta, K) * (1 + 1e-12) + 1e-15);
      expect(error).toBeGreaterThan(0.4 * circleTruncationBound(beta, K));
    }
  });

  it("equals the error of the kernel on S^2, reached at t = 1", () => {
    for (const [beta, K] of [[0.5, 2], [5, 4], [25, 15], [100, 30]] as const) {
      expect(sphereError(beta, K) / sphereTruncationBound(beta, K)).toBeCloseTo(1, 10);
    }
  });

  it("bounds the error of the drift of a pair on S^2, and not by much too much", () => {
    for (const [beta, K] of [[0.5, 2], [5, 4], [5, 12], [25, 20], [100, 40], [100, 70]] as const) {
      const error = sphereDriftError(beta, K);
      const bound = sphereDriftTruncationBound(beta, K);
      expect(error).toBeLessThanOrEqual(bound);
      expect(error).toBeGreaterThan(0.2 * bound);
    }
    for (const beta of [0.3, 5, 80, 2000]) {
      for (const eps of [1e-3, 1e-9, 1e-14]) {
        const K = sphereDriftTruncation(beta, eps);
        expect(sphereDriftTruncationBound(beta, K)).toBeLessThanOrEqual(eps);
        expect(sphereDriftTruncationBound(beta, K - 1)).toBeGreaterThan(eps);
      }
    }
    expect([sphereDriftTruncation(0, 1e-12), sphereDriftTruncation(0, 2), sphereDriftTruncation(-9, 1e-9) - sphereDriftTruncation(9, 1e-9)]).toEqual([1, 0, 0]);
    expect(sphereDriftTruncationBound(1e-12, 0) / sphereDriftTruncationBound(0, 0)).toBeCloseTo(1, 10);
  });

  it("treats repulsion like attraction, and beta = 0 exactly", () => {
    expect(circleTruncation(-9, 1e-12)).toBe(circleTruncation(9, 1e-12));
    expect(circleTruncationBound(-9, 3)).toBeGreaterThan(0);
    expect(circleTruncationBound(-9, 3)).toBe(circleTruncationBound(9, 3));
    expect([circleTruncation(0, 1e-12), sphereTruncation(0, 1e-12), circleTruncation(3, 2)]).toEqual([1, 0, 0]);
  });

  it("refuses tolerances that ask for nothing or for too much", () => {
    for (const call of [() => circleTruncation(1, 0), () => circleTruncation(1, NaN), () => sphereTruncation(NaN, 1e-3), () => circleTruncationBound(1, -1)]) {
      expect(call).toThrow(DomainError);
    }
  });
});
