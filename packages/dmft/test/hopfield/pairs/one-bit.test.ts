import type { Prediction, Theory } from "@mesoscope/contracts";
import { describe, expect, test } from "vitest";
import { ONE_BIT_SYSTEM_NAMES, oneBitCriticalPair, oneBitNetwork, oneBitPair, oneBitSystems } from "../../../src/hopfield/index.js";
import { networkOf, reference } from "../cases.js";

const key = [0x5eed, 0x0006] as const;

/** Mean, standard deviation and standard error of entry `at` of a series of `length`. */
function entry(values: Float64Array, length: number, at: number): { mean: number; sd: number; error: number } {
  const count = values.length / length;
  let mean = 0;
  for (let r = 0; r < count; r++) mean += values[r * length + at]! / count;
  let square = 0;
  for (let r = 0; r < count; r++) square += (values[r * length + at]! - mean) ** 2;
  const sd = Math.sqrt(square / (count - 1));
  return { mean, sd, error: sd / Math.sqrt(count) };
}

async function predicted(theories: readonly Theory[], id: string, N: number): Promise<readonly Prediction[]> {
  return theories.find((theory) => theory.id === id)!.predict({ N }, {});
}

describe("named networks", () => {
  test("are those of the reference where it has them, and each can be made", () => {
    for (const name of ONE_BIT_SYSTEM_NAMES) {
      const network = oneBitNetwork(name);
      if (!Object.hasOwn(reference.systems, name)) continue;
      const { contextLength: L, beta, gamma, positionalWeight: eps, logitScale } = oneBitSystems[name];
      const same = networkOf(name, { L, beta, gamma, eps, ...(logitScale === undefined ? {} : { logit_scale: logitScale }) });
      expect(network).toEqual(same);
    }
    expect(oneBitNetwork("paper3").sharpness).toBeCloseTo(127.01705922171769, 12);
  });
});

describe("theories of the pair one-bit against its samples", () => {
  // 3.9 standard errors each (1e-4); fixed seed.
  test("published chaos, N = 150,000, twelve tokens: the mean has the 1/N shift, the spread is linear noise; without the shift the limit is caught", async () => {
    const instance = oneBitPair().at({ tokens: 12, every: 2, start: "window", window: [0.3, 0.25, -0.4, 0.1, -0.2, 0.35, -0.15, 0.4, 0.2, 0.05, -0.1, 0.3] });
    const [N, count] = [150_000, 20_000];
    const { values } = await instance.sample({ N }, { key, from: 0, count }, {});
    const corrected = await predicted(instance.theories, "corrected", N);
    const limit = await predicted(instance.theories, "limit", N);
    let caught = 0;
    for (const [a, { observable, value, spread }] of corrected.entries()) {
      for (let i = 0; i < 6; i++) {
        const { mean, sd, error } = entry(values[observable]!, 6, i);
        // What is left is of the next order in 1/N: a tenth of the shift here.
        const shift = Math.abs(value[i]! - limit[a]!.value[i]!);
        expect(Math.abs(mean - value[i]!)).toBeLessThan(3.9 * error + 0.15 * shift);
        expect(Math.abs(sd / spread![i]! - 1)).toBeLessThan(0.1);
        if (Math.abs(mean - limit[a]!.value[i]!) > 3.9 * error) caught += 1;
      }
    }
    expect(caught).toBeGreaterThan(9);
  });

  test("enumeration and samples agree where both are exact, and corrections close most of the gap to the limit", async () => {
    const instance = oneBitPair().at({ system: "hop1", tokens: 6 });
    const [N, count] = [100, 20_000];
    const { values } = await instance.sample({ N }, { key, from: 0, count }, {});
    const [[exact], [corrected], [limit]] = (await Promise.all(["exact", "corrected", "limit"].map((id) => predicted(instance.theories, id, N)))) as [Prediction[], Prediction[], Prediction[]];
    for (let i = 0; i < 6; i++) {
      const { mean, sd, error } = entry(values["overlap-1"]!, 6, i);
      expect(Math.abs(mean - exact!.value[i]!)).toBeLessThan(3.9 * error);
      expect(Math.abs(sd / exact!.spread![i]! - 1)).toBeLessThan(3.9 / Math.sqrt(2 * count) + 0.005);
      expect(Math.abs(corrected!.value[i]! - exact!.value[i]!)).toBeLessThan(0.2 * Math.abs(limit!.value[i]! - exact!.value[i]!) + 1e-12);
    }
  });

  test("weights that do not divide N: corrected takes the rounded classes, the meter of the limit shows the shift", async () => {
    const instance = oneBitPair().at({ system: "mix", tokens: 4 });
    const [N, count] = [1004, 20_000];
    const { values } = await instance.sample({ N }, { key, from: 0, count }, {});
    for (const { observable, value } of await predicted(instance.theories, "corrected", N)) {
      for (let i = 0; i < 4; i++) {
        const { mean, error } = entry(values[observable]!, 4, i);
        expect(Math.abs(mean - value[i]!)).toBeLessThan(3.9 * error + 2e-5);
      }
    }
    const shifted = instance.theories[0]!.applies({ N: 1004 }).meters[0]!;
    expect(shifted.value).toBeGreaterThan(0);
    expect(instance.theories[0]!.applies({ N: 1000 }).meters[0]!.value).toBe(0);
    const off = (await predicted(instance.theories, "corrected", 12))[0]!;
    const nominal = (await predicted(oneBitPair().at({ system: "mix", tokens: 4, classSizes: "quenched" }).theories, "limit", 12))[0]!;
    expect(off.value).not.toEqual(nominal.value);
  });

  test("drawn class sizes: the spread has their part", async () => {
    const parameters = { system: "mix", tokens: 4 };
    const instance = oneBitPair().at({ ...parameters, classSizes: "quenched" });
    const [N, count] = [4000, 4000];
    const { values } = await instance.sample({ N }, { key, from: 0, count }, {});
    const quenched = await predicted(instance.theories, "corrected", N);
    const stratified = await predicted(oneBitPair().at(parameters).theories, "corrected", N);
    let apart = 0;
    for (const [a, { observable, value, spread }] of quenched.entries()) {
      for (let i = 0; i < 4; i++) {
        const { mean, sd, error } = entry(values[observable]!, 4, i);
        expect(Math.abs(mean - value[i]!)).toBeLessThan(3.9 * error + 1e-4);
        expect(Math.abs(sd / spread![i]! - 1)).toBeLessThan(3.9 / Math.sqrt(2 * count) + 0.01);
        apart = Math.max(apart, Math.abs(stratified[a]!.spread![i]! / spread![i]! - 1));
      }
    }
    // Negative control: linear noise alone would be seen to be wrong.
    expect(apart).toBeGreaterThan(0.15);
  });

  test("horizons: the token before linear noise passes the tolerance; more bits see farther; a stable orbit has none", async () => {
    const horizon = async (N: number, horizonTolerance: number): Promise<number> => (await predicted(oneBitPair().at({ tokens: 80, horizonTolerance }).theories, "limit", N))[0]!.horizon!;
    const horizons = await Promise.all([3e4, 3e6, 3e8, 3e10].map((N) => horizon(N, 0.1)));
    expect(horizons.every((one, i) => i === 0 || one > horizons[i - 1]!)).toBe(true);
    expect(await horizon(3e6, 0.1)).toBe(await horizon(3e8, 0.01));
    expect((await predicted(oneBitPair().at({ beta: 0.8, tokens: 80 }).theories, "limit", 3e4))[0]!.horizon).toBe(80);
  });

  test("what is too large to enumerate is refused with its cost and the method to use instead", () => {
    const exact = (parameters: Record<string, string | number>, N: number): unknown => oneBitPair().at(parameters).theories.find(({ id }) => id === "exact")!.applies({ N });
    expect(exact({}, 300)).toMatchObject({ applies: false, reason: expect.stringContaining("probabilities (at most 1e7)") as string, remedy: expect.stringContaining("samples, which are exact") as string });
    expect(exact({ system: "hop1", tokens: 100_000 }, 100)).toMatchObject({ applies: false, reason: expect.stringContaining("multiplications") as string });
    expect(exact({ system: "hop1", classSizes: "quenched" }, 10)).toMatchObject({ applies: false });
    expect(exact({ system: "hop1", start: "attractor" }, 10)).toMatchObject({ applies: false, reason: expect.stringContaining("no window of tokens") as string });
  });
});

describe("transitions of the pair one-bit-critical", () => {
  test("each is a point of the pair at which a single law collapses", async () => {
    const pair = oneBitCriticalPair();
    for (const { parameter, at, where, observable, exponents } of pair.transitions!) {
      const scaled = async (N: number): Promise<number> => {
        const instance = pair.at({ ...where, [parameter]: at + 0.3 * N ** -exponents.width });
        const [second] = await predicted(instance.theories, "corrected", N);
        expect(second!.observable).toBe(observable);
        return second!.value[0]! * N ** exponents.value;
      };
      const [small, large] = [await scaled(3e8), await scaled(3e10)];
      expect(large / small).toBeCloseTo(1, 2);
    }
  });

  test("flip and pitchfork are each other's mirror: the same bytes, token by token reversed", async () => {
    const [pitchfork, flip] = await Promise.all(["pitchfork", "flip"].map((point) => oneBitCriticalPair().at({ point }).sample({ N: 400 }, { key, from: 0, count: 3 }, {})));
    expect(flip!.values).toEqual(pitchfork!.values);
  });
});
