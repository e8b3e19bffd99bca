/** @file From nothing to a device: the page's own `navigator.gpu`, else the npm package `webgpu` where it is installed. */
import { KernelError } from "@mesoscope/kernels";
import type { OpenDevice } from "./backend.js";
import type { Gpu, GpuAdapter, GpuDevice } from "./web-gpu.js";

/** See {@link webgpuBackend}. */
export interface WebgpuOptions {
  /** The entry of WebGPU, as `navigator.gpu` of a page or `create([])` of the npm package `webgpu`. Default: the first of these that is there. */
  readonly gpu?: { readonly requestAdapter: (options?: never) => Promise<unknown> };
  /** Which adapter to prefer where there are several. */
  readonly powerPreference?: "high-performance" | "low-power";
}

const INSTALL = "In Node run `npm install webgpu` (it brings native binaries) and have a Vulkan, Metal or D3D12 driver; in a browser take one with WebGPU, over https or localhost; or take the wasm or the reference backend.";

function refused(what: string, rule: string, remedy: string): KernelError {
  return new KernelError({ code: "unsupported", what, rule, remedy });
}

/** @throws KernelError (`unsupported`) */
async function findGpu(given: WebgpuOptions["gpu"]): Promise<Gpu> {
  if (given !== undefined) return given as Gpu;
  const { navigator } = globalThis as { navigator?: { gpu?: Gpu } };
  if (navigator?.gpu !== undefined) return navigator.gpu;
  // A name that bundlers do not see: pages have no use for it.
  const name = "webgpu";
  try {
    const { create } = (await import(/* @vite-ignore */ /* webpackIgnore: true */ name)) as { create: (options: string[]) => Gpu };
    return create([]);
  } catch (error) {
    throw refused("WebGPU", `is not in this engine, and the npm package "webgpu" could not be loaded (${error instanceof Error ? error.message.split("\n")[0]! : String(error)})`, INSTALL);
  }
}

function nameOf({ info = {} }: GpuAdapter): string {
  const words = [info.vendor, info.architecture, info.device, info.description].filter((word) => word !== undefined && word !== "");
  return words.length === 0 ? "an adapter without a name" : words.join(" ");
}

/**
 * A device with the largest arrays that its adapter allows.
 * @throws KernelError (`unsupported`) naming what is missing and what to do
 */
export async function findDevice({ gpu: given, powerPreference }: WebgpuOptions): Promise<OpenDevice> {
  let gpu: Gpu | undefined = await findGpu(given);
  const adapter = await gpu.requestAdapter(powerPreference === undefined ? {} : { powerPreference });
  if (adapter === null) {
    throw refused("WebGPU", "found no adapter on this machine", `Install or enable a driver (Chromium may need --enable-unsafe-webgpu for a software adapter). ${INSTALL}`);
  }
  const name = nameOf(adapter);
  const { maxBufferSize, maxStorageBufferBindingSize, maxComputeWorkgroupStorageSize } = adapter.limits;
  let device: GpuDevice;
  try {
    device = await adapter.requestDevice({ requiredLimits: { maxBufferSize, maxStorageBufferBindingSize, maxComputeWorkgroupStorageSize } });
  } catch (error) {
    throw refused(`the adapter ${name}`, `gives no device: ${error instanceof Error ? error.message : String(error)}`, INSTALL);
  }
  return {
    device,
    name,
    // The npm package ends its work only when nobody holds its entry.
    release: () => {
      gpu = undefined;
    },
  };
}
