/** @file One head under errors that are given for all times: its output, and how that moves with the errors or with its beginning. */
import { movingHeads } from "../head-map/head-map.js";
import type { HeadStates } from "../head-map/head-states.js";
import type { CheckedTask, Descent } from "../head-map/training-task.js";

/** F[Delta] of a single head: its contribution to f if all heads were like it, centred (T + 1, P). */
export interface HeadPaths {
  /** Takes a head and runs it: F into `out` (T + 1, P). Later calls of `tangent` and `jet` are about this head. */
  readonly run: (head: number, out: Float64Array) => void;
  /** dF/dDelta_m(u), written to `out` (T + 1, P): zero up to u. */
  readonly response: (u: number, m: number, out: Float64Array) => void;
  /** F along Delta + e v, v (T + 1, P): coefficients of e and e^2, written to `first` and `second` (T + 1, P). */
  readonly jet: (v: Float64Array, first: Float64Array, second: Float64Array) => void;
  /** F along a change of the beginning, coefficient of e, written to `out` (T + 1, P); the change of B (D, D) at the end to `endB`. */
  readonly beginning: (change: Partial<Record<StateName, Float64Array>>, out: Float64Array, endB: Float64Array) => void;
}

const NAMES = ["B", "Q2", "K2", "C", "b", "a"] as const;
export type StateName = (typeof NAMES)[number];

/** Paths of the heads of `states` under errors (T + 1, P). */
export function headPaths(task: CheckedTask, descent: Descent, states: HeadStates, errors: Float64Array): HeadPaths {
  const { P, D } = task;
  const { steps } = descent;
  const [values, tangents, jets] = [1, 2, 3].map((planes) => motion(planes)) as [Motion, Motion, Motion];
  /** The head at every time, for runs that begin late. */
  const checkpoints = Array.from({ length: steps + 1 }, () => Object.fromEntries(NAMES.map((name) => [name, new Float64Array(sizeOf(name))])) as Record<StateName, Float64Array>);

  function sizeOf(name: StateName): number {
    return states[name].length / states.heads;
  }
  function motion(planes: number): Motion {
    const single = { ...states, heads: 1, weights: new Float64Array([1]), ...Object.fromEntries(NAMES.map((name) => [name, states[name].slice(0, sizeOf(name))])) } as HeadStates;
    const moving = movingHeads(task, descent, single, planes);
    const { attention, values: own } = moving;
    return { planes, moving, arrays: { B: attention.B, Q2: attention.Q2, K2: attention.K2, C: own.C, b: own.b, a: own.a }, out: new Float64Array(planes * P), errors: new Float64Array(planes * P) };
  }
  const load = ({ arrays }: Motion, from: Record<StateName, Float64Array>): void => {
    for (const name of NAMES) {
      arrays[name].fill(0);
      arrays[name].set(from[name]);
    }
  };
  /** Runs from time u to T; direction (T + 1, P) or one entry of it; calls back with the planes of F. */
  const follow = (of: Motion, u: number, direction: (t: number, m: number) => number, tell: (t: number, out: Float64Array) => void): void => {
    for (let t = u; t <= steps; t++) {
      of.out.fill(0);
      of.moving.look(of.out);
      tell(t, of.out);
      if (t === steps) break;
      for (let m = 0; m < P; m++) {
        of.errors[m] = errors[t * P + m]!;
        if (of.planes > 1) of.errors[P + m] = direction(t, m);
      }
      of.moving.learn(of.errors);
    }
  };
  return {
    run: (head, out) => {
      for (const name of NAMES) {
        const size = sizeOf(name);
        checkpoints[0]![name].set(states[name].subarray(head * size, (head + 1) * size));
      }
      load(values, checkpoints[0]!);
      const first = new Float64Array(P);
      follow(values, 0, () => 0, (t, now) => {
        for (const name of NAMES) checkpoints[t]![name].set(values.arrays[name]);
        if (t === 0) first.set(now);
        for (let m = 0; m < P; m++) out[t * P + m] = now[m]! - first[m]!;
      });
    },
    response: (u, m, out) => {
      out.fill(0);
      load(tangents, checkpoints[u]!);
      follow(tangents, u, (t, n) => (t === u && n === m ? 1 : 0), (t, now) => {
        for (let n = 0; n < P; n++) out[t * P + n] = now[P + n]!;
      });
    },
    jet: (v, first, second) => {
      load(jets, checkpoints[0]!);
      follow(jets, 0, (t, m) => v[t * P + m]!, (t, now) => {
        for (let m = 0; m < P; m++) {
          first[t * P + m] = now[P + m]!;
          second[t * P + m] = now[2 * P + m]!;
        }
      });
    },
    beginning: (change, out, endB) => {
      load(tangents, checkpoints[0]!);
      for (const name of NAMES) {
        const tangent = change[name];
        if (tangent !== undefined) tangents.arrays[name].set(tangent, sizeOf(name));
      }
      follow(tangents, 0, () => 0, (t, now) => {
        for (let m = 0; m < P; m++) out[t * P + m] = now[P + m]! - (t === 0 ? 0 : out[m]!);
      });
      // The output at t = 0 was kept for centring; centred itself it is 0.
      out.fill(0, 0, P);
      endB.set(tangents.arrays.B.subarray(D * D, 2 * D * D));
    },
  };
}

interface Motion {
  readonly planes: number;
  readonly moving: ReturnType<typeof movingHeads>;
  readonly arrays: Record<StateName, Float64Array>;
  readonly out: Float64Array;
  readonly errors: Float64Array;
}
