/** @file The few things of WebGPU that are used, for the language's own library does not declare them. Objects of any implementation fit. */

/** Memory of a device. */
export interface GpuBuffer {
  readonly size: number;
  mapAsync(mode: number): Promise<unknown>;
  getMappedRange(): ArrayBuffer;
  unmap(): void;
  destroy(): void;
}

/** A compiled kernel. */
export interface GpuPipeline {
  readonly label?: string;
}

/** A shader's text, checked. */
export interface GpuModule {
  getCompilationInfo(): Promise<{ readonly messages: readonly { readonly type: string; readonly message: string; readonly lineNum: number }[] }>;
}

/** Anything that is only handed on. */
export type GpuHandle = object;

export interface GpuComputePass {
  setPipeline(pipeline: GpuPipeline): void;
  setBindGroup(index: number, group: GpuHandle): void;
  dispatchWorkgroups(x: number, y: number): void;
  end(): void;
}

export interface GpuEncoder {
  beginComputePass(): GpuComputePass;
  copyBufferToBuffer(source: GpuBuffer, sourceOffset: number, target: GpuBuffer, targetOffset: number, size: number): void;
  finish(): GpuHandle;
}

export interface GpuError {
  readonly message: string;
}

export interface GpuQueue {
  writeBuffer(buffer: GpuBuffer, offset: number, data: Float32Array | Uint32Array): void;
  submit(commands: readonly GpuHandle[]): void;
  onSubmittedWorkDone(): Promise<unknown>;
}

/** Limits that are read. */
export interface GpuLimits {
  readonly maxBufferSize: number;
  readonly maxStorageBufferBindingSize: number;
  readonly maxComputeWorkgroupStorageSize: number;
  readonly maxComputeWorkgroupsPerDimension: number;
}

/** Which errors an error scope catches. */
export type GpuErrorFilter = "validation" | "out-of-memory" | "internal";

export interface GpuDevice {
  readonly limits: GpuLimits;
  readonly queue: GpuQueue;
  readonly lost: Promise<{ readonly reason?: string; readonly message: string }>;
  createBuffer(descriptor: { size: number; usage: number; label?: string }): GpuBuffer;
  createShaderModule(descriptor: { code: string; label?: string }): GpuModule;
  createBindGroupLayout(descriptor: { entries: readonly object[] }): GpuHandle;
  createPipelineLayout(descriptor: { bindGroupLayouts: readonly GpuHandle[] }): GpuHandle;
  createComputePipelineAsync(descriptor: { layout: GpuHandle; compute: { module: GpuModule; entryPoint: string }; label?: string }): Promise<GpuPipeline>;
  createBindGroup(descriptor: { layout: GpuHandle; entries: readonly object[] }): GpuHandle;
  createCommandEncoder(): GpuEncoder;
  pushErrorScope(filter: GpuErrorFilter): void;
  popErrorScope(): Promise<GpuError | null>;
  destroy(): void;
}

export interface GpuAdapter {
  readonly limits: GpuLimits;
  readonly info?: { readonly vendor?: string; readonly architecture?: string; readonly device?: string; readonly description?: string };
  requestDevice(descriptor?: object): Promise<GpuDevice>;
}

/** The entry of WebGPU, `navigator.gpu`. */
export interface Gpu {
  requestAdapter(options?: object): Promise<GpuAdapter | null>;
}

/** Bits of `usage`, fixed by the standard. */
export const USAGE = { MAP_READ: 1, COPY_SRC: 4, COPY_DST: 8, UNIFORM: 64, STORAGE: 128 } as const;

/** Mode of `mapAsync`. */
export const MAP_READ = 1;

/** `visibility` of a binding that compute shaders see. */
export const COMPUTE = 4;
