/** @file The replicas fall into groups: the limit is a symmetric state that no replica is in, or a state that some have left. */
import type { Evidence, ReasonRule } from "../comparison.js";
import type { Groups } from "../groups.js";
import { formatNumber, formatPercent } from "../../format.js";

/** A group this near to the prediction, as a share of the way between the groups, is still in the state of the theory. */
const NEAR = 0.25;

/** The prediction lies between two groups: each replica has chosen a side, and the mean is a state that none is in. */
export const symmetryBreaking: ReasonRule = (evidence) => {
  const found = groupsBeside(evidence);
  if (found === undefined || found.nearest !== undefined) return undefined;
  return { reason: "symmetry-breaking", because: `at the largest size ${describeGroups(found.groups)}, and the predicted ${formatNumber(found.predicted)} lies between them: each run chooses a side` };
};

/** The prediction lies at one of two groups: the replicas of the other have left the state that the theory describes. */
export const escape: ReasonRule = (evidence) => {
  const found = groupsBeside(evidence);
  if (found?.nearest === undefined) return undefined;
  const left = found.groups.shares[1 - found.nearest]!;
  return { reason: "escape", because: `at the largest size ${describeGroups(found.groups)}: a share of ${formatPercent(left, 2)} has left the state around the predicted ${formatNumber(found.predicted)}` };
};

interface GroupsBeside {
  readonly groups: Groups;
  readonly predicted: number;
  /** The group in which the prediction lies, if it lies in one. */
  readonly nearest: 0 | 1 | undefined;
}

/** Groups that say something about a mean: the prediction lies between them, or in one of them. */
function groupsBeside({ groups, bySize, quantity }: Evidence): GroupsBeside | undefined {
  if (groups === undefined || quantity === "law") return undefined;
  const last = bySize.findLast(({ entries }) => entries.length > 0);
  const predicted = last?.predicted[last.worst];
  if (predicted === undefined) return undefined;
  const [low, high] = groups.modes;
  const place = (predicted - low) / (high - low);
  const nearest = Math.abs(place) <= NEAR ? 0 : Math.abs(place - 1) <= NEAR ? 1 : undefined;
  if (nearest === undefined && (place < 0 || place > 1)) return undefined;
  return { groups, predicted, nearest };
}

/** Two groups of replicas in words. */
export function describeGroups({ modes, shares }: Groups): string {
  return `the runs fall into two groups, ${formatPercent(shares[0], 2)} around ${formatNumber(modes[0])} and ${formatPercent(shares[1], 2)} around ${formatNumber(modes[1])}`;
}
