import { kernelNames } from "@mesoscope/kernels";
import { describe, expect, it } from "vitest";
import { tell } from "../fixtures/world.js";

const real = new URL("../../dist/composition.js", import.meta.url).href;
const many = new URL("../fixtures/many-backends.mjs", import.meta.url).href;

describe("mesoscope backends", () => {
  it("lists the backends of the program, which pass their own check", async () => {
    const told = await tell("/", ["backends"], { catalogue: real });
    expect(told).toMatchObject({ status: 0, stderr: "" });
    expect(told.stdout).toMatch(/reference.*yes.*f64.*\(f64\).*passed \(\d+ checks?\)/);
    for (const kernel of kernelNames) expect(told.stdout).toContain(kernel);
  });

  it("says as JSON what each can do", async () => {
    const told = await tell("/", ["backends", "--json"], { catalogue: real });
    interface Listed {
      readonly name: string;
      readonly kernels: Readonly<Record<string, { readonly dtypes: readonly string[] }>>;
      readonly speed: readonly { readonly dtype: string; readonly pairsPerSecond: number }[];
    }
    const listed = JSON.parse(told.stdout) as readonly Listed[];
    const [first] = listed;
    for (const { speed } of listed.filter(({ name }) => name === "wasm" || name === "reference")) {
      expect(speed.length).toBeGreaterThan(0);
      for (const { pairsPerSecond } of speed) expect(pairsPerSecond).toBeGreaterThan(1e5);
    }
    expect(first).toMatchObject({ name: "wasm", available: true, default: true, id: "wasm", deterministic: true, selfCheck: { passed: true } });
    expect(Object.keys(first!.kernels).sort()).toEqual([...kernelNames].sort());
    for (const { dtypes } of Object.values(first!.kernels)) expect(dtypes.length).toBeGreaterThan(0);
  });

  it("says why one cannot be used, with its limits, and ends with 3 for a fault", async () => {
    const told = await tell("/", ["backends", "--json"], { catalogue: many });
    expect(told).toMatchObject({ status: 3, stderr: "" });
    expect(JSON.parse(told.stdout)).toMatchObject([
      { name: "reference", default: true, selfCheck: { passed: true } },
      { name: "small", default: false, deterministic: false, kernels: { "attention-drift": { maxTokens: 4096 } }, selfCheck: { passed: false } },
      { name: "old", available: false, why: expect.stringMatching(/backend "old" has backendVersion 0.*Install a newer release of this backend/) as string },
      { name: "missing", available: false, why: "gpu: there is none here. Use another." },
    ]);
  });

  it("shows them side by side, and closes what it opened", async () => {
    let stdout = "";
    const { closed } = (await import(many)) as { readonly closed: string[] };
    closed.length = 0;
    await tell("/", ["backends"], { catalogue: many, stdout: { write: (text) => (stdout += text), columns: 300 } });
    expect(stdout).toMatch(/small.*no.*f32.*failed: exp: off by 3 %\uFFFD\[31m/);
    expect(stdout).toMatch(/attention-drift.*│ f64 +│ f32; n <= 4096, d <= 64/);
    expect(stdout).toMatch(/harmonic-step.*│ f64 +│ no /);
    expect(closed).toEqual(expect.arrayContaining(["reference", "small"]));
  });

  it("closes what a run opened, also where the run is refused", async () => {
    const { closed } = (await import(many)) as { readonly closed: string[] };
    closed.length = 0;
    expect(await tell("/", ["run", "nothing-of-this-name"], { catalogue: many })).toMatchObject({ status: 2 });
    expect(closed).toEqual(["reference"]);
  });
});
