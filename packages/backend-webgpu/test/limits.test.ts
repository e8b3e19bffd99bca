/** @file What is refused before the device is asked, and how work is cut up. */
import { kernelNames, type KernelName, type KernelParameters } from "@mesoscope/kernels";
import { describe, expect, test } from "vitest";
import { backendOn } from "../src/backend.js";
import { fakeGpu } from "./fake-gpu.js";

const paper = (options?: Parameters<typeof fakeGpu>[0]): ReturnType<typeof fakeGpu> & { backend: ReturnType<typeof backendOn> } => {
  const fake = fakeGpu(options);
  return { ...fake, backend: backendOn({ device: fake.device, name: "a GPU of paper" }) };
};

test("f64 is refused with the reason", async () => {
  const { backend } = paper();
  expect(() => backend.alloc("f64", [1])).toThrow(/computes in f32 only, since WGSL has no f64\. Ask for "f32", or take the wasm/);
  await expect(backend.prepare("exp", { batch: 1, n: 1 }, "f64")).rejects.toThrow(/is offered in f32 here, not in f64/);
});

test("weights that only a double can hold are refused, with two ways out", async () => {
  const { backend } = paper();
  const p = { batch: 1, n: 4, d: 3, flow: "USA", beta: 100 } as const;
  await expect(backend.prepare("attention-drift", p)).rejects.toThrow(/beta = 100 in f32: the sum of 4 weights .* overflows a float for shift = 0\. .*give shift = sign\(beta\); or compute in f64/);
  await expect(backend.prepare("attention-drift", { ...p, shift: 1 })).resolves.toBeDefined();
  await expect(backend.prepare("interaction-sums", { batch: 1, n: 4, d: 3, beta: -100 })).rejects.toMatchObject({ code: "unsupported" });
});

const drift = { batch: 1, n: 9, d: 3, flow: "SA", beta: 1 } as const;
const general = { batch: 1, n: 9, m: 9, d: 3, e: 3, flow: "SA", beta: 1 } as const;
const tooMuch: { readonly [K in KernelName]?: readonly KernelParameters[K][] } = {
  "attention-drift": [{ ...drift, n: 600_000 }, { ...drift, d: 4097 }, { ...drift, n: 100_000, d: 4096 }],
  "attention-step": [{ ...drift, dt: 0.1, tableau: { a: Array.from({ length: 17 }, () => []), b: new Array<number>(17).fill(1) } }],
  attention: [{ ...general, m: 600_000 }, { ...general, e: 4097 }],
  "harmonic-moments": [{ batch: 1, n: 1, order: 10_000 }],
  "row-softmax": [{ batch: 1, n: 1, m: 2 ** 20 }],
  matmul: [{ batch: 1, m: 1, k: 20_000, n: 1 }],
};

describe("loops that a driver might cut off without a word are refused", () => {
  test.each(Object.entries(tooMuch).flatMap(([kernel, list]) => list.map((parameters) => [kernel as KernelName, parameters] as const)))("%s %j", async (kernel, parameters) => {
    await expect(paper({ largestArray: 2 ** 31 }).backend.prepare(kernel, parameters as never)).rejects.toMatchObject({ code: "unsupported" });
  });
});

test("a workgroup with little memory gets smaller tiles, one with hardly any is told", async () => {
  await expect(paper({ workgroupBytes: 1024 }).backend.prepare("attention-drift", { ...drift, d: 32 })).resolves.toBeDefined();
  await expect(paper({ workgroupBytes: 400 }).backend.prepare("attention-drift", { ...drift, d: 32 })).rejects.toThrow(/^400 bytes of workgroup memory: do not hold a tile/);
});

test("many steps go to the device in few submissions, large work in pieces, wide grids in rows", async () => {
  const { backend, submissions } = paper({ largestArray: 2 ** 28 });
  const step = await backend.prepare("harmonic-step", { batch: 1, n: 50, numerator: [1], dt: 0.1, tableau: { a: [[]], b: [1] } });
  const theta = backend.alloc("f32", [1, 50]);
  backend.submit(step, [theta], [theta], 2000);
  expect(submissions.map((list) => list.length)).toEqual([4096, 3904]);
  submissions.length = 0;
  const exp = await backend.prepare("exp", { batch: 1, n: 2 ** 23 });
  backend.submit(exp, [backend.alloc("f32", [1, 2 ** 23])], [backend.alloc("f32", [1, 2 ** 23])]);
  expect(submissions).toEqual([[[65535, 3]]]);
  submissions.length = 0;
  const large = await backend.prepare("attention-drift", { batch: 8, n: 32768, d: 3, flow: "SA", beta: 1 });
  const x = backend.alloc("f32", [8, 32768, 3]);
  backend.submit(large, [x], [backend.alloc("f32", [8, 32768, 3])]);
  // Sums and their merging take turns: 512 blocks of rows of 8 replicas, 8 parts each.
  const sums = submissions.flat().filter((_, index) => index % 2 === 0);
  expect(sums.reduce((total, [across, down]) => total + across * down, 0)).toBe(8 * 512 * 8);
  expect(submissions.length).toBeGreaterThan(8);
});

test("`supports` names kernels of the catalogue only", () => {
  const { backend } = paper();
  expect(Object.keys(backend.supports.kernels).every((kernel) => kernelNames.includes(kernel as KernelName))).toBe(true);
  expect(backend.supports).toMatchObject({ dtypes: ["f32"], deterministic: false });
});
