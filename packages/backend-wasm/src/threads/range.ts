/**
 * @file Functions of the module over a range of rows, numbers or replicas, none of which knows of the others: any division leaves the same
 * bytes. A call is described in the memory of a job (assembly/crew.as), and a task is the same call on a part of the range.
 */
import type { Exports, RangeFunction } from "../bind.js";

/** A call over a whole range. */
export interface RangeCall {
  readonly name: RangeFunction;
  /** Its arguments. */
  readonly numbers: readonly number[];
  /** The place among them of the range's beginning, 0; its end comes next. */
  readonly range: number;
  /** About how many nanoseconds an element of the range takes on one thread. */
  readonly cost: number;
  /** Elements that are better done together, where there are enough for all threads. */
  readonly together?: number;
  /** The place of a scratch, and its bytes, which each thread has for itself. */
  readonly scratch?: { readonly place: number; readonly bytes: number };
}

/** Marks the description of a call; the module's own jobs count from 0. */
const CALL = -1;
/** Numbers before the arguments: the function, how many arguments, the range's place, elements of a task, the scratch's place, its bytes. */
const HEAD = 6;
/** Nanoseconds that a task should take at least. */
const TASK = 20_000;
/** Numbers of a description. */
const NUMBERS = HEAD + 16;

/** Bytes of the description of a job. */
export const JOB_BYTES = 256;

interface Description {
  readonly kind: Int32Array;
  readonly numbers: Float64Array;
}

function descriptionAt(buffer: ArrayBuffer | SharedArrayBuffer, job: number): Description {
  return { kind: new Int32Array(buffer, job, 1), numbers: new Float64Array(buffer, job + 8, NUMBERS) };
}

/** Describes a call for `threads` threads; gives the number of its tasks. */
export function describer(exports: Exports, buffer: ArrayBuffer | SharedArrayBuffer, job: number, threads: number): (call: RangeCall) => number {
  const { kind, numbers } = descriptionAt(buffer, job);
  const names = Object.keys(exports);
  return (call) => {
    const total = call.numbers[call.range + 1]!;
    const grain = Math.min(Math.ceil(total / (2 * threads)), Math.max(call.together ?? 1, Math.ceil(TASK / call.cost)));
    kind[0] = CALL;
    numbers.set([names.indexOf(call.name), call.numbers.length, call.range, grain, call.scratch?.place ?? -1, call.scratch?.bytes ?? 0, ...call.numbers]);
    return Math.ceil(total / grain);
  };
}

/** What does a task of the job that is described, whoever described it. */
export function taskDoer(exports: Exports, buffer: ArrayBuffer | SharedArrayBuffer, job: number): (index: number, thread: number) => void {
  const { kind, numbers } = descriptionAt(buffer, job);
  const functions = Object.values(exports) as ((...given: number[]) => number)[];
  return (index, thread) => {
    if (kind[0] !== CALL) {
      exports.task(index, thread);
      return;
    }
    const [which, count, range, grain, place, bytes] = numbers as unknown as [number, number, number, number, number, number];
    const given = Array.from(numbers.subarray(HEAD, HEAD + count));
    given[range] = index * grain;
    given[range + 1] = Math.min(given[range + 1]!, (index + 1) * grain);
    if (place >= 0) given[place]! += thread * bytes;
    functions[which]!(...given);
  };
}
