/** @file The backend: the seam of @mesoscope/kernels over a machine and a queue. */
import type { Backend, Dtype, KernelName, KernelParameters, Shape } from "@mesoscope/kernels";
import { BACKEND_VERSION, backendHandles, checkedShapes, elements, KernelError, plainCopy, sameShape } from "@mesoscope/kernels";
import { checkForDevice, SUPPORT } from "./limits.js";
import type { Extent, Held, Machine } from "./machine.js";
import { programs } from "./programs/index.js";
import type { Program, ProgramOf } from "./programs/program.js";
import { queue } from "./queue.js";
import { fullCheck } from "./start-up.js";

/** A tensor: numbers that wait to be taken to the device, or an array on it, or nothing yet. */
interface Cell {
  readonly count: number;
  staged?: Float32Array | undefined;
  held?: Held | undefined;
}

/** A backend on a machine, not yet checked. */
export function backendOn(machine: Machine): Backend {
  const handles = backendHandles<Cell, Program>("the gpujs backend", "gpujsBackend()");
  const { add, ask, requireUsable, lose, lost } = queue(machine);

  const cell = (dtype: Dtype, shape: Shape): Cell => {
    handles.requireOpen();
    requireUsable();
    if (dtype !== "f32") throw new KernelError({ code: "dtype", what: `dtype ${JSON.stringify(dtype)}`, rule: "the gpujs backend computes in f32 only", remedy: 'Ask for "f32", or take another backend.' });
    const count = elements(handles.checkedShape(shape));
    if (count > machine.limits.array) throw new KernelError({ code: "memory", what: `an array of ${count} numbers`, rule: `the gpujs backend holds up to ${machine.limits.array} in one`, remedy: "Split the batch." });
    return { count };
  };
  /** The numbers of a cell where they wait. What was never written is poison. */
  const waiting = ({ staged, count }: Cell): Float32Array => staged ?? new Float32Array(count).fill(Number.NaN);
  /** The array of a cell on the device, with the axes that a plan reads it with; `views` takes what is to be released after its use. */
  const onDevice = async (place: Cell, extent: Extent, views: Held[]): Promise<Held> => {
    if (place.held === undefined) {
      place.held = await machine.upload(waiting(place), extent);
      place.staged = undefined;
    }
    if (sameShape(place.held.extent, extent)) return place.held;
    const view = machine.reshaped(place.held, extent);
    views.push(view);
    return view;
  };
  const replace = (place: Cell, held: Held): void => {
    if (place.held !== undefined) machine.release(place.held);
    place.held = held;
    place.staged = undefined;
  };

  const backend: Backend = {
    backendVersion: BACKEND_VERSION,
    id: "gpujs",
    supports: SUPPORT,
    alloc: (dtype, shape) => handles.addTensor(dtype, shape, cell(dtype, shape)),
    upload: (data, shape, dtype = "f32") => {
      const place = cell(dtype, handles.checkedData(data, shape));
      place.staged = Float32Array.from(data);
      return handles.addTensor(dtype, shape, place);
    },
    read: async (tensor) => {
      const place = handles.memory(tensor, "the tensor to read");
      requireUsable();
      return ask(async () => Float64Array.from(place.held === undefined ? waiting(place) : await machine.read(place.held)));
    },
    free: (resource) => {
      const behind = handles.release(resource);
      add(async () => {
        if ("program" in behind) for (const constant of behind.program.constants) machine.release(await constant);
        else if (behind.memory.held !== undefined) machine.release(behind.memory.held);
      });
    },
    prepare: async <K extends KernelName>(kernel: K, parameters: KernelParameters[K], dtype: Dtype = "f32") => {
      handles.requireOpen();
      requireUsable();
      const shapes = checkedShapes(SUPPORT.kernels[kernel], kernel, parameters, dtype);
      checkForDevice(kernel, parameters, shapes, machine.limits);
      const program = await ask(() => Promise.resolve(programOf(machine, kernel, plainCopy(parameters))));
      return handles.addPlan(kernel, dtype, shapes, program);
    },
    submit: (plan, inputs, outputs, repeat = 1) => {
      const { program, inputs: from, outputs: to } = handles.submission(plan, inputs, outputs, repeat);
      requireUsable();
      add(async () => {
        const [arrays, views]: [Held[], Held[]] = [[], []];
        for (const [index, place] of from.entries()) arrays.push(await onDevice(place, extentOf(plan.inputs[index]!), views));
        const results = await program.run(arrays, repeat);
        for (const view of views) machine.release(view);
        for (const [index, held] of results.entries()) replace(to[index]!, held);
      });
    },
    flush: async () => {
      handles.requireOpen();
      requireUsable();
      await ask(machine.settled);
    },
    selfCheck: () => fullCheck(machine, backend),
    lost,
    close: () => {
      handles.close();
      add(machine.close);
      add(() => {
        lose({ kind: "closed", message: "the gpujs backend was closed by its owner" });
      });
    },
  };
  return Object.freeze(backend);
}

/** The program of a kernel that `supports` has, which `checkedShapes` has seen to. */
function programOf<K extends KernelName>(machine: Machine, kernel: K, parameters: KernelParameters[K]): Program {
  return (programs as Readonly<Record<string, ProgramOf<KernelParameters[K]>>>)[kernel]!(machine, parameters);
}

/** The last axis along x, the first along z, all others along y: the numbers keep their order. */
function extentOf(shape: Shape): Extent {
  const x = shape.at(-1) ?? 1;
  const z = shape.length < 2 ? 1 : shape[0]!;
  return [x, elements(shape) / (x * z), z];
}
