/** @file A program on its device: pipelines, parameters in one buffer, and the recording of any number of steps into as few submissions as is wise. */
import type { Compiled } from "./pipelines.js";
import type { Program } from "./programs/program.js";
import { LARGEST_WORK } from "./programs/program.js";
import { parameterWords, type Place } from "./shaders/shader.js";
import type { GpuBuffer, GpuComputePass, GpuDevice, GpuEncoder, GpuHandle } from "./web-gpu.js";

/** Distance of parameter blocks: the largest alignment that a device may ask for. */
const BLOCK = 256;

/** Dispatches recorded before they are handed to the device. */
const LARGEST_RECORDING = 4096;

/** Runs a program from its inputs to its outputs, `repeat` times where it iterates. */
export type Run = (inputs: readonly GpuBuffer[], outputs: readonly GpuBuffer[], repeat: number) => void;

/** The parameters of all dispatches, each at its own multiple of {@link BLOCK} bytes. */
export function parameterBlocks(dispatches: Program): Uint32Array {
  const words = new Uint32Array((dispatches.length * BLOCK) / 4);
  for (const [at, dispatch] of dispatches.entries()) words.set(parameterWords(dispatch), (at * BLOCK) / 4);
  return words;
}

/** Binds a program to what it was compiled to. `parameters` holds its parameter blocks; `inPlace` is that of the catalogue. */
export function runner(device: GpuDevice, dispatches: Program, compiled: readonly Compiled[], parameters: GpuBuffer, inPlace: readonly (readonly [input: number, output: number])[]): Run {
  const across = device.limits.maxComputeWorkgroupsPerDimension;
  let bound: { readonly arrays: readonly GpuBuffer[]; readonly groups: readonly GpuHandle[] } | undefined;

  const bind = (inputs: readonly GpuBuffer[], outputs: readonly GpuBuffer[]): readonly GpuHandle[] => {
    const arrays = [...inputs, ...outputs];
    if (bound?.arrays.every((buffer, index) => buffer === arrays[index]) === true) return bound.groups;
    const bufferAt = (place: Place): GpuBuffer => ("buffer" in place ? place.buffer : "input" in place ? inputs[place.input]! : outputs[place.output]!);
    const groups = dispatches.map(({ bindings }, at) =>
      device.createBindGroup({
        layout: compiled[at]!.layout,
        entries: [
          { binding: 0, resource: { buffer: parameters, offset: at * BLOCK, size: BLOCK } },
          ...bindings.map(({ place }, index) => ({ binding: index + 1, resource: { buffer: bufferAt(place) } })),
        ],
      }),
    );
    bound = { arrays, groups };
    return groups;
  };

  return (inputs, outputs, repeat) => {
    const groups = bind(inputs, outputs);
    const recording = recorder(device);
    // What an output may share with an input it holds before the first dispatch: no shader reads one buffer and writes it under two names.
    for (const [input, output] of inPlace) if (input in inputs && inputs[input] !== outputs[output]) recording.copy(inputs[input]!, outputs[output]!);
    for (let count = 0; count < repeat; count += 1) {
      for (const [at, dispatch] of dispatches.entries()) {
        const pass = recording.pass(dispatch.work);
        pass.setPipeline(compiled[at]!.pipeline);
        pass.setBindGroup(0, groups[at]!);
        pass.dispatchWorkgroups(Math.min(dispatch.groups, across), Math.ceil(dispatch.groups / across));
      }
    }
    recording.submit();
  };
}

/** Records passes, and hands them to the device whenever enough has come together. */
function recorder(device: GpuDevice): { copy: (from: GpuBuffer, to: GpuBuffer) => void; pass: (work: number) => GpuComputePass; submit: () => void } {
  let encoder: GpuEncoder | undefined;
  let pass: GpuComputePass | undefined;
  let recorded = 0;
  let work = 0;
  const submit = (): void => {
    pass?.end();
    if (encoder !== undefined) device.queue.submit([encoder.finish()]);
    encoder = undefined;
    pass = undefined;
    recorded = 0;
    work = 0;
  };
  return {
    copy: (from, to) => {
      encoder ??= device.createCommandEncoder();
      encoder.copyBufferToBuffer(from, 0, to, 0, from.size);
    },
    pass: (more) => {
      if (recorded >= LARGEST_RECORDING || (recorded > 0 && work + more > LARGEST_WORK)) submit();
      encoder ??= device.createCommandEncoder();
      pass ??= encoder.beginComputePass();
      recorded += 1;
      work += more;
      return pass;
    },
    submit,
  };
}
