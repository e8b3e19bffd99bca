import { pairLaws, type Pair, type Parameters } from "@mesoscope/contracts";
import { compare, runSerially } from "@mesoscope/finite-size";
import { referenceBackend } from "@mesoscope/kernels";
import { studyOfPair } from "@mesoscope/studies";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { tell, temporaryFolder } from "../fixtures/world.js";

interface Example {
  readonly default: Pair;
  magnetisationLaw(parameters: Point, N: number): { readonly values: Float64Array; readonly probabilities: Float64Array };
  limitMagnetisation(parameters: Point): number;
  corrections(parameters: Point): { readonly m: number; readonly susceptibility: number; readonly shift: number; readonly shiftOfSquare: number };
  uniform(key: readonly [number, number], replica: number): number;
}
interface Point {
  readonly K: number;
  readonly h: number;
}

const path = fileURLToPath(new URL("../../../../examples/my-pair.mjs", import.meta.url));
const example = (await import(path)) as Example;
const pair = example.default;

/** Exact moments by enumeration over the number of spins that point up. */
function momentsAt(point: Point, N: number): { readonly m: number; readonly m2: number } {
  const { values, probabilities } = example.magnetisationLaw(point, N);
  const sum = (power: (m: number) => number): number => values.reduce((total, value, k) => total + power(value) * probabilities[k]!, 0);
  return { m: sum((m) => m), m2: sum((m) => m * m) };
}

const points: readonly Point[] = [{ K: 0.5, h: 0.2 }, { K: 0.9, h: 0.1 }, { K: 1.2, h: 0.3 }, { K: 2, h: -0.5 }, { K: 0.5, h: 0 }];

describe("examples/my-pair.mjs, the Curie-Weiss magnet", () => {
  it("imports nothing", () => {
    expect(readFileSync(path, "utf8")).not.toMatch(/^\s*import\b|\bimport\(|\brequire\(/m);
  });

  it("enumerates the law of the magnetisation: four spins by hand", () => {
    const { values, probabilities } = example.magnetisationLaw({ K: 0.7, h: 0.2 }, 4);
    const weights = [1, 4, 6, 4, 1].map((ways, k) => ways * Math.exp(4 * (0.35 * values[k]! * values[k]! + 0.2 * values[k]!)));
    const total = weights.reduce((a, b) => a + b, 0);
    expect([...values]).toEqual([-1, -0.5, 0, 0.5, 1]);
    weights.forEach((weight, k) => {
      expect(probabilities[k]).toBeCloseTo(weight / total, 14);
    });
  });

  it.each(points)("solves m = tanh(K m + h) at %j", (point) => {
    const m = example.limitMagnetisation(point);
    expect(Math.abs(m - Math.tanh(point.K * m + point.h))).toBeLessThan(1e-15);
    expect(Math.sign(m)).toBe(Math.sign(point.h));
  });

  it.each(points)("has the shift c/N of the exact mean, and of the mean square, with an error of order 1/N^2 at %j", (point) => {
    const { m, shift, shiftOfSquare } = example.corrections(point);
    const left = (N: number): readonly number[] => {
      const exact = momentsAt(point, N);
      return [exact.m - m - shift / N, exact.m2 - m * m - shiftOfSquare / N];
    };
    const [coarse, fine] = [left(2048), left(4096)];
    coarse.forEach((error, i) => {
      if (Math.abs(error) < 1e-13) return;
      // Doubling N divides an error of order N^-2 by four.
      expect(error / fine[i]!).toBeGreaterThan(3.7);
      expect(error / fine[i]!).toBeLessThan(4.3);
    });
  });

  it("would notice a wrong shift: without the cubic term the error is of order 1/N", () => {
    const point = { K: 0.9, h: 0.1 };
    const { m, susceptibility } = example.corrections(point);
    const wrong = (N: number): number => momentsAt(point, N).m - m - (susceptibility * m) / (1 - m * m) / N;
    expect(wrong(2048) / wrong(4096)).toBeLessThan(2.2);
  });

  it("draws by Threefry: the published answer for key 0 and counter 0", () => {
    expect(example.uniform([0, 0], 0)).toBe(((0x6b200159 >>> 5) * 67108864 + (0x99ba4efe >>> 6)) / 9007199254740992);
  });

  it.each(pairLaws(pair, { K: 0.9, h: 0.1 }, { N: 32 }).map((law) => [law.name, law] as const))("keeps the law %s", async (_, law) => {
    await expect(law.check()).resolves.toBeUndefined();
  });

  it("samples the exact law: mean and mean square within five standard errors at 4,000 replicas", async () => {
    const point = { K: 1.2, h: 0.3 };
    const count = 4000;
    const { values } = await pair.at({ ...point }).sample({ N: 64 }, { key: [7, 11], from: 0, count }, {});
    const exact = momentsAt(point, 64);
    const mean = values["m"]!.reduce((a, b) => a + b, 0) / count;
    const standardError = Math.sqrt((exact.m2 - exact.m * exact.m) / count);
    expect(Math.abs(mean - exact.m)).toBeLessThan(5 * standardError);
    expect(Math.abs(mean - exact.m)).toBeGreaterThan(0);
  });

  it("says where its theories do not speak: no correction at the transition, no limit where there are two states", () => {
    const atTransition = pair.at({ K: 1, h: 0 }).theories;
    expect(atTransition.map(({ id }) => id)).toEqual(["limit", "critical"]);
    expect(atTransition.map((theory) => theory.applies({ N: 64 }).applies)).toEqual([true, true]);
    for (const theory of pair.at({ K: 1.5, h: 0 }).theories) {
      expect(theory.applies({ N: 64 })).toMatchObject({ applies: false, reason: expect.stringMatching(/two states/) as string, remedy: expect.stringMatching(/Give a field/) as string });
    }
  });
});

describe("the magnet at its transition", () => {
  const point = { K: 1, h: 0 };
  /** Exact mean of |m|^power. */
  const exact = (N: number, power: number): number => {
    const { values, probabilities } = example.magnetisationLaw(point, N);
    return values.reduce((total, value, k) => total + Math.abs(value) ** power * probabilities[k]!, 0);
  };

  it("has the moments of exp(-x^4 / 12) on the scale N^(-1/4), with an error that falls like N^(-1/2)", async () => {
    for (const [observable, power, scale] of [["modulus", 1, 0.25], ["m2", 2, 0.5]] as const) {
      const off: number[] = [];
      for (const N of [4096, 65_536]) {
        const [, critical] = pair.at({ ...point }).theories;
        const predicted = (await critical!.predict({ N }, {})).find((one) => one.observable === observable)!.value[0]!;
        off.push((exact(N, power) - predicted) * N ** scale);
      }
      // Sixteen times N: a fourth of the error.
      expect(off[0]! / off[1]!).toBeGreaterThan(3.5);
      expect(off[0]! / off[1]!).toBeLessThan(4.5);
    }
  });

  it("is approached as N^(-1/4), not as 1/N: the exponent of the exact modulus", () => {
    expect(Math.log(exact(1024, 1) / exact(4096, 1)) / Math.log(4)).toBeCloseTo(0.25, 3);
  });

  it("is found by the study: exponents within their intervals, with the prediction inside", async () => {
    const backend = referenceBackend();
    const exponents = async (parameters: Parameters): Promise<Readonly<Record<string, { readonly interval: string; readonly predicted: number; readonly inside: string }>>> => {
      const { tables } = await studyOfPair(pair).run({ level: "default", seed: "spins", parameters: { tolerance: 0.05, scan: 0, controls: 0, ...parameters }, runCells: runSerially({ [pair.id]: pair }), backend, context: {} });
      const { rows } = tables.find(({ id }) => id === "scaling")!;
      return Object.fromEntries(rows.map(([observable, quantity, theory, , interval, predicted, inside]) => [`${String(observable)} ${String(quantity)} ${String(theory)}`, { interval: String(interval), predicted: Number(predicted), inside: String(inside) }]));
    };
    const critical = await exponents({ K: 1, h: 0, absolute: 0.02, replicas: 2000, sizes: [64, 256, 1024, 4096, 16_384] });
    expect(critical["|m| deviation of the mean mean field"]).toMatchObject({ predicted: 0.25, inside: "yes" });
    expect(critical["m² deviation of the mean mean field"]).toMatchObject({ predicted: 0.5, inside: "yes" });
    expect(critical["|m| spread critical scaling"]).toMatchObject({ predicted: 0.25, inside: "yes" });
    // The known-wrong reading, a bias of 1/N at the transition, lies far outside.
    expect(Number(/, ([\d.]+)\]/.exec(critical["|m| deviation of the mean mean field"]!.interval)![1])).toBeLessThan(0.5);
  });

  it("falls as 1/N below it: the predicted exponent lies in at least eight of ten intervals of 95 % (chance of fewer: 1.2 %)", async () => {
    let inside = 0;
    for (let seed = 0; seed < 10; seed++) {
      const { statements } = await compare(
        pair,
        { K: 0.9, h: 0.1 },
        { axis: "N", sizes: [64, 128, 256, 512, 1024], replicas: 2000, block: 2000 },
        { seed, tolerance: { relative: 0.05 }, level: 0.05, confidence: 0.95, resamples: 199, observables: ["m"], runCells: runSerially({ [pair.id]: pair }) },
      );
      const [low, high] = statements[0]!.exponent!.interval;
      if (low <= 1 && high >= 1) inside += 1;
    }
    expect(inside).toBeGreaterThanOrEqual(8);
  });
});

describe("mesoscope run on a stranger's module", () => {
  it("makes the same bytes wherever the module lies and the command is called; the place is in the run note alone", async () => {
    const folder = temporaryFolder();
    const bytes: string[] = [];
    const words = ["--level", "quick", "--workers", "1", "--set", "sizes=32"];
    for (const [place, named] of [["here", "my-pair.mjs"], ["there", "../deep/er/my-pair.mjs"], ["study", "../deep/study.yaml"]] as const) {
      const [cwd, module] = [join(folder.path, place), join(folder.path, place === "here" ? "here" : "deep/er", "my-pair.mjs")];
      for (const made of [cwd, dirname(module)]) mkdirSync(made, { recursive: true });
      copyFileSync(path, module);
      if (place === "study") writeFileSync(join(folder.path, "deep/study.yaml"), "pair: ./er/my-pair.mjs\n");
      expect(await tell(cwd, ["run", named, ...words])).toMatchObject({ status: 0, stderr: expect.not.stringContaining("failed") as string });
      bytes.push(readFileSync(join(cwd, "reports/records/curie-weiss.record.json"), "utf8"));
      expect(JSON.parse(readFileSync(join(cwd, "reports/records/curie-weiss.run.json"), "utf8"))).toMatchObject({ module });
    }
    expect(bytes[0]).toContain(`"command":"mesoscope run ./my-pair.mjs --level quick --seed 1 --set 'sizes=[32]'"`);
    expect(bytes[1]).toBe(bytes[0]);
    expect(bytes[2]).toBe(bytes[0]);
    folder.remove();
  });

  it.each([
    ["while its laws are checked", "process.exit(0);", 2, /pair "curie-weiss" while its laws were checked: no answer came from its worker \(worker exited with code: 0\)/],
    ["while it is sampled", "if (N === 64) process.exit(0);", 3, /curie-weiss: pair "curie-weiss" at N = 64, replicas 0 to \d+: no answer came from its worker .*it ran with level quick, seed 1, K = 0\.9/],
    ["out of a callback", "if (N === 64) { setTimeout(() => { throw new Error('late'); }); await new Promise(() => undefined); }", 3, /at N = 64, replicas 0 to \d+: no answer came from its worker \(late\)/],
  ])("tells of a pair that ends its process %s, and does not end with it", async (_, line, status, message) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder.path, "pair.mjs"), readFileSync(path, "utf8").replace("const { N } = size;", `const { N } = size; ${line}`));
    const told = await tell(folder.path, ["run", "./pair.mjs", "--level", "quick", "--workers", "1", "--set", "sizes=32,64"]);
    expect(told.stderr).toMatch(message);
    expect(told.status).toBe(status);
    folder.remove();
  });

  it("can be stopped while a law never ends", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder.path, "pair.mjs"), readFileSync(path, "utf8").replace("const { N } = size;", "for (;;);"));
    const told = await tell(folder.path, ["run", "./pair.mjs"], { signal: AbortSignal.timeout(300) });
    expect(told).toEqual({ status: 130, stdout: "", stderr: "interrupted; what was finished is kept\n" });
    folder.remove();
  });

  it("refuses another pairVersion, with what to do", async () => {
    const folder = temporaryFolder();
    const changed = readFileSync(path, "utf8").replace("pairVersion: 1", "pairVersion: 2");
    writeFileSync(join(folder.path, "next.mjs"), changed);
    const told = await tell(folder.path, ["run", "./next.mjs"]);
    expect(told.status).toBe(2);
    expect(told.stderr).toContain("./next.mjs: pairVersion is 2; this Mesoscope runs pairs of version 1 and no other. Install a Mesoscope that runs version 2");
    folder.remove();
  });

  it.each([
    ["no default export", "export const pair = 1;", /it has no default export/],
    ["a syntax error", "export default {", /it cannot be imported as a JavaScript module \(/],
    ["what is no pair", "export default 3;", /it is number; a pair is an object/],
    ["an id that leads outside", readFileSync(path, "utf8").replace('id: "curie-weiss"', 'id: "../evil"'), /id is "\.\.\/evil"; an id names files/],
    ["an instance that forgets the key", readFileSync(path, "utf8").replace("uniform(key, from + r)", "uniform([1, 2], from + r)"), /law "another key, other replicas". Use both words of the key/],
    ["replicas that depend on their batch", readFileSync(path, "utf8").replace("uniform(key, from + r)", "uniform(key, r)"), /law "replica alone or in a batch"/],
    ["sizes that do not exist", readFileSync(path, "utf8").replace(/if \(!hasOnlyN.*\n/, ""), /law "(shape|refusal of impossible sizes)"/],
    ["an error while sampled", readFileSync(path, "utf8").replace("const { N } = size;", 'const { N } = size; if (N > 1) throw new TypeError("oops");'), /while its law "shape" was checked: it threw TypeError: oops/],
  ])("refuses a module with %s", async (_, text, message) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder.path, "pair.mjs"), text);
    const told = await tell(folder.path, ["run", "./pair.mjs"]);
    expect(told.stderr).toMatch(message);
    expect(told.status).toBe(2);
    folder.remove();
  });
});
