/** @file What goes wrong on devices, on a device of paper: each failure ends in its own clear outcome. */
import { expect, test } from "vitest";
import { backendOn } from "../src/backend.js";
import { webgpuBackend } from "../src/index.js";
import { fakeGpu, type Fake, type FakeOptions } from "./fake-gpu.js";

function fakeBackend(options?: FakeOptions): Fake & { backend: ReturnType<typeof backendOn> } {
  const fake = fakeGpu(options);
  return { ...fake, backend: backendOn({ device: fake.device, name: "a GPU of paper" }) };
}

test("no adapter: refused, with what to install", async () => {
  const gpu = { requestAdapter: () => Promise.resolve(null) };
  await expect(webgpuBackend({ gpu })).rejects.toMatchObject({ code: "unsupported", message: expect.stringMatching(/^WebGPU: found no adapter on this machine\. .*npm install webgpu/) as string });
});

test("no device: refused, with what the adapter said", async () => {
  const gpu = { requestAdapter: () => Promise.resolve({ limits: {}, info: { vendor: "acme" }, requestDevice: () => Promise.reject(new TypeError("it sleeps")) }) };
  await expect(webgpuBackend({ gpu })).rejects.toMatchObject({ code: "unsupported", message: expect.stringMatching(/^the adapter acme: gives no device: it sleeps\./) as string });
});

test("a device that computes wrongly is refused at the start, by name, and closed", async () => {
  const fake = fakeGpu();
  const refusal = webgpuBackend({ gpu: fake.gpu });
  await expect(refusal).rejects.toMatchObject({ code: "unsupported" });
  await expect(refusal).rejects.toThrow(/^the adapter fake a GPU of paper: fails \d+ of \d+ checks of what it computes, the first: attention-drift, .*: element 0 is NaN, must be .*Update its driver/);
  await expect(fake.device.lost).resolves.toMatchObject({ message: "destroyed" });
});

test("a shader that the device refuses: the message has the compiler's words and the line", async () => {
  const { backend } = fakeBackend({ complaint: "'struct' is not liked here" });
  await expect(backend.prepare("exp", { batch: 1, n: 3 })).rejects.toMatchObject({
    code: "unsupported",
    message: expect.stringContaining(`is refused by this device: 'struct' is not liked here in "struct Parameters {"`) as string,
  });
});

test("a lost device: `lost` says so, what waits is rejected, later calls are refused", async () => {
  const { backend, lose } = fakeBackend();
  const x = backend.upload([1, 2, 3], [1, 3]);
  await expect(backend.read(x)).resolves.toEqual(Float64Array.of(1, 2, 3));
  lose("the driver was updated");
  await expect(backend.read(x)).rejects.toMatchObject({ code: "lost" });
  await expect(backend.lost).resolves.toEqual({ kind: "device-lost", message: "the driver was updated" });
  const said = /^the webgpu backend: can no longer be used \(device-lost\): the driver was updated\. Make a new backend/;
  expect(() => backend.alloc("f32", [1])).toThrow(said);
  expect(() => backend.upload([1], [1])).toThrow(said);
  await expect(backend.prepare("exp", { batch: 1, n: 3 })).rejects.toThrow(said);
  await expect(backend.flush()).rejects.toThrow(said);
  await expect(backend.selfCheck()).resolves.toMatchObject({ passed: false });
  backend.close();
  await expect(backend.lost).resolves.toMatchObject({ kind: "device-lost" });
});

test("out of memory: known at the next flush or read, and then the backend is given up", async () => {
  const { backend } = fakeBackend({ memory: 1000 });
  const x = backend.upload([1, 2, 3], [1, 3]);
  await backend.flush();
  const y = backend.alloc("f32", [1, 1000]);
  await expect(backend.read(y)).rejects.toMatchObject({ code: "lost", message: expect.stringMatching(/out-of-memory\): 4000 bytes do not fit\. .*fewer replicas/) as string });
  await expect(backend.lost).resolves.toMatchObject({ kind: "out-of-memory" });
  await expect(backend.read(x)).rejects.toMatchObject({ code: "lost" });
});

test("an array that no shader can see is refused at once, and nothing is lost", async () => {
  const { backend } = fakeBackend({ largestArray: 4000 });
  expect(() => backend.alloc("f32", [1, 1001])).toThrow(/^4004 bytes for one array: are more than the 4000 that this device \(a GPU of paper\) lets a shader see\./);
  await expect(backend.prepare("attention-drift", { batch: 1, n: 1001, d: 3, flow: "SA", beta: 1 })).rejects.toMatchObject({ code: "unsupported" });
  await expect(backend.flush()).resolves.toBeUndefined();
});

test("a launch that the device refuses later is an outcome, too", async () => {
  const { backend, fail } = fakeBackend();
  fail("validation", "the bind group is of another device");
  await expect(backend.flush()).rejects.toThrow(/device-lost\): the device refused what it was given: the bind group is of another device/);
});

test("closing: everything later is refused, `lost` says closed", async () => {
  const { backend, live } = fakeBackend();
  const x = backend.upload([1], [1]);
  const plan = await backend.prepare("attention-step", { batch: 1, n: 9, d: 3, flow: "SA", beta: 1, dt: 0.1, tableau: { a: [[], [0.5]], b: [0, 1] } });
  backend.free(plan);
  backend.free(x);
  expect(live()).toBe(0);
  backend.close();
  await expect(backend.lost).resolves.toMatchObject({ kind: "closed" });
  expect(() => backend.alloc("f32", [1])).toThrow("the webgpu backend: has been closed. Make a new one with webgpuBackend().");
});

test("closing while answers are awaited: they are refused as closed, in the words of the backend", async () => {
  const { backend } = fakeBackend();
  const x = backend.upload([1], [1]);
  const answers = [backend.read(x), backend.flush(), backend.prepare("exp", { batch: 1, n: 3 })];
  backend.close();
  for (const answer of answers) await expect(answer).rejects.toMatchObject({ code: "closed", message: "the webgpu backend: has been closed. Make a new one with webgpuBackend()." });
});

test("without navigator.gpu and without the npm package: what to install", async () => {
  const { navigator } = globalThis as { navigator?: { gpu?: unknown } };
  if (navigator?.gpu !== undefined) return;
  await expect(webgpuBackend()).rejects.toMatchObject({ code: "unsupported", message: expect.stringContaining("npm install webgpu") as string });
});
