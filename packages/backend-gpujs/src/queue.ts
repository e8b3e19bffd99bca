/** @file Launches in the order of their submission, one at a time, and what becomes of them when the device is lost. */
import { KernelError, type LossReason } from "@mesoscope/kernels";
import type { Machine } from "./machine.js";

/** The queue of one backend. */
export interface Queue {
  /** Puts work at the end and returns; a failure makes the backend lost. */
  readonly add: (work: () => Promise<void> | void) => void;
  /** The result of work after everything before it. Rejects with a KernelError (`lost`) if anything failed. */
  readonly ask: <T>(work: () => Promise<T>) => Promise<T>;
  /** @throws KernelError (`lost`) */
  readonly requireUsable: () => void;
  readonly lose: (reason: LossReason) => void;
  readonly lost: Promise<LossReason>;
}

/** A queue that asks the machine, whenever somebody waits for a result, whether all went well. */
export function queue(machine: Machine): Queue {
  let tail: Promise<void> = Promise.resolve();
  let reason: LossReason | undefined;
  let tell: (reason: LossReason) => void = () => undefined;
  const lost = new Promise<LossReason>((resolve) => (tell = resolve));

  const lose = (why: LossReason): void => {
    if (reason !== undefined) return;
    reason = why;
    tell(why);
  };
  const requireUsable = (): void => {
    if (reason === undefined || reason.kind === "closed") return;
    throw new KernelError({ code: "lost", what: "the gpujs backend", rule: `can no longer be used: ${reason.message}`, remedy: REMEDY[reason.kind] });
  };
  const guarded = async (work: () => Promise<void> | void): Promise<void> => {
    if (reason !== undefined) return;
    try {
      await work();
    } catch (error) {
      lose({ kind: "device-lost", message: `gpu.js failed: ${error instanceof Error ? error.message : String(error)}` });
    }
  };
  const listen = (): void => {
    const complaint = machine.complaint();
    if (complaint !== undefined) lose({ kind: complaint, message: MESSAGE[complaint] });
  };
  machine.onLoss(() => {
    lose({ kind: "device-lost", message: MESSAGE["device-lost"] });
  });

  const add = (work: () => Promise<void> | void): void => {
    tail = tail.then(() => guarded(work));
  };
  return Object.freeze({
    add,
    ask: async <T>(work: () => Promise<T>): Promise<T> => {
      let answer: { readonly value: T } | undefined;
      add(async () => {
        answer = { value: await work() };
        listen();
      });
      await tail;
      requireUsable();
      if (answer === undefined) throw new KernelError({ code: "closed", what: "the gpujs backend", rule: "was closed before it answered", remedy: "Close it after the last answer." });
      return answer.value;
    },
    requireUsable,
    lose,
    lost,
  } satisfies Queue);
}

const MESSAGE = Object.freeze({
  "device-lost": "the browser took the WebGL context away",
  "out-of-memory": "the device ran out of memory",
});

const REMEDY = Object.freeze({
  "device-lost": "Make a new one with gpujsBackend() and upload the state again.",
  "out-of-memory": "Make a new one with gpujsBackend(), and split the batch or free what is no longer needed.",
});
