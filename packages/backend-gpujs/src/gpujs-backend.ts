/** @file The factory: which mode, and whether the device may be trusted. */
import { KernelError, type Backend } from "@mesoscope/kernels";
import { backendOn } from "./backend.js";
import { machine, supportedModes, type Mode } from "./machine.js";
import { quickCheck, requireRight } from "./start-up.js";

/** What {@link gpujsBackend} may be told. */
export interface GpujsOptions {
  /**
   * `webgl2`: the GPU of a browser. `webasm`: gpu.js's WebAssembly. `cpu`: its plain JavaScript, slow. `auto` (default): the first of these
   * that the engine has. Nothing else is taken in place of a mode that is named.
   */
  readonly mode?: "auto" | Mode;
}

const MODES: readonly Mode[] = ["webgl2", "webasm", "cpu"];

/**
 * A backend on gpu.js, in single precision, checked against the reference before it is given out. Not deterministic: another device rounds otherwise.
 * @throws KernelError (`unsupported`): the mode is not there; or the device computes wrong numbers, with what it got wrong.
 */
export async function gpujsBackend({ mode = "auto" }: GpujsOptions = {}): Promise<Backend> {
  const supported = supportedModes();
  const chosen = mode === "auto" ? supported[0]! : mode;
  if (!MODES.includes(chosen)) throw unsupported(`mode ${JSON.stringify(mode)}`, "is no mode of the gpujs backend", 'Give "auto", "webgl2", "webasm" or "cpu".');
  if (!supported.includes(chosen)) throw unsupported(`mode "${chosen}"`, "is not there in this engine", `Here there are ${supported.join(", ")}; WebGL 2 with float textures needs a browser with a GPU or its software in place of one.`);
  const device = started(chosen);
  const backend = backendOn(device);
  const check = await quickCheck(device, backend);
  if (!check.passed) backend.close();
  requireRight(check, chosen);
  return backend;
}

function started(mode: Mode): ReturnType<typeof machine> {
  try {
    return machine(mode);
  } catch (error) {
    throw unsupported(`mode "${mode}"`, `gpu.js cannot start it: ${error instanceof Error ? error.message : String(error)}`, "Take another mode or another backend.");
  }
}

function unsupported(what: string, rule: string, remedy: string): KernelError {
  return new KernelError({ code: "unsupported", what, rule, remedy });
}
