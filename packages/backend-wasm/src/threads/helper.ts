/**
 * @file The program of a helping thread. It is bundled into text when the package is built (build/compile.mjs), so that a worker finds
 * it without a file.
 */
import { bind } from "../bind.js";
import { BROKEN, BUSY, COUNT, IDLE, NEXT, spin, stateOf, TURN, type Orders } from "./board.js";
import { taskDoer } from "./range.js";

/** Looks at the turn before a helper sleeps, some ten microseconds: parts of a kernel follow each other sooner than a thread wakes. */
const LOOKS = 4000;

/** Takes tasks of every turn, for ever. */
function help({ module, memory, board, job, thread, threads: count }: Orders): void {
  const { exports, buffer } = bind(module, memory);
  exports.gather(count, job, Infinity);
  const perform = taskDoer(exports, buffer(), job);
  const words = new Int32Array(buffer(), board, stateOf(count));
  const state = stateOf(thread);
  let done = 0;
  for (;;) {
    Atomics.store(words, state, BUSY);
    const turn = Atomics.load(words, TURN);
    if (turn % 2 !== 0) {
      try {
        const tasks = Atomics.load(words, COUNT);
        for (let task = Atomics.add(words, NEXT, 1); task < tasks; task = Atomics.add(words, NEXT, 1)) perform(task, thread);
      } catch {
        Atomics.store(words, state, BROKEN);
        Atomics.notify(words, state);
        return;
      }
      done = turn;
    }
    Atomics.store(words, state, IDLE);
    Atomics.notify(words, state);
    for (;;) {
      const now = Atomics.load(words, TURN);
      if (now !== done && now % 2 !== 0) break;
      if (!spin(words, TURN, now, LOOKS)) Atomics.wait(words, TURN, now);
    }
  }
}

interface Here {
  readonly process?: { getBuiltinModule?: (name: string) => { readonly workerData: Orders } | undefined };
  onmessage?: (event: { readonly data: Orders }) => void;
}

const here = globalThis as Here;
const threads = here.process?.getBuiltinModule?.("node:worker_threads");
if (threads === undefined) {
  here.onmessage = ({ data }) => {
    help(data);
  };
} else help(threads.workerData);
