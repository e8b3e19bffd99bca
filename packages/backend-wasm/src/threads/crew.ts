/** @file The threads of one backend. The thread that owns it does its part of every job, and all of it while no other is up. */
import { KernelError } from "@mesoscope/kernels";
import type { WasmMemory } from "../web-assembly.js";
import { ABSENT, BROKEN, BUSY, COUNT, IDLE, NEXT, spin, stateOf, TURN, type Orders } from "./board.js";
import { startHelper, type Helper } from "./start.js";

/** How many threads a backend was asked for, and how many compute at the moment. */
export interface ThreadUse {
  readonly asked: number;
  /** Threads that are up, the calling one included. Others take a moment to start; no byte of a result depends on it. */
  readonly running: number;
  /** Why there are fewer than were asked for, where that is known. */
  readonly reason?: string;
}

/** What a crew needs of its backend. */
export interface CrewSetting extends Omit<Orders, "thread" | "memory"> {
  readonly memory: WasmMemory;
  readonly task: (index: number, thread: number) => void;
}

/** The threads of one backend. */
export interface Crew {
  /** Has tasks 0 ... count - 1 done, each once, and returns when all are. After a failure it does nothing. */
  readonly divide: (count: number) => void;
  readonly use: () => ThreadUse;
  /** What went wrong for good: results since then are worth nothing. */
  readonly failure: () => KernelError | undefined;
  readonly end: () => void;
}

/** Looks at a thread before the caller sleeps. */
const LOOKS = 4000;
/** Milliseconds of one sleep, after which the caller looks whether the thread is still there. */
const NAP = 50;
/** Milliseconds that a thread may be behind for any reason; and how many times as long as the caller itself needed for its tasks. */
const PATIENCE = 20_000;
const BEHIND = 50;

/** Milliseconds of a clock that only runs forward. */
function now(): number {
  return (globalThis as unknown as { readonly performance: { now: () => number } }).performance.now();
}

/** Starts `threads` - 1 helpers by `begin`. `lost` is called at a failure. */
export function startCrew({ memory, task, ...setting }: CrewSetting, lost: (error: KernelError) => void, begin: typeof startHelper = startHelper): Crew {
  const { threads, board } = setting;
  const words = new Int32Array(memory.buffer, board, stateOf(threads));
  const helpers = new Map<number, Helper>();
  const mayWait = canWait(words);
  let failure: KernelError | undefined;
  let reason: string | undefined;

  const gone = (thread: number, why: string): void => {
    if (!helpers.delete(thread)) return;
    Atomics.store(words, stateOf(thread), ABSENT);
    reason = why;
  };
  const fail = (what: string): void => {
    if (failure !== undefined) return;
    failure = new KernelError({ code: "lost", what: "the wasm backend", rule: `was lost: ${what}`, remedy: "Make a new one with wasmBackend() and compute again; with one thread if it happens again." });
    for (const helper of helpers.values()) helper.end();
    lost(failure);
  };
  for (let thread = 1; thread < threads; thread += 1) {
    try {
      helpers.set(thread, begin({ ...setting, memory, thread }, (why) => {
        gone(thread, why);
      }));
    } catch (error) {
      reason = error instanceof Error ? error.message : String(error);
    }
  }
  const up = (thread: number): boolean => {
    const state = Atomics.load(words, stateOf(thread));
    return state === IDLE || state === BUSY;
  };

  /** Waits until a thread has left the turn; gives up on one that ended in it, and on one that stays behind for no reason. */
  const awaitThread = (thread: number, own: number): void => {
    const state = stateOf(thread);
    if (!spin(words, state, BUSY, LOOKS)) {
      let waited = 0;
      for (let before = now(); Atomics.load(words, state) === BUSY; ) {
        if (mayWait) Atomics.wait(words, state, BUSY, NAP);
        else spin(words, state, BUSY, LOOKS);
        const after = now();
        // A process that was stopped for an hour has not waited for an hour.
        waited += Math.min(after - before, NAP);
        before = after;
        if (helpers.get(thread)?.stopped() !== false && Atomics.load(words, state) === BUSY) {
          fail("a thread ended in the middle of its work");
          return;
        }
        if (waited > PATIENCE + BEHIND * own) {
          fail("a thread no longer answers");
          return;
        }
      }
    }
    if (Atomics.load(words, state) === BROKEN) fail("a thread failed in its work");
  };

  return {
    divide: (count) => {
      if (failure !== undefined) return;
      Atomics.store(words, COUNT, count);
      // The first task is the caller's own: how long it takes says how long one may take.
      Atomics.store(words, NEXT, 1);
      Atomics.add(words, TURN, 1);
      Atomics.notify(words, TURN);
      const started = now();
      try {
        for (let index = 0; index < count; index = Atomics.add(words, NEXT, 1)) task(index, 0);
      } finally {
        // Also where the caller's own task ends in an error, such as a full stack: a turn left open would be taken for the next one.
        Atomics.add(words, TURN, 1);
        const own = now() - started;
        for (let thread = 1; thread < threads; thread += 1) awaitThread(thread, own);
      }
    },
    use: () => {
      let running = 1;
      for (const thread of helpers.keys()) if (up(thread)) running += 1;
      return Object.freeze({ asked: threads, running, ...(reason === undefined ? {} : { reason }) });
    },
    failure: () => failure,
    end: () => {
      for (const [thread, helper] of [...helpers]) {
        helpers.delete(thread);
        helper.end();
      }
    },
  };
}

/** Whether this thread may sleep: the main thread of a page may not. */
function canWait(words: Int32Array): boolean {
  try {
    Atomics.wait(words, TURN, -1, 0);
    return true;
  } catch {
    return false;
  }
}
