/** @file Events: zeros of functions of the state, located on the dense output. */
import { bracketedRoot } from "@mesoscope/numerics";
import type { DenseStep } from "./dense-output.js";

/** A function of time and state whose change of sign is an event. */
export interface EventFunction {
  /** Continuous and finite along the solution. The state belongs to the integrator: copy what is to be kept. */
  readonly value: (t: number, y: Float64Array) => number;
  /** Which changes of sign count, seen in the direction of the run: from - to +, from + to -, or both (the default). */
  readonly direction?: "rising" | "falling" | "both";
  /** The run ends at the event, with the outcome `event`. Default false: the event is noted. */
  readonly terminal?: boolean;
}

/** An event that happened. */
export interface LocatedEvent {
  /** Which of the functions given. */
  readonly index: number;
  /** Within a few units in the last place of the zero on the dense output, and not before it. */
  readonly t: number;
  readonly y: Float64Array;
}

/** What a step brought. */
export interface StepEvents {
  /** In the order of the run, up to the first that is terminal. */
  readonly located: readonly LocatedEvent[];
  /** The last of them is terminal. */
  readonly terminal: boolean;
  /** A function that was not finite at the end of the step, or inside while its zero was sought. */
  readonly notFinite: number | undefined;
}

/** Follows the signs of event functions from step to step. */
export interface EventWatch {
  /** Signs at the start. False when a function is not finite there. */
  readonly start: (t: number, y: Float64Array) => boolean;
  /** The events of a step from the state last seen to `end` at t1; the dense output is made only if there is one. */
  readonly step: (t1: number, end: Float64Array, dense: () => DenseStep) => StepEvents;
}

/** Width of the final bracket in units of the times of the step: as narrow as doubles allow. */
const BRACKET = 4 * Number.EPSILON;

export function watchEvents(functions: readonly EventFunction[], length: number): EventWatch {
  const values = new Float64Array(functions.length);
  const state = new Float64Array(length);
  const start = (t: number, y: Float64Array): boolean => {
    for (const [index, { value }] of functions.entries()) values[index] = value(t, y);
    return values.every(Number.isFinite);
  };
  const step = (t1: number, end: Float64Array, dense: () => DenseStep): StepEvents => {
    const located: LocatedEvent[] = [];
    for (const [index, one] of functions.entries()) {
      const before = values[index]!;
      const after = one.value(t1, end);
      if (!Number.isFinite(after)) return { located: [], terminal: false, notFinite: index };
      values[index] = after;
      if (!counts(before, after, one.direction)) continue;
      const t = locate(one, dense(), state);
      if (t === undefined) return { located: [], terminal: false, notFinite: index };
      located.push({ index, t, y: dense().at(t, new Float64Array(length)) });
    }
    if (located.length === 0) return { located, terminal: false, notFinite: undefined };
    const { t0 } = dense();
    located.sort((one, other) => Math.abs(one.t - t0) - Math.abs(other.t - t0));
    const last = located.findIndex(({ index }) => functions[index]!.terminal === true);
    return { located: last < 0 ? located : located.slice(0, last + 1), terminal: last >= 0, notFinite: undefined };
  };
  return { start, step };
}

/** A zero at the start of a step was noted at the end of the one before, or is where the run began: it does not count again. */
function counts(before: number, after: number, direction: EventFunction["direction"] = "both"): boolean {
  if (before < 0) return after >= 0 && direction !== "falling";
  return before > 0 && after <= 0 && direction !== "rising";
}

/** The end of the final bracket that lies beyond the zero: a run restarted there does not meet the event again. */
function locate({ value }: EventFunction, dense: DenseStep, state: Float64Array): number | undefined {
  const { t0, t1, at } = dense;
  const f = (t: number): number => value(t, at(t, state));
  const { bracket, root, outcome, value: rest } = bracketedRoot(f, t0, t1, { tolerance: Math.max(BRACKET * Math.max(Math.abs(t0), Math.abs(t1)), Number.MIN_VALUE) });
  if (outcome.kind === "diverged") return undefined;
  return rest === 0 ? root : t1 > t0 ? bracket[1] : bracket[0];
}
