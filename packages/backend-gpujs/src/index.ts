export { gpujsBackend } from "./gpujs-backend.js";
export type { GpujsOptions } from "./gpujs-backend.js";
