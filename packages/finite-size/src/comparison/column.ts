/** @file One observable over all sizes: its summaries, each resampled once for everything that is asked of it. */
import { canonicalJson, observableLength, type Observable } from "@mesoscope/contracts";
import type { Key } from "@mesoscope/numerics";
import type { Ensemble } from "../ensemble/ensemble.js";
import { meanEstimate, spreadEstimate } from "../statistics/estimate.js";
import { simultaneousBand } from "../statistics/simultaneous-band.js";
import { summarise, type Summary } from "../statistics/summary.js";
import { censoredReplicas } from "./censoring.js";
import type { ObservableEstimate, SizeSummary } from "./comparison.js";
import { groupsAt, type Groups } from "./groups.js";
import { spreadScaling, type Scaling, type ScalingOptions } from "./scaling.js";

export interface Column {
  readonly observable: Observable;
  /** One for each size; undefined where fewer than two replicas completed. */
  readonly summaries: readonly (Summary | undefined)[];
  readonly spread: Scaling | undefined;
  /** Whether replicas differ at an entry, at any of the sizes. */
  readonly varies: (entry: number) => boolean;
  /** Groups of replicas at the size of index k and an entry; looked for once, whatever number of theories ask. */
  groupsAt(k: number, entry: number): Groups | undefined;
}

export function columnOf(observable: Observable, ensembles: readonly Ensemble[], root: Key, settings: ScalingOptions & { readonly resamples: number }): Column {
  const summaries = ensembles.map((ensemble) => summaryOf(observable, ensemble, root, settings.resamples));
  const known = summaries.flatMap((summary, k) => (summary === undefined ? [] : [{ summary, n: ensembles[k]!.n }]));
  const spread = spreadScaling(
    known.map(({ n }) => n),
    known.map(({ summary }) => summary),
    settings,
  );
  const groups = new Map<string, Groups | undefined>();
  return {
    observable,
    summaries,
    spread,
    varies: (entry) => summaries.some((summary) => summary !== undefined && summary.sd[entry]! > 0),
    groupsAt: (k, entry) => {
      const id = `${k} ${entry}`;
      if (!groups.has(id)) groups.set(id, groupsAt(ensembles[k]!, observable, entry, root.fold(ensembles[k]!.n)));
      return groups.get(id);
    },
  };
}

/** Undefined where fewer than two replicas completed. One key an observable and size: whoever asks again gets the same resamples. */
export function summaryOf(observable: Observable, ensemble: Ensemble, root: Key, resamples: number): Summary | undefined {
  if (ensemble.completed < 2) return undefined;
  const stream = root.fold("bootstrap", observable.id, canonicalJson(ensemble.size, "size")).stream();
  return summarise(ensemble.values(observable.id), observableLength(observable), { resamples, stream });
}

/** What was sampled at the size of index k. */
export function sizeSummary(ensemble: Ensemble, columns: readonly Column[], k: number, confidence: number): SizeSummary {
  const estimates: Record<string, ObservableEstimate> = {};
  for (const { observable, summaries } of columns) {
    const summary = summaries[k];
    if (summary === undefined) continue;
    estimates[observable.id] = {
      mean: meanEstimate(summary, confidence),
      ...(summary.length > 1 ? { band: simultaneousBand(summary, confidence) } : {}),
      spread: spreadEstimate(summary, confidence),
      censored: censoredReplicas(ensemble, observable),
    };
  }
  const { size, n, completed, diverged } = ensemble;
  return { size, n, completed, diverged, estimates };
}
