/**
 * @file Whether the device can still be trusted. WebGPU reports errors late: what ran out of memory or was refused is learnt at the next
 * flush or read, by error scopes that are always open; a device that is gone says so by itself.
 */
import { KernelError, type LossReason } from "@mesoscope/kernels";
import type { GpuDevice, GpuErrorFilter } from "./web-gpu.js";

/** The state of a device. */
export interface Health {
  readonly lost: Promise<LossReason>;
  /** @throws KernelError (`lost`) once the device is gone or has failed. */
  readonly requireAlive: () => void;
  /** Closes the open scopes and opens new ones; rejects, and gives the device up, if anything has failed since the last time. */
  readonly check: () => Promise<void>;
  readonly close: () => void;
}

/** Innermost last. */
const FILTERS: readonly GpuErrorFilter[] = ["internal", "validation", "out-of-memory"];

const REMEDY: Readonly<Record<Exclude<LossReason["kind"], "closed">, string>> = {
  "device-lost": "Make a new backend with webgpuBackend() and upload your numbers again; if it happens again, give smaller batches or take another backend.",
  "out-of-memory": "Make a new backend with webgpuBackend(), free what is no longer needed, and take fewer replicas in a batch.",
};

export function healthOf(device: GpuDevice): Health {
  let reason: LossReason | undefined;
  let closed = false;
  let resolve: (reason: LossReason) => void = () => undefined;
  const lost = new Promise<LossReason>((settle) => (resolve = settle));
  const lose = (why: LossReason): void => {
    reason ??= why;
    resolve(reason);
  };
  const requireAlive = (): void => {
    if (reason === undefined || reason.kind === "closed") return;
    throw new KernelError({ code: "lost", what: "the webgpu backend", rule: `can no longer be used (${reason.kind}): ${reason.message}`, remedy: REMEDY[reason.kind] });
  };
  const open = (): void => {
    for (const filter of FILTERS) device.pushErrorScope(filter);
  };
  void device.lost.then(({ message }) => {
    if (!closed) lose({ kind: "device-lost", message: message === "" ? "the device is gone" : message });
  });
  open();
  return {
    lost,
    requireAlive,
    check: async () => {
      const scopes = FILTERS.map(() => device.popErrorScope());
      open();
      // A device that is gone may reject these; `lost` says why.
      const [memory, validation, internal] = await Promise.all(scopes.map((scope) => scope.catch(() => null)));
      if (memory) lose({ kind: "out-of-memory", message: memory.message });
      const refused = validation ?? internal;
      if (refused) lose({ kind: "device-lost", message: `the device refused what it was given: ${refused.message}` });
      requireAlive();
    },
    close: () => {
      closed = true;
      lose({ kind: "closed", message: "the webgpu backend was closed by its owner" });
    },
  };
}
