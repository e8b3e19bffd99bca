/**
 * @file A GPU that computes nothing, in plain JavaScript: memory that can be written, copied and read, and failures on demand. For what
 * no test can make a real device do.
 */
import type { Gpu, GpuBuffer, GpuDevice, GpuError, GpuErrorFilter, GpuHandle } from "../src/web-gpu.js";

export interface FakeOptions {
  /** Bytes of all buffers together; what goes beyond is reported to the open error scope, as real devices do. */
  readonly memory?: number;
  readonly largestArray?: number;
  readonly workgroupBytes?: number;
  /** What the shader compiler says, if anything. */
  readonly complaint?: string;
}

export interface Fake {
  readonly gpu: Gpu;
  readonly device: GpuDevice;
  /** Takes the device away. */
  readonly lose: (message: string) => void;
  /** An error that the next check of the scopes finds. */
  readonly fail: (filter: GpuErrorFilter, message: string) => void;
  /** Dispatches, one list for each submission: workgroups across and down. */
  readonly submissions: (readonly (readonly [number, number])[])[];
  /** What was made and not destroyed. */
  readonly live: () => number;
}

const nothing: GpuHandle = Object.freeze({});

export function fakeGpu({ memory = Infinity, largestArray = 2 ** 27, workgroupBytes = 16384, complaint }: FakeOptions = {}): Fake {
  let used = 0;
  let live = 0;
  let gone = false;
  let lose: (message: string) => void = () => undefined;
  const lost = new Promise<{ message: string }>((resolve) => {
    lose = (message) => {
      gone = true;
      resolve({ message });
    };
  });
  const scopes: { filter: GpuErrorFilter; error: GpuError | null }[] = [];
  const contents = new WeakMap<GpuBuffer, Uint8Array<ArrayBuffer>>();
  const submissions: (readonly (readonly [number, number])[])[] = [];
  const fail = (filter: GpuErrorFilter, message: string): void => {
    const scope = scopes.findLast((one) => one.filter === filter);
    if (scope !== undefined) scope.error ??= { message };
  };
  const limits = { maxBufferSize: largestArray, maxStorageBufferBindingSize: largestArray, maxComputeWorkgroupStorageSize: workgroupBytes, maxComputeWorkgroupsPerDimension: 65535 };

  const device: GpuDevice = {
    limits,
    lost,
    queue: {
      writeBuffer: (buffer, offset, data) => {
        contents.get(buffer)!.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
      },
      submit: (commands) => {
        for (const command of commands) (command as { run: () => void }).run();
      },
      onSubmittedWorkDone: () => Promise.resolve(),
    },
    createBuffer: ({ size }) => {
      used += size;
      live += 1;
      if (used > memory) fail("out-of-memory", `${size} bytes do not fit`);
      const buffer: GpuBuffer = {
        size,
        mapAsync: async () => {
          await Promise.resolve();
          if (gone) throw new TypeError("the device is lost");
        },
        getMappedRange: () => contents.get(buffer)!.buffer,
        unmap: () => undefined,
        destroy: () => {
          used -= size;
          live -= 1;
        },
      };
      contents.set(buffer, new Uint8Array(size));
      return buffer;
    },
    createShaderModule: () => ({ getCompilationInfo: () => Promise.resolve({ messages: complaint === undefined ? [] : [{ type: "error", message: complaint, lineNum: 1 }] }) }),
    createBindGroupLayout: () => nothing,
    createPipelineLayout: () => nothing,
    createComputePipelineAsync: () => (complaint === undefined ? Promise.resolve({}) : Promise.reject(new TypeError("invalid shader"))),
    createBindGroup: () => nothing,
    createCommandEncoder: () => {
      const copies: (() => void)[] = [];
      const dispatches: (readonly [number, number])[] = [];
      return {
        beginComputePass: () => ({ setPipeline: () => undefined, setBindGroup: () => undefined, dispatchWorkgroups: (x, y) => void dispatches.push([x, y]), end: () => undefined }),
        copyBufferToBuffer: (source, _, target) => {
          copies.push(() => {
            contents.get(target)!.set(contents.get(source)!);
          });
        },
        finish: () => ({
          run: () => {
            for (const copy of copies) copy();
            if (dispatches.length > 0) submissions.push(dispatches);
          },
        }),
      };
    },
    pushErrorScope: (filter) => void scopes.push({ filter, error: null }),
    popErrorScope: () => Promise.resolve(scopes.pop()?.error ?? null),
    destroy: () => {
      lose("destroyed");
    },
  };
  const gpu: Gpu = { requestAdapter: () => Promise.resolve({ limits, info: { vendor: "fake", description: "a GPU of paper" }, requestDevice: () => Promise.resolve(device) }) };
  return { gpu, device, lose, fail, submissions, live: () => live };
}
