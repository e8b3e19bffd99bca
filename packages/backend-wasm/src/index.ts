export { wasmBackend, type WasmBackend, type WasmOptions } from "./backend.js";
export type { ThreadUse } from "./threads/crew.js";
