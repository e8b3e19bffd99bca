/** @file Runs in a page that has WebGPU: one backend for all questions, and devices that are made to compute wrongly. */
import { backendLaws, type Backend, type KernelName } from "@mesoscope/kernels";
import { backendOn } from "../../../src/backend.js";
import { findDevice } from "../../../src/find-device.js";
import { webgpuBackend } from "../../../src/index.js";
import type { Gpu, GpuDevice } from "../../../src/web-gpu.js";
import { worstDrift, worstKernel } from "../../conformance/worst.js";

const { gpu } = (globalThis as unknown as { navigator: { gpu: Gpu } }).navigator;

let backend: Promise<Backend> | undefined;
const open = (): Promise<Backend> => (backend ??= webgpuBackend());

async function outcome(work: () => Promise<unknown>): Promise<unknown> {
  try {
    return await work();
  } catch (error) {
    return { refused: String(error), code: (error as { code?: unknown }).code };
  }
}

/** A GPU whose shaders are changed on their way to the device. */
function changed(pattern: string, replacement: string): Gpu {
  return {
    requestAdapter: async (options) => {
      const adapter = await gpu.requestAdapter(options);
      if (adapter === null) return null;
      return {
        limits: adapter.limits,
        info: { vendor: "changed" },
        requestDevice: async (descriptor) => {
          const device = await adapter.requestDevice(descriptor);
          const create = device.createShaderModule.bind(device);
          device.createShaderModule = ({ code }): ReturnType<GpuDevice["createShaderModule"]> => create({ code: code.replaceAll(pattern, replacement) });
          return device;
        },
      };
    },
  };
}

Object.assign(globalThis, {
  startGpu: () => outcome(async () => (({ id, supports }: Backend) => ({ id, supports }))(await open())),
  law: (name: string) => outcome(async () => backendLaws.find((one) => one.name === name)!.check(await open())),
  worstDrift: (seed: string) => outcome(async () => worstDrift(await open(), seed)),
  worstKernel: (kernel: KernelName) => outcome(async () => worstKernel(await open(), kernel)),
  startChanged: (pattern: string, replacement: string) => outcome(async () => (await webgpuBackend({ gpu: changed(pattern, replacement) })).id),
  /** What a changed device gives, were it not refused. */
  worstChanged: (kernel: KernelName, pattern: string, replacement: string) => outcome(async () => worstKernel(backendOn(await findDevice({ gpu: changed(pattern, replacement) })), kernel)),
  closeGpu: () =>
    outcome(async () => {
      const one = await open();
      const x = one.upload([1, 2, 3], [1, 3]);
      one.close();
      const late = await outcome(() => one.read(x));
      return { reason: await one.lost, late };
    }),
});
