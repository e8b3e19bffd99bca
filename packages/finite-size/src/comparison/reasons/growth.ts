/** @file Fluctuations that grow in time: amplified while they are small, saturated when they are not small any more. */
import { exp } from "@mesoscope/numerics";
import type { Evidence, ReasonRule } from "../comparison.js";
import { formatNumber, formatWithInterval } from "../../format.js";
import { hasSaturated, type Growth } from "../growth.js";

/** The spread of replicas grew exponentially and then stopped: beyond that time it is no small fluctuation around the limit. */
export const saturation: ReasonRule = (evidence) => {
  const growth = growthWhereItFails(evidence);
  if (growth === undefined || !hasSaturated(growth)) return undefined;
  const { symbol } = evidence.observable.grid!;
  return { reason: "saturation", because: `${grew(growth, symbol)}, and has stopped growing since: the runs have left the neighbourhood of the limit` };
};

/** The spread of replicas grows exponentially in time: a small difference between n and infinity becomes a large one. */
export const amplification: ReasonRule = (evidence) => {
  const growth = growthWhereItFails(evidence);
  if (growth === undefined || !(growth.interval[0] > 0)) return undefined;
  return { reason: "amplification", because: grew(growth, evidence.observable.grid!.symbol) };
};

/** Growth explains a failure of a mean or spread that comes when the growth has begun, not one that is there from the start. */
function growthWhereItFails({ growth, bySize, quantity }: Evidence): Growth | undefined {
  if (growth === undefined || quantity === "law") return undefined;
  const failsFrom = bySize.findLast(({ failsFrom: from }) => from !== undefined)?.failsFrom;
  return failsFrom === undefined || failsFrom > growth.from ? growth : undefined;
}

function grew({ rate, interval, from, until, folds }: Growth, symbol: string): string {
  return `from ${symbol} = ${formatNumber(from)} to ${formatNumber(until)} the spread of the runs grew ${formatNumber(exp(folds), 2)} times, at the rate ${formatWithInterval(rate, interval)}`;
}
