/** @file The module with its memory and its threads: shared memory and helpers where they are to be had, one thread elsewhere. */
import type { KernelError } from "@mesoscope/kernels";
import type { Exports } from "../bind.js";
import { heap as heapOver, type Heap } from "../heap.js";
import { instantiate, type Instance } from "../module.js";
import { boardBytes, LEAST } from "./board.js";
import { startCrew, type Crew, type CrewSetting } from "./crew.js";
import { describer, JOB_BYTES, taskDoer, type RangeCall } from "./range.js";
import { whyNoThreads } from "./start.js";

/** What a backend computes with. */
export interface ThreadedMachine {
  readonly exports: Exports;
  readonly heap: Heap;
  /** Threads that may come: scratch is taken for so many. */
  readonly threads: number;
  /** Calls a function over a range, on several threads where that is worth it. */
  readonly over: (call: RangeCall) => void;
  readonly crew: Pick<Crew, "use" | "failure" | "end">;
}

/** How a machine is to be; all but the number of threads is for tests. */
export interface MachineSetting {
  readonly threads: number;
  readonly least?: number;
  readonly start?: (setting: CrewSetting, lost: (error: KernelError) => void) => Crew;
}

/** Starts threads, or says why there is one only. `lost` is called when a thread fails for good. */
export function startMachine({ threads, least = LEAST, start = startCrew }: MachineSetting, lost: (error: KernelError) => void): ThreadedMachine {
  if (threads === 1) return alone(threads, undefined);
  const reason = whyNoThreads();
  if (reason !== undefined) return alone(threads, reason);
  const crews: Crew[] = [];
  let instance: Instance;
  try {
    instance = instantiate(true, (count) => {
      crews[0]!.divide(count);
    });
  } catch (error) {
    // Where nothing at all can be compiled, this says so.
    return alone(threads, `no shared memory: ${(error as Error).message}`);
  }
  const { exports, memory, module } = instance;
  const heap = heapOver(memory, exports.heapBase());
  const { at: board } = heap.take(boardBytes(threads));
  const { at: job } = heap.take(JOB_BYTES);
  exports.gather(threads, job, least);
  const crew = start({ module, memory, board, job, threads, task: taskDoer(exports, memory.buffer, job) }, lost);
  crews.push(crew);
  const describe = describer(exports, memory.buffer, job, threads);
  const over = (call: RangeCall): void => {
    if (call.cost * call.numbers[call.range + 1]! < least) exports[call.name](...call.numbers);
    else crew.divide(describe(call));
  };
  return { exports, heap, threads, over, crew };
}

function alone(asked: number, reason: string | undefined): ThreadedMachine {
  const { exports, memory } = instantiate(false);
  const use = Object.freeze({ asked, running: 1, ...(reason === undefined ? {} : { reason }) });
  const over = ({ name, numbers }: RangeCall): void => {
    exports[name](...numbers);
  };
  return { exports, heap: heapOver(memory, exports.heapBase()), threads: 1, over, crew: { use: () => use, failure: () => undefined, end: () => undefined } };
}
