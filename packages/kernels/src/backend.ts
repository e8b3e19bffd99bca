/**
 * @file The backend seam: what a device must do so that every package can compute on it. Backends know kernels, not
 * physics; the kernels are named, typed and explained in catalogue.ts, and their truth is the plain code in
 * reference/. A new backend implements {@link Backend} and passes `backendLaws`.
 *
 * Why this shape. A device holds its own memory, so state is explicit (`alloc`, `upload`, `read`, `free`). Shaders and
 * modules are compiled once (`prepare`), and a launch costs far more than an addition, so one `submit` may take many
 * steps. Ensembles are batched over replicas: the first axis of every array. Whatever may wait for a device returns a
 * promise; `submit` never waits.
 */
import type { KernelLimits, KernelName, KernelParameters } from "./catalogue.js";
import { KernelError } from "./kernel-error.js";
import type { Shape } from "./shape.js";
import type { Dtype } from "./dtype.js";

/** The one version of {@link Backend} that this package speaks. Raised with every change that an implementation must follow. */
export const BACKEND_VERSION = 1 as const;

/** A handle on memory of one backend. It holds no numbers: `read` fetches them. */
export interface Tensor {
  readonly dtype: Dtype;
  /** Row-major; the replica axis first. A plan reads the numbers in its own shape. */
  readonly shape: Shape;
}

/** A kernel with its parameters, compiled and with its scratch memory, ready to be submitted any number of times. */
export interface Plan {
  readonly kernel: KernelName;
  readonly dtype: Dtype;
  readonly inputs: readonly Shape[];
  readonly outputs: readonly Shape[];
}

/** What a backend can do, in plain data that may be printed or written down. */
export interface BackendSupport {
  /** Element types, the best first: the first is what `upload` and `prepare` take when none is named. */
  readonly dtypes: readonly Dtype[];
  /** True when the same inputs give the same bytes on every machine, for any number of threads. Only such a backend makes reproducible records. */
  readonly deterministic: boolean;
  /** Relative error of the device's exponential in units of the last place of each dtype, for |argument| up to 88: what the laws allow it beyond rounding. */
  readonly exponentialUlps: number;
  /** The kernels it has, each with its limits; a kernel that is missing here is refused by `prepare`. */
  readonly kernels: Readonly<Partial<Record<KernelName, KernelLimits>>>;
}

/** One line of a self-check. */
export interface SelfCheckLine {
  readonly name: string;
  readonly passed: boolean;
  readonly message: string;
}

/** Result of {@link Backend.selfCheck}. */
export interface SelfCheck {
  readonly passed: boolean;
  readonly lines: readonly SelfCheckLine[];
}

/** Why a backend can no longer be used. */
export interface LossReason {
  readonly kind: "closed" | "device-lost" | "out-of-memory";
  readonly message: string;
}

/** A device that runs the kernels of the catalogue. */
export interface Backend {
  /** The version of this interface that the implementation was written for. */
  readonly backendVersion: typeof BACKEND_VERSION;
  /** Short name that goes into records: `reference`, `wasm`. */
  readonly id: string;
  /** What it can do; constant for the life of the backend. */
  readonly supports: BackendSupport;
  /** New memory of that shape; its content is unspecified until something is written to it. */
  alloc(dtype: Dtype, shape: Shape): Tensor;
  /** New memory holding a copy of `data`, rounded to the dtype; `data` may be changed or dropped right after. */
  upload(data: ArrayLike<number>, shape: Shape, dtype?: Dtype): Tensor;
  /** The content after everything submitted so far, widened to doubles in a fresh array that the caller owns. */
  read(tensor: Tensor): Promise<Float64Array>;
  /** Gives memory back. The handle is refused from then on; work already submitted with it still completes. */
  free(resource: Tensor | Plan): void;
  /** Checks the parameters, compiles, reserves scratch; rejects with a {@link KernelError} that says what is not supported. */
  prepare<K extends KernelName>(kernel: K, parameters: KernelParameters[K], dtype?: Dtype): Promise<Plan>;
  /**
   * Puts one launch in the queue and returns without waiting; launches take effect in the order of their submission.
   * Wrong handles and sizes throw at once and leave every tensor as it was; a failure of the device rejects the next
   * `flush` or `read`. A tensor is read and written in the shape of the plan and need only hold as many numbers: rows of width NH are H rows of width N.
   * Lists that are frozen and given again are checked once: thousands of small launches a second are worth `Object.freeze`.
   * Inputs are not changed unless the same tensor is also the output, where the catalogue allows it.
   * `repeat` = k (only for kernels that iterate) equals one launch from input to output followed by k - 1 launches from
   * output to output, and writes the same bytes.
   */
  submit(plan: Plan, inputs: readonly Tensor[], outputs: readonly Tensor[], repeat?: number): void;
  /** Resolves when everything submitted so far has completed; rejects if any of it failed. */
  flush(): Promise<void>;
  /** Runs small cases with known answers on the device itself; a device that fails must not be used. Never rejects. */
  selfCheck(): Promise<SelfCheck>;
  /** Resolves, once, when the backend can no longer be used, also after `close`. Never rejects. */
  readonly lost: Promise<LossReason>;
  /** Gives back everything; every later call but `close` is refused. */
  close(): void;
}

/**
 * The implementation itself, when it was written for this version of the interface.
 * @throws KernelError (code `version`) naming who, which version, which is needed, and what to do.
 */
export function checkBackendVersion(implementation: unknown): Backend {
  const candidate = (typeof implementation === "object" && implementation !== null ? implementation : {}) as { backendVersion?: unknown; id?: unknown };
  if (candidate.backendVersion === BACKEND_VERSION) return implementation as Backend;
  const who = typeof candidate.id === "string" ? `backend "${candidate.id}"` : "the object given as a backend";
  const given = candidate.backendVersion;
  const rule = `@mesoscope/kernels speaks backend version ${BACKEND_VERSION}`;
  if (typeof given !== "number") {
    throw new KernelError({
      code: "version",
      what: `${who} has no backendVersion`,
      rule,
      remedy: `Give an object that implements the Backend interface, with backendVersion: ${BACKEND_VERSION}.`,
    });
  }
  const older = given < BACKEND_VERSION;
  throw new KernelError({
    code: "version",
    what: `${who} has backendVersion ${given}`,
    rule,
    remedy: older ? `Install a newer release of this backend, one made for version ${BACKEND_VERSION}.` : "Install a newer release of @mesoscope/kernels and of the packages that use it.",
  });
}
