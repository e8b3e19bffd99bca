/** @file The factory: a device, a backend on it, and its check before anyone computes on it. */
import { KernelError, type Backend } from "@mesoscope/kernels";
import { backendOn } from "./backend.js";
import { findDevice, type WebgpuOptions } from "./find-device.js";

/**
 * A backend on a GPU through WebGPU, in f32, id `webgpu`. Not deterministic: other devices give other last digits. The device is checked
 * on known cases of every kernel first, which compiles shaders and takes about a second.
 * @throws KernelError (`unsupported`) where there is no WebGPU, no adapter or no device, and where the device computes wrongly.
 */
export async function webgpuBackend(options: WebgpuOptions = {}): Promise<Backend> {
  const open = await findDevice(options);
  const backend = backendOn(open);
  const { passed, lines } = await backend.selfCheck();
  if (passed) return backend;
  backend.close();
  const wrong = lines.filter((line) => !line.passed);
  throw new KernelError({
    code: "unsupported",
    what: `the adapter ${open.name}`,
    rule: `fails ${wrong.length} of ${lines.length} checks of what it computes, the first: ${wrong[0]!.message}`,
    remedy: "Update its driver, or take the wasm or the reference backend; please report the message.",
  });
}
