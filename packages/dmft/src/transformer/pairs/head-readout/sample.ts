import type { Batch, Context, Observable, Replicas } from "@mesoscope/contracts";
import { headMapReplicas } from "../../head-map/head-map-replicas.js";
import { sampleReduced } from "../reduced-networks.js";
import type { HeadReadoutSetting } from "./setting.js";

/** Outputs and loss by the closed map [eq:head-map]: the law of explicit networks, drawn as Gram matrices. */
export function sampleHeadMap(setting: HeadReadoutSetting, observables: readonly Observable[], { N, H }: { readonly N: number; readonly H: number }, replicas: Replicas, context: Context): Batch {
  const { task, descent, alphaA } = setting;
  return sampleReduced(setting, observables, replicas, context, { train: (own) => headMapReplicas(task, descent, { alphaA, N, H }, own) });
}
