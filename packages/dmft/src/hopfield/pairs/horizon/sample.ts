import type { Batch, Context, ReplicaOutcome, Replicas } from "@mesoscope/contracts";
import { binomialChain, finiteHead, stratifiedSizes } from "@mesoscope/hopfield-transformer";
import { keyFromWords } from "@mesoscope/numerics";
import type { Key } from "@mesoscope/numerics";
import { meanFieldMap } from "../../map/mean-field-map.js";
import type { WindowState } from "../../map/window-state.js";
import { keptWindow } from "../one-bit/setting.js";
import type { HorizonSetting } from "./setting.js";

/** Replicas between two looks at whether the run was aborted. */
const BLOCK = 64;

/** When `count` replicas of N bits left the trajectory of the limit that began in the same window of its attractor. */
export function sampleExits(setting: HorizonSetting, bits: number, { key, from, count }: Replicas, context: Context): Batch {
  const exit = new Float64Array(count);
  const late = new Uint8Array(count);
  const outcomes: ReplicaOutcome[] = [];
  const own = keyFromWords(key);
  const run = exitOf(setting, bits);
  for (let r = 0; r < count; r++) {
    if (r % BLOCK === 0 && context.signal?.aborted === true) break;
    const time = run(own.fold("replica", from + r));
    exit[r] = time ?? setting.limit;
    late[r] = time === undefined ? 1 : 0;
    outcomes.push({ kind: "completed" });
    if (r % BLOCK === BLOCK - 1) context.progress?.(r + 1, count);
  }
  while (outcomes.length < count) outcomes.push({ kind: "diverged", message: "Not sampled: the run was aborted." });
  return { outcomes, values: { exit }, censored: { exit: late } };
}

/** Chain and map from the same window, token by token, until a class is off by more than the tolerance. */
function exitOf({ network, tolerance, limit, starts }: HorizonSetting, bits: number): (own: Key) => number | undefined {
  const sized = stratifiedSizes(network.features, bits, { rounding: "largest-remainder" });
  const { contextLength, beta, gamma, positionalWeight, logitScale, features: { classes } } = network;
  const chain = binomialChain(finiteHead(sized, { contextLength, beta, gamma, positionalWeight, logitScale }));
  const map = meanFieldMap(network, starts().at(0));
  return (own) => {
    const start: WindowState = starts().at(own.fold("start").stream().integer(starts().span));
    const begun = keptWindow(start, classes, sized.kept);
    const stream = own.fold("tokens").stream();
    map.start(start);
    chain.window.startFromWindow(begun.u, begun.t);
    for (let t = 1; t <= limit; t++) {
      chain.step(stream);
      map.step();
      for (let i = 0; i < sized.kept.length; i++) if (Math.abs(chain.u[i]! - map.u[sized.kept[i]!]!) > tolerance) return t;
    }
    return undefined;
  };
}
