/** @file Shaders compiled once a device: plans of other sizes share them, since sizes are parameters and only what shapes the text is in it. */
import { KernelError } from "@mesoscope/kernels";
import { shaderText, type Dispatch } from "./shaders/shader.js";
import { COMPUTE, type GpuDevice, type GpuHandle, type GpuModule, type GpuPipeline } from "./web-gpu.js";

/** A pipeline with the layout of its bindings. */
export interface Compiled {
  readonly pipeline: GpuPipeline;
  readonly layout: GpuHandle;
}

/** A compiler that remembers. Rejects with a {@link KernelError} (`unsupported`) where the device refuses a shader. */
export function compiler(device: GpuDevice): (dispatch: Dispatch) => Promise<Compiled> {
  const known = new Map<string, Promise<Compiled>>();
  const compile = async (code: string, { bindings }: Dispatch): Promise<Compiled> => {
    const storage = bindings.map(({ writes }, index) => ({ binding: index + 1, visibility: COMPUTE, buffer: { type: writes === true ? "storage" : "read-only-storage" } }));
    const layout = device.createBindGroupLayout({ entries: [{ binding: 0, visibility: COMPUTE, buffer: { type: "uniform" } }, ...storage] });
    const module = device.createShaderModule({ code });
    try {
      const pipeline = await device.createComputePipelineAsync({ layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }), compute: { module, entryPoint: "main" } });
      return { pipeline, layout };
    } catch (error) {
      throw new KernelError({
        code: "unsupported",
        what: "a shader of the webgpu backend",
        rule: `is refused by this device: ${(await complaint(module, code)) ?? (error instanceof Error ? error.message : String(error))}`,
        remedy: "Report the message with the name of the adapter; take another backend meanwhile.",
      });
    }
  };
  return (dispatch) => {
    const code = shaderText(dispatch);
    const found = known.get(code) ?? compile(code, dispatch);
    known.set(code, found);
    return found;
  };
}

/** The first error of the shader compiler, with its line. */
async function complaint(module: GpuModule, code: string): Promise<string | undefined> {
  const { messages } = await module.getCompilationInfo();
  const first = messages.find(({ type }) => type === "error");
  return first === undefined ? undefined : `${first.message} in "${code.split("\n")[first.lineNum - 1]?.trim() ?? ""}"`;
}
