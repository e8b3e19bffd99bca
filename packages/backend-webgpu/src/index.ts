export type { WebgpuOptions } from "./find-device.js";
export { webgpuBackend } from "./webgpu-backend.js";
