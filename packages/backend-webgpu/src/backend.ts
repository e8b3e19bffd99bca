/** @file The seam of @mesoscope/kernels over one device: tensors are storage buffers, submissions go to its queue at once. */
import type { Backend, Dtype, KernelName, KernelParameters, Shape, Tensor } from "@mesoscope/kernels";
import { BACKEND_VERSION, backendHandles, catalogueEntry, checkedShapes, elements, KernelError, plainCopy, runSelfCheck } from "@mesoscope/kernels";
import { healthOf } from "./health.js";
import { parameterBlocks, runner, type Run } from "./launches.js";
import { checkForDevice, largestArray, supportOf } from "./limits.js";
import { compiler } from "./pipelines.js";
import { programs } from "./programs/index.js";
import type { Machine, Program } from "./programs/program.js";
import { MAP_READ, USAGE, type GpuBuffer, type GpuDevice } from "./web-gpu.js";

const makers: Readonly<Partial<Record<KernelName, (machine: Machine, parameters: never) => Program>>> = programs;

const ARRAY = USAGE.STORAGE | USAGE.COPY_SRC | USAGE.COPY_DST;

/** A device with its name, and what to let go of at the end. */
export interface OpenDevice {
  readonly device: GpuDevice;
  /** For people: vendor, architecture, driver. */
  readonly name: string;
  readonly release?: () => void;
}

/** A prepared kernel, with all that it holds on the device. */
interface Launches {
  readonly run: Run;
  readonly buffers: readonly GpuBuffer[];
}

/** A backend on a device that nobody else uses. */
export function backendOn({ device, name, release }: OpenDevice): Backend {
  const supports = supportOf(device.limits);
  const largest = largestArray(device.limits);
  const health = healthOf(device);
  const compile = compiler(device);
  const handles = backendHandles<GpuBuffer, Launches>("the webgpu backend", "webgpuBackend()");
  const requireUsable = (): void => {
    handles.requireOpen();
    health.requireAlive();
  };

  const buffer = (bytes: number, usage: number): GpuBuffer => {
    if (bytes <= largest) return device.createBuffer({ size: bytes, usage });
    throw new KernelError({
      code: "memory",
      what: `${bytes} bytes for one array`,
      rule: `are more than the ${largest} that this device (${name}) lets a shader see`,
      remedy: "Take fewer replicas in a batch, or split the work over several plans.",
    });
  };
  const place = (dtype: Dtype, shape: Shape): GpuBuffer => {
    requireUsable();
    if (dtype !== "f32") {
      throw new KernelError({ code: "dtype", what: `dtype ${JSON.stringify(dtype)}`, rule: "the webgpu backend computes in f32 only, since WGSL has no f64", remedy: 'Ask for "f32", or take the wasm or the reference backend.' });
    }
    return buffer(4 * elements(handles.checkedShape(shape)), ARRAY);
  };
  /** What a program is made with, and everything that it took so far. */
  const workshop = (): { machine: Machine; taken: GpuBuffer[] } => {
    const taken: GpuBuffer[] = [];
    const floats: Machine["floats"] = (count, contents) => {
      const made = buffer(4 * count, ARRAY);
      taken.push(made);
      if (contents !== undefined) device.queue.writeBuffer(made, 0, Float32Array.from(contents));
      return made;
    };
    return { taken, machine: { largestArray: largest, workgroupBytes: device.limits.maxComputeWorkgroupStorageSize, floats } };
  };

  const fetch = async (tensor: Tensor): Promise<Float64Array> => {
    requireUsable();
    const source = handles.memory(tensor, "the tensor to read");
    const copy = device.createBuffer({ size: source.size, usage: USAGE.MAP_READ | USAGE.COPY_DST });
    const encoder = device.createCommandEncoder();
    encoder.copyBufferToBuffer(source, 0, copy, 0, source.size);
    device.queue.submit([encoder.finish()]);
    const mapped = copy.mapAsync(MAP_READ).then(
      () => undefined,
      (error: unknown) => error,
    );
    const checked = health.check();
    const [refusal] = await Promise.all([mapped, checked]);
    if (refusal !== undefined) await gone();
    requireUsable();
    const data = Float64Array.from(new Float32Array(copy.getMappedRange()));
    copy.unmap();
    copy.destroy();
    return data;
  };
  /** Why nothing could be read: a lost device says so itself, a moment later. */
  const gone = (): Promise<unknown> => Promise.race([health.lost, device.queue.onSubmittedWorkDone().catch(() => undefined)]);

  const prepared = async <K extends KernelName>(kernel: K, parameters: KernelParameters[K]): Promise<Launches> => {
    const { machine, taken } = workshop();
    const { iterates, inPlace = iterates ? [[0, 0]] : [] } = catalogueEntry(kernel);
    try {
      const program = makers[kernel]!(machine, plainCopy(parameters) as never);
      const words = parameterBlocks(program);
      const block = buffer(Math.max(256, words.byteLength), USAGE.UNIFORM | USAGE.COPY_DST);
      taken.push(block);
      device.queue.writeBuffer(block, 0, words);
      const pipelines = await Promise.all(program.map(compile));
      return { buffers: taken, run: runner(device, program, pipelines, block, inPlace) };
    } catch (error) {
      for (const one of taken) one.destroy();
      throw error;
    }
  };

  const backend: Backend = {
    backendVersion: BACKEND_VERSION,
    id: "webgpu",
    supports,
    alloc: (dtype, shape) => handles.addTensor(dtype, shape, place(dtype, shape)),
    upload: (data, shape, dtype = "f32") => {
      const memory = place(dtype, handles.checkedData(data, shape));
      device.queue.writeBuffer(memory, 0, Float32Array.from(data));
      return handles.addTensor(dtype, shape, memory);
    },
    read: fetch,
    free: (resource) => {
      const behind = handles.release(resource);
      for (const one of "memory" in behind ? [behind.memory] : behind.program.buffers) one.destroy();
    },
    prepare: async (kernel, parameters, dtype = "f32") => {
      requireUsable();
      const shapes = checkedShapes(supports.kernels[kernel], kernel, parameters, dtype);
      checkForDevice(kernel, parameters);
      const launches = await prepared(kernel, parameters);
      requireUsable();
      return handles.addPlan(kernel, dtype, shapes, launches);
    },
    submit: (plan, inputs, outputs, repeat = 1) => {
      requireUsable();
      const { program, inputs: from, outputs: to } = handles.submission(plan, inputs, outputs, repeat);
      program.run(from, to, repeat);
    },
    flush: async () => {
      requireUsable();
      const done = device.queue.onSubmittedWorkDone().catch(() => undefined);
      await Promise.all([health.check(), done]);
      requireUsable();
    },
    selfCheck: async () => {
      const { passed, lines } = await runSelfCheck(backend);
      return { passed, lines: [{ name: "adapter", passed: true, message: name }, ...lines] };
    },
    lost: health.lost,
    close: () => {
      handles.close();
      health.close();
      device.destroy();
      release?.();
    },
  };
  return Object.freeze(backend);
}
