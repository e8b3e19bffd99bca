/**
 * @file The error of the backend seam. A `code` for programs (packages may hold two copies of this class, so test the
 * code, never `instanceof`), and a message for people: the thing, its value, the rule, what to do.
 */

/** What went wrong at the seam. */
export type KernelErrorCode =
  | "version"
  | "unknown-kernel"
  | "parameters"
  | "unsupported"
  | "shape"
  | "dtype"
  | "freed"
  | "foreign"
  | "aliasing"
  | "repeat"
  | "memory"
  | "closed"
  | "lost";

/** What a {@link KernelError} is made of. */
export interface KernelErrorParts {
  readonly code: KernelErrorCode;
  /** The thing that is wrong, and its value: `input 0 of "attention-drift" has shape (2, 3)`. */
  readonly what: string;
  /** The rule it breaks: `must have shape (2, 5, 3)`. */
  readonly rule: string;
  /** What to do, a full sentence. */
  readonly remedy: string;
}

/** A backend was asked for something that it does not do. Message: `what: rule. remedy`. */
export class KernelError extends TypeError {
  override readonly name: string = "KernelError";
  readonly code: KernelErrorCode;
  readonly rule: string;
  readonly remedy: string;

  constructor({ code, what, rule, remedy }: KernelErrorParts) {
    super(`${what}: ${rule}. ${remedy}`);
    this.code = code;
    this.rule = rule;
    this.remedy = remedy;
  }
}
