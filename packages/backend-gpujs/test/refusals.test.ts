import { expect, test } from "vitest";
import { backendOn } from "../src/backend.js";
import { gpujsBackend } from "../src/index.js";
import { machine, type Machine } from "../src/machine.js";

test("a mode that is not there is refused, and nothing is taken in its place", async () => {
  await expect(gpujsBackend({ mode: "webgl2" })).rejects.toThrow(/mode "webgl2": is not there in this engine\. Here there are webasm, cpu; WebGL 2 .*/);
  await expect(gpujsBackend({ mode: "gpu" as "cpu" })).rejects.toMatchObject({ code: "unsupported" });
});

test("what a float cannot hold is refused with two ways out", async () => {
  const backend = backendOn(machine("webasm"));
  const p = { batch: 1, n: 4, d: 3, flow: "USA", beta: 100 } as const;
  await expect(backend.prepare("attention-drift", p)).rejects.toThrow(/beta = 100 in f32: the sum of 4 weights .* overflows a float for shift = 0\. .*give shift = sign\(beta\); or compute in f64/);
  await expect(backend.prepare("attention-drift", { ...p, shift: 1 })).resolves.toBeDefined();
  await expect(backend.prepare("interaction-sums", { batch: 1, n: 4, d: 3, beta: -100 })).rejects.toMatchObject({ code: "unsupported" });
  await expect(backend.prepare("attention-drift", { ...p, beta: 1 }, "f64")).rejects.toMatchObject({ code: "unsupported" });
  expect(() => backend.upload([1], [1], "f64")).toThrow(/computes in f32 only/);
});

test("sizes beyond a texture, a launch or a loop are refused, not tried", async () => {
  const backend = backendOn(machine("webasm"));
  const p = { batch: 1, n: 4, d: 3, flow: "SA", beta: 1 } as const;
  await expect(backend.prepare("attention-drift", { ...p, n: 65_537 })).rejects.toThrow(/takes n up to 65536/);
  await expect(backend.prepare("attention-drift", { ...p, d: 513 })).rejects.toThrow(/takes d up to 512/);
  await expect(backend.prepare("attention-drift", { ...p, batch: 1 << 20 })).rejects.toThrow(/of up to 1048576 tokens of all replicas together\. Split the batch/);
  await expect(backend.prepare("attention", { ...p, m: 65_537, e: 1 })).rejects.toThrow(/takes m up to 65536/);
  await expect(backend.prepare("harmonic-moments", { batch: 1, n: 1_048_576, order: 1000 })).rejects.toThrow(/for a browser ends launches of seconds/);
  expect(() => backend.alloc("f32", [1 << 13, 1 << 13])).toThrow(/holds up to 16777216 in one/);
});

/** A machine that runs and then says that something went wrong. */
function failing(complaint: "device-lost" | "out-of-memory"): Machine {
  let runs = 0;
  const inner = machine("cpu");
  return { ...inner, run: (...given) => ((runs += 1), inner.run(...given)), complaint: () => (runs > 0 ? complaint : undefined) };
}

test.each(["device-lost", "out-of-memory"] as const)("%s: the next answer is refused, lost says so, and nothing wrong is given out", async (complaint) => {
  const backend = backendOn(failing(complaint));
  const plan = await backend.prepare("exp", { batch: 1, n: 2 });
  const [x, y] = [backend.upload([1, 2], [1, 2]), backend.alloc("f32", [1, 2])];
  backend.submit(plan, [x], [y]);
  await expect(backend.read(y)).rejects.toMatchObject({ code: "lost" });
  await expect(backend.lost).resolves.toMatchObject({ kind: complaint });
  await expect(backend.flush()).rejects.toThrow(/can no longer be used: .* Make a new one with gpujsBackend\(\)/);
  expect(() => backend.alloc("f32", [1])).toThrow(/can no longer be used/);
  expect(() => {
    backend.submit(plan, [x], [y]);
  }).toThrow(/can no longer be used/);
});

test("a kernel that fails on the device makes the backend lost, with what gpu.js said", async () => {
  const inner = machine("cpu");
  const backend = backendOn({ ...inner, run: () => Promise.reject(new RangeError("no shader today")) });
  const plan = await backend.prepare("exp", { batch: 1, n: 1 });
  const x = backend.upload([1], [1, 1]);
  backend.submit(plan, [x], [backend.alloc("f32", [1, 1])]);
  await expect(backend.flush()).rejects.toThrow(/gpu\.js failed: no shader today/);
  await expect(backend.lost).resolves.toMatchObject({ kind: "device-lost" });
});

test("a closed backend computes no more, and says so", async () => {
  const backend = backendOn(machine("webasm"));
  backend.close();
  backend.close();
  expect(() => backend.alloc("f32", [1])).toThrow("the gpujs backend: has been closed. Make a new one with gpujsBackend().");
  await expect(backend.flush()).rejects.toMatchObject({ code: "closed" });
  await expect(backend.lost).resolves.toMatchObject({ kind: "closed" });
});
