/** @file Everything a backend promises, runnable against any implementation with any test runner or none. */
import type { BackendLaw } from "./law.js";
import { queueLaws } from "./queue-laws.js";
import { refusalLaws } from "./refusal-laws.js";
import { valueLaws } from "./value-laws.js";

/**
 * The laws of the backend seam. `for (const law of backendLaws) await law.check(backend)` rejects with a sentence that
 * names the kernel, the case and the numbers.
 */
export const backendLaws: readonly BackendLaw[] = Object.freeze([...refusalLaws, ...valueLaws, ...queueLaws]);
