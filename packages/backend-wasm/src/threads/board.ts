/**
 * @file The words in shared memory by which threads agree, used alike by the thread that owns the backend and by those that help. The
 * owner opens a turn; whoever is there takes tasks by counting up; the owner closes the turn and waits for all who are in it. A helper
 * says that it is busy before it looks at the turn, so that no turn is described anew under anybody's hands.
 */

/** The number of the turn: odd while it is open. */
export const TURN = 0;
/** Tasks of the turn. */
export const COUNT = 1;
/** The next task that nobody has taken; on a cache line of its own. */
export const NEXT = 16;
/** How each thread is, a cache line each, the owner's unused. */
const STATES = 32;

/** Where a thread says how it is. */
export function stateOf(thread: number): number {
  return STATES + 16 * thread;
}

/** Not here: not yet, or no longer. */
export const ABSENT = 0;
/** Here, with nothing to do. */
export const IDLE = 1;
/** Perhaps in the turn that is open. */
export const BUSY = 2;
/** Failed in a task. */
export const BROKEN = 3;

/** Bytes of the board. */
export function boardBytes(threads: number): number {
  return 4 * stateOf(threads);
}

/** What a helper is told when it starts. */
export interface Orders {
  readonly module: object;
  readonly memory: object;
  readonly board: number;
  readonly job: number;
  /** Which thread it is, from 1. */
  readonly thread: number;
  readonly threads: number;
}

/** Nanoseconds of work below which a kernel stays on the thread that calls it: waking another takes a part of that. */
export const LEAST = 100_000;

/** Looks at a word until it is no longer `value`, for some microseconds at most; says whether it has changed. */
export function spin(words: Int32Array, at: number, value: number, looks: number): boolean {
  for (let look = 0; look < looks; look += 1) if (Atomics.load(words, at) !== value) return true;
  return false;
}
