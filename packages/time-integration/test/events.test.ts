import { describe, expect, test } from "vitest";
import type { EmbeddedTableau, EventFunction, Field } from "../src/index.js";
import { dormandPrince5, dormandPrince8, integrateAdaptive, onSpheres, sphereChart } from "../src/index.js";
import { attention, equiangular, equiangularTokens, sections, tangent, twoTokens } from "./problems.js";

const circle: Field = (_, y, out) => {
  out[0] = -y[1]!;
  out[1] = y[0]!;
};
const pairs = [dormandPrince5, dormandPrince8] as const;
const tight = { t0: 0, relative: 1e-14, absolute: 1e-15 };
const height: EventFunction = { value: (_, y) => y[1]! };

describe.each(pairs)("$name: events located to 1e-12", (tableau) => {
  test("all zeros of a sine over three turns, in both directions of time", () => {
    for (const sign of [1, -1]) {
      const { events, outcome } = integrateAdaptive(circle, [1, 0], { ...tight, t1: 19 * sign, tableau, events: [height] });
      expect(outcome.kind).toBe("converged");
      expect(events).toHaveLength(6);
      events.forEach(({ t, y, index }, k) => {
        expect(index).toBe(0);
        expect(Math.abs(t - sign * Math.PI * (k + 1))).toBeLessThan(1e-12);
        expect(Math.abs(y[1]!)).toBeLessThan(1e-14);
        expect(Math.abs(y[0]! - (-1) ** (k + 1))).toBeLessThan(1e-12);
      });
    }
  });

  const closed = [equiangular(32, 1, 0, 0.5), equiangular(3, 1, 0, 0.5), twoTokens(2, 2.5, 1.5), twoTokens(1, 2, 0.5), twoTokens(4, 2, 1)];
  test.each(closed.map((problem) => [problem.name, problem] as const))("the time at which %s reach the end of the table", (_, { field, start, t1, exact }) => {
    const event: EventFunction = { value: (__, y) => y[0]! - exact[0]!, terminal: true };
    const { t, y, outcome } = integrateAdaptive(field, start, { ...tight, t1: 2 * t1, tableau, events: [event] });
    expect(outcome.kind).toBe("event");
    expect(Math.abs(t - t1)).toBeLessThan(1e-12);
    expect(Math.abs(y[0]! - exact[0]!)).toBeLessThan(1e-14);
  });

  test("the time at which tokens on spheres reach a cosine of 1/2, projected and Munthe-Kaas", () => {
    const { time } = sections.equiangular_time.cases.find((one) => one.mode === "SA" && one.n === 3 && one.beta === 1 && one.rho0 === 0 && one.rho1 === 0.5)!;
    const half: EventFunction = { value: (_, x) => x[0]! * x[3]! + x[1]! * x[4]! + x[2]! * x[5]! - 0.5, terminal: true };
    for (const form of [{ projection: onSpheres(3) }, { chart: sphereChart(3) }]) {
      const run = integrateAdaptive(tangent(attention(3, 3, 1), 3), equiangularTokens(3, 0), { ...tight, t1: 3, tableau, events: [half], ...form });
      expect(run.outcome.kind).toBe("event");
      expect(Math.abs(run.t - time)).toBeLessThan(1e-12);
    }
  });
});

describe("directions and endings", () => {
  const options = { ...tight, t1: 10, tableau: dormandPrince8 };

  test("rising and falling zeros are told apart, seen in the direction of the run", () => {
    const times = (direction: "rising" | "falling", t1: number): number[] =>
      integrateAdaptive(circle, [1, 0], { ...options, t1, events: [{ ...height, direction }] }).events.map(({ t }) => Math.round(t / Math.PI));
    expect(times("falling", 10)).toEqual([1, 3]);
    expect(times("rising", 10)).toEqual([2]);
    expect(times("rising", -10)).toEqual([-1, -3]);
    // Negative control: with the direction flipped, every one of these would be another list.
    expect(times("falling", -10)).not.toEqual(times("rising", -10));
  });

  test("a terminal event ends the run there: later events and times are not told", () => {
    const second: EventFunction = { value: (t) => t - 3.5, terminal: true };
    const run = integrateAdaptive(circle, [1, 0], { ...options, times: [3, 3.5, 4], events: [height, second, { value: (t) => t - 3.6 }] });
    expect(run.outcome.kind).toBe("event");
    expect(run.outcome.message).toMatch(/event 1 at t = 3\.5/);
    expect(run.t).toBe(3.5);
    expect(run.events.map(({ index }) => index)).toEqual([0, 1]);
    expect(run.observations.map(({ t }) => t)).toEqual([3, 3.5]);
    expect(run.y[0]).toBeCloseTo(Math.cos(3.5), 13);
  });

  test("events inside one step are told in the order of the run", () => {
    const at = (time: number): EventFunction => ({ value: (t) => t - time });
    const run = integrateAdaptive((_, __, out) => out.fill(1), [0], { t0: 0, t1: 1, relative: 1e-3, absolute: 1e-3, firstStep: 1, events: [at(0.7), at(0.2), at(0.5)] });
    expect(run.steps).toBe(1);
    expect(run.events.map(({ index }) => index)).toEqual([1, 2, 0]);
    expect(run.events.map(({ t }) => Math.abs(t - [0.2, 0.5, 0.7][run.events.findIndex((one) => one.t === t)]!) < 1e-15)).toEqual([true, true, true]);
  });

  test("a run that starts on the zero, or is restarted after its event, does not meet it again", () => {
    const terminal: EventFunction = { ...height, terminal: true };
    const first = integrateAdaptive(circle, [1, 0], { ...options, events: [terminal] });
    expect(first.t).toBeCloseTo(Math.PI, 12);
    const next = integrateAdaptive(circle, first.y, { ...options, t0: first.t, events: [terminal] });
    expect(next.t).toBeCloseTo(2 * Math.PI, 12);
  });

  test("a function that changes sign twice within a step is seen with a longest step", () => {
    const brief: EventFunction = { value: (t) => (t - 0.5) * (t - 0.5) - 1e-4 };
    const still = { t0: 0, t1: 1, relative: 1e-3, absolute: 1e-3, firstStep: 1, events: [brief] };
    const unit: Field = (_, __, out) => out.fill(1);
    expect(integrateAdaptive(unit, [0], still).events).toHaveLength(0);
    const seen = integrateAdaptive(unit, [0], { ...still, longestStep: 0.015 });
    expect(seen.events).toHaveLength(2);
    expect(seen.steps).toBeGreaterThanOrEqual(67);
  });

  test("a function that is not finite ends the run as diverged, with the last state", () => {
    const root: EventFunction = { value: (_, y) => (y[0]! > 0.5 ? y[0]! : Number.NaN) };
    const run = integrateAdaptive(circle, [1, 0], { ...options, events: [root] });
    expect(run.outcome.kind).toBe("diverged");
    expect(run.outcome.message).toMatch(/Event function 0 is not finite/);
    expect(run.y.every(Number.isFinite)).toBe(true);
    expect(integrateAdaptive(circle, [0, 1], { ...options, events: [root] }).outcome.kind).toBe("diverged");
  });

  test("a method without dense output is refused", () => {
    const bare = Object.fromEntries(Object.entries(dormandPrince5).filter(([name]) => name !== "dense")) as unknown as EmbeddedTableau;
    expect(() => integrateAdaptive(circle, [1, 0], { ...options, tableau: bare, events: [height] })).toThrow(/must have dense output/);
    expect(integrateAdaptive(circle, [1, 0], { ...options, tableau: bare, relative: 1e-9, absolute: 1e-9 }).outcome.kind).toBe("converged");
  });
});

describe.each(pairs)("$name: the dense solution", (tableau) => {
  test("errs little more than the steps, at every time", () => {
    for (const tolerance of [1e-6, 1e-9, 1e-12]) {
      const run = integrateAdaptive(circle, [1, 0], { t0: 0, t1: 10, relative: tolerance, absolute: tolerance, tableau, dense: true });
      let worst = 0;
      for (let t = 0; t <= 10; t += 0.01) worst = Math.max(worst, Math.abs(run.solution!(t)[0]! - Math.cos(t)));
      expect(worst).toBeLessThan(20 * tolerance);
      expect(run.solution!(10)).toEqual(run.y);
      expect([...run.solution!(0)]).toEqual([1, 0]);
    }
  });

  test("is continuous with its slope across steps, backwards too", () => {
    const run = integrateAdaptive(circle, [1, 0], { t0: 10, t1: 0, relative: 1e-7, absolute: 1e-7, tableau, dense: true });
    const step = 1e-4;
    let kink = 0;
    for (let t = step; t <= 10 - step; t += step) {
      const [before, here, after] = [t - step, t, t + step].map((time) => run.solution!(time)[0]!);
      kink = Math.max(kink, Math.abs((before! - 2 * here! + after!) / step ** 2));
    }
    // A jump of the slope by s shows as s / step in the second difference, whose true size is 1.
    expect(kink).toBeLessThan(1.1);
    expect(() => run.solution!(11)).toThrow(/t = 11/);
  });

  test("a terminal event ends it", () => {
    const run = integrateAdaptive(circle, [1, 0], { ...tight, t1: 10, tableau, dense: true, events: [{ ...height, terminal: true }] });
    expect(run.solution!(run.t)).toEqual(run.y);
    expect(run.solution!(3)[0]).toBeCloseTo(Math.cos(3), 12);
    expect(() => run.solution!(run.t + 1e-6)).toThrow(/Ask for a time that the run has reached/);
  });

  test("of an empty interval is the start, and none is kept unless asked for", () => {
    const run = integrateAdaptive(circle, [1, 2], { ...tight, t1: 0, tableau, dense: true });
    expect([...run.solution!(0)]).toEqual([1, 2]);
    expect(integrateAdaptive(circle, [1, 2], { ...tight, t1: 1, tableau }).solution).toBeUndefined();
  });
});
