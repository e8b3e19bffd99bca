import { logGamma } from "@mesoscope/special-functions";
import { describe, expect, test } from "vitest";
import { departureLaw, doubleModeVariance, effectiveThreshold, expectedClusterCount, firstDepartureLaw, growthRate, landauCoefficients, modeSelection, rivalAsymptotics, saturationOrZero } from "../../src/index.js";
import { fixture, relativeError } from "../fixtures.js";

const table = fixture("laws");
const reference = fixture("reference");
const EULER = 0.5772156649015329;

describe("departure law of one mode", () => {
  test("mean, deviation, quantiles and atom against integration by mpmath", () => {
    for (const row of table.departures) {
      const law = departureLaw(row);
      expect(relativeError(law.rate, row.rate)).toBeLessThan(1e-13);
      expect(Math.abs(law.saturation - row.g)).toBeLessThan(1e-13);
      expect(relativeError(law.mean, row.mean)).toBeLessThan(1e-10);
      expect(relativeError(law.sd, row.sd)).toBeLessThan(1e-9);
      expect(Math.abs(law.atom - row.atom)).toBeLessThan(1e-12);
      expect(law.numericalError).toBeLessThan(1e-9);
      for (const [i, p] of [0.05, 0.5, 0.95].entries()) expect(Math.abs(law.quantile(p) - row.quantiles[i]!)).toBeLessThan(1e-10);
    }
  });

  test("far from the atom it is a Gumbel law: 0.5772 and 0.6413", () => {
    const law = departureLaw({ flow: "USA", beta: 0.5, d: 2, k: 1, n: 1e6, r: 0.2 });
    const gamma = growthRate(1, { flow: "USA", beta: 0.5, d: 2 });
    expect(law.mean).toBeCloseTo((Math.log(1e6 * (0.04 / 0.96)) + EULER) / (2 * gamma), 12);
    expect(law.sd * gamma).toBeCloseTo(Math.PI / (2 * Math.sqrt(6)), 12);
    expect(law.atom).toBe(0);
  });

  test("cdf, survival, quantile and density are of one law", () => {
    for (const row of table.departures) {
      const law = departureLaw(row);
      for (const p of [0.2, 0.6, 0.95]) {
        if (p <= law.atom) expect(law.quantile(p)).toBe(0);
        else expect(law.cdf(law.quantile(p))).toBeCloseTo(p, 11);
      }
      const t = law.mean + 0.3 * law.sd;
      const h = 1e-4 * law.sd;
      expect(relativeError(law.density(t), (law.cdf(t + h) - law.cdf(t - h)) / (2 * h))).toBeLessThan(1e-5);
      expect(law.cdf(-1)).toBe(0);
      expect(law.survival(-1)).toBe(1);
      expect(law.cdf(0)).toBeCloseTo(law.atom, 15);
    }
  });

  test("refusals", () => {
    const base = { flow: "USA", beta: 0.5, d: 2, k: 1, n: 100, r: 0.2 } as const;
    expect(() => departureLaw({ ...base, r: 1.2 })).toThrow(/r = 1.2/);
    expect(() => departureLaw({ ...base, n: -3 })).toThrow(/n = -3/);
    expect(() => departureLaw({ ...base, beta: -1, k: 2 })).toThrow(/k = 2: must be a growing mode/);
    expect(() => departureLaw({ ...base, beta: 1e400 })).toThrow(/beta = Infinity/);
  });
});

describe("Landau coefficients", () => {
  test("reference cases", () => {
    for (const { mode, beta, k, g, B } of reference.landau.cases) {
      const { saturation, doubling } = landauCoefficients(k, { flow: mode, beta, d: 2 });
      expect(relativeError(saturation, g)).toBeLessThan(1e-12);
      expect(relativeError(doubling!, B)).toBeLessThan(1e-12);
    }
  });

  test("beta -> 0 joins the formula of beta = 0 in the plane: g = 1 for SA too", () => {
    expect(landauCoefficients(1, { flow: "SA", beta: 1e-7, d: 2 }).saturation).toBeCloseTo(1, 6);
    expect(landauCoefficients(1, { flow: "SA", beta: 0, d: 2 }).saturation).toBe(1);
  });

  test("where the double is not slaved it is refused, and taken as linear by saturationOrZero", () => {
    expect(() => landauCoefficients(1, { flow: "SA", beta: 20, d: 2 })).toThrow(/k = 1: must outgrow half of its double/);
    expect(saturationOrZero(1, { flow: "SA", beta: 20, d: 2 })).toBe(0);
    expect(saturationOrZero(2, { flow: "SA", beta: 3, d: 3 })).toBe(0);
    expect(() => landauCoefficients(2, { flow: "SA", beta: 3, d: 3 })).toThrow(/d = 3/);
    expect(() => effectiveThreshold(0.9, 2)).toThrow(/r = 0.9/);
  });
});

describe("race of modes", () => {
  test("mean, deviation and winners against integration by mpmath", () => {
    for (const row of table.races) {
      const race = { ...row, d: 2 } as const;
      const law = firstDepartureLaw(race);
      expect(relativeError(law.mean, row.mean)).toBeLessThan(1e-9);
      expect(relativeError(law.sd, row.sd)).toBeLessThan(1e-8);
      expect(law.numericalError).toBeLessThan(1e-8 * law.mean);
      const selection = modeSelection(race);
      expect(selection.map(({ k }) => k)).toEqual(row.modes);
      for (const [i, { probability, numericalError }] of selection.entries()) {
        expect(Math.abs(probability - row.wins[i]!)).toBeLessThan(1e-9);
        expect(numericalError).toBeLessThan(1e-8);
      }
      for (const p of [0.05, 0.5, 0.95]) expect(law.cdf(law.quantile(p))).toBeCloseTo(p, 10);
    }
  });

  test("beta = 5, n = 1024, r = 0.2: 13.8, 53.1, 30.5 and 2.6 % for k = 2..5", () => {
    const won = modeSelection({ flow: "USA", beta: 5, d: 2, n: 1024, r: 0.2, modes: [1, 2, 3, 4, 5, 6, 7], saturation: "linear" });
    const percent = (k: number): number => 100 * won.find((selection) => selection.k === k)!.probability;
    expect(percent(2)).toBeCloseTo(13.8, 1);
    expect(Math.abs(percent(3) - 53.1)).toBeLessThan(0.1);
    expect(Math.abs(percent(4) - 30.5)).toBeLessThan(0.1);
    expect(percent(5)).toBeCloseTo(2.6, 1);
  });

  test("probabilities add up to one, and the first is earlier than each", () => {
    for (const flow of ["SA", "USA"] as const) {
      for (const n of [30, 1000, 1e6]) {
        const race = { flow, beta: 3, d: 2, n, r: 0.3, modes: [1, 2, 3, 4] };
        const total = modeSelection(race).reduce((sum, { probability }) => sum + probability, 0);
        expect(total).toBeCloseTo(1, 8);
        const law = firstDepartureLaw(race);
        for (const mode of law.modes) expect(law.mean).toBeLessThan(mode.mean);
      }
    }
  });

  test("a single mode has no rivals", () => {
    const setting = { flow: "USA", beta: 2, d: 2, n: 500, r: 0.2 } as const;
    const alone = departureLaw({ ...setting, k: 2, saturation: 0 });
    const race = firstDepartureLaw({ ...setting, modes: [2], saturation: "linear" });
    expect(race.mean).toBeCloseTo(alone.mean, 9);
    expect(race.sd).toBeCloseTo(alone.sd, 9);
  });

  test("the integral tends to Gamma(1 + 1/a) M^{-(1 - a)/a}, slowly", () => {
    const ratio = growthRate(1, { flow: "SA", beta: 2, d: 2 }) / growthRate(2, { flow: "SA", beta: 2, d: 2 });
    const miss = [1e4, 1e8, 1e14].map((n) => {
      const rival = modeSelection({ flow: "SA", beta: 2, d: 2, n, r: 0.2, modes: [1, 2], saturation: "linear" })[0]!.probability;
      return rival / rivalAsymptotics(ratio, n * 0.04) - 1;
    });
    expect(Math.abs(miss[1]!)).toBeLessThan(Math.abs(miss[0]!));
    expect(Math.abs(miss[2]!)).toBeLessThan(2e-4);
  });

  test("modes that do not grow are left out; none growing is refused", () => {
    const base = { flow: "SA", d: 2, n: 100, r: 0.2 } as const;
    expect(modeSelection({ ...base, beta: -4, modes: [1, 2, 3, 4] }).map(({ k }) => k)).toEqual([1, 3]);
    expect(() => firstDepartureLaw({ ...base, beta: -4, modes: [2, 4] })).toThrow(/modes = Array of length 2: must contain a growing mode/);
  });
});

describe("noise of the free double mode", () => {
  const base = { flow: "USA", beta: 0.5, d: 2, k: 1, r: 0.5 } as const;

  test("it falls like n^{a - 1}, a = gamma_2k / gamma_k", () => {
    const a = growthRate(2, base) / growthRate(1, base);
    const [small, large] = [1e11, 1e15].map((n) => doubleModeVariance({ ...base, n })!);
    expect(Math.log(large! / small!) / Math.log(1e4)).toBeCloseTo(a - 1, 2);
  });

  test("against integration over the law of T", () => {
    const departure = { ...base, n: 256 };
    const law = departureLaw({ ...departure });
    const [one, two] = [growthRate(1, base), growthRate(2, base)];
    // Midpoints in p of E[(e^{gamma_2 T} - 1)^2]; the law continued to negative times.
    const points = 200_000;
    let square = 0;
    for (let i = 0; i < points; i++) {
      const t = (Math.log(law.growth) - Math.log(-Math.log((i + 0.5) / points))) / (2 * one);
      square += Math.expm1(two * t) ** 2 / points;
    }
    const expected = ((two / 2 - one) ** 2 * square) / (2 * 256 * one ** 2 * two ** 2);
    expect(relativeError(doubleModeVariance(departure)!, expected)).toBeLessThan(0.01);
  });

  test("coupling of SA: with the slaved double it gives the quadratic part of g", () => {
    // g gamma = -c B + gamma r1 (1 - r1): the last term is the direct cubic one.
    const model = { flow: "SA", beta: 0.7, d: 2 } as const;
    const { saturation, doubling } = landauCoefficients(1, model);
    const n = 1000;
    const law = departureLaw({ ...model, k: 1, n, r: 0.3 });
    const double = growthRate(2, model);
    const a = double / law.rate;
    const square = gammaOf(1 - a) * law.growth ** a - 2 * gammaOf(1 - a / 2) * law.growth ** (a / 2) + 1;
    const coupling = Math.sqrt((doubleModeVariance({ ...model, k: 1, n, r: 0.3 })! * 2 * n * law.rate ** 2 * double ** 2) / square);
    // r1 at d = 2 is gamma_1 beta.
    const r1 = law.rate * 0.7;
    expect((coupling * doubling!) / law.rate + r1 * (1 - r1)).toBeCloseTo(saturation, 10);
  });

  test("no correction where it would not be small", () => {
    expect(doubleModeVariance({ flow: "SA", beta: 20, d: 2, k: 2, n: 100, r: 0.2 })).toBeUndefined();
    expect(doubleModeVariance({ flow: "SA", beta: 0, d: 2, k: 1, n: 100, r: 0.2 })).toBe(0);
    expect(doubleModeVariance({ flow: "SA", beta: 1, d: 3, k: 1, n: 100, r: 0.2 })).toBeUndefined();
  });
});

describe("number of clusters", () => {
  test("reference cases", () => {
    for (const { beta, T_usa_times_gamma_max: growth, value } of reference.kac_rice.cases) {
      const rates = Array.from({ length: 60 }, (_, i) => growthRate(i + 1, { flow: "USA", beta, d: 2 }));
      expect(relativeError(expectedClusterCount({ flow: "USA", beta, time: growth / Math.max(...rates) }), value)).toBeLessThan(1e-9);
    }
  });

  test("sqrt(3 beta / 2) at the beginning for large beta", () => {
    expect(expectedClusterCount({ flow: "SA", beta: 5000, time: 0 }) / Math.sqrt(7500)).toBeCloseTo(1, 3);
  });
});

function gammaOf(x: number): number {
  return Math.exp(logGamma(x));
}
