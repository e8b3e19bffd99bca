import type { Verdict } from "@mesoscope/contracts";
import { divergedCaveat, formatNumber, formatPercent } from "@mesoscope/finite-size";
import { regimesTogether } from "../one-bit-trajectories/regime-words.js";
import { settledApart, type SettledPoint } from "../one-bit-trajectories/settled-points.js";
import { boundaryAt, kindOf, type PhaseMap } from "./cases.js";
import type { PhaseMapParameters } from "./settings.js";

/** The published gamma, and how far from it another one is. */
const PUBLISHED = 220;
const ELSEWHERE = 25;

export function phaseMapVerdicts(map: PhaseMap, settings: PhaseMapParameters): readonly Verdict[] {
  const caveat = divergedCaveat(map.tally);
  return [boundaryVerdict(map, caveat), chaosVerdict(map, settings, caveat), oneAttractorVerdict(map, settings, caveat)];
}

const at = ({ parameters }: SettledPoint): { readonly beta: number; readonly gamma: number } => ({ beta: parameters["beta"] as number, gamma: parameters["gamma"] as number });

/** Below the located boundary the positions rule; above it they do not. Points nearer than half a step are left out. */
export function sides(map: PhaseMap): { readonly below: readonly SettledPoint[]; readonly above: readonly SettledPoint[] } {
  const half = (map.betas[1]! - map.betas[0]!) / 2;
  const side = (sign: number): readonly SettledPoint[] =>
    map.points.filter((point) => {
      const edge = boundaryAt(map.boundary, at(point).gamma);
      return edge !== undefined && sign * (at(point).beta - edge) > half;
    });
  return { below: side(-1), above: side(1) };
}

function boundaryVerdict(map: PhaseMap, caveat: string | undefined): Verdict {
  const { below, above } = sides(map);
  const isForced = (point: SettledPoint): boolean => kindOf(point, map.forced) === "forced period";
  const wrong = [...below.filter((point) => !isForced(point) && kindOf(point, map.forced) !== "undecided"), ...above.filter(isForced)];
  const judged = [...below, ...above].filter((point) => kindOf(point, map.forced) !== "undecided");
  const fails = wrong.length > 0;
  const betas = map.boundary.map(({ beta }) => beta);
  return {
    id: "boundary",
    subject: "order ends where the orbit forced by the positions loses its stability",
    outcome: judged.length === 0 ? "undecided" : fails ? "fails" : caveat === undefined ? "holds" : "undecided",
    rule: `Every decided point more than half a step below the located boundary follows the ${map.forced} positions, and none more than half a step above it does.`,
    value: wrong.length / Math.max(1, judged.length),
    unit: "1",
    because: judged.length === 0 ? "No boundary was located, or no point was decided." : `${wrong.length} of ${judged.length} decided points are on the wrong side of the boundary, which lies between β = ${formatNumber(Math.min(...betas), 5)} and ${formatNumber(Math.max(...betas), 5)}${fails ? `; the first at β = ${formatNumber(at(wrong[0]!).beta)}, γ = ${formatNumber(at(wrong[0]!).gamma)}` : ""}${caveat === undefined ? "" : `; ${caveat}`}.`,
    ...(fails ? { reason: "selection" as const } : {}),
  };
}

function chaosVerdict(map: PhaseMap, { zero }: PhaseMapParameters, caveat: string | undefined): Verdict {
  const chaotic = map.points.filter((point) => ["chaos", "hyperchaos"].includes(kindOf(point, map.forced)));
  const elsewhere = chaotic.filter((point) => Math.abs(at(point).gamma - PUBLISHED) > ELSEWHERE);
  const gammas = chaotic.map((point) => at(point).gamma);
  return {
    id: "chaos-elsewhere",
    subject: `chaos is not special to the published γ = ${PUBLISHED}`,
    outcome: elsewhere.length > 0 && caveat === undefined ? "holds" : "undecided",
    rule: `Some point at which γ differs from ${PUBLISHED} by more than ${ELSEWHERE} has a largest exponent above ${formatNumber(zero)} by three standard errors.`,
    value: chaotic.length / map.points.length,
    unit: "1",
    because: `${chaotic.length === 0 ? "No point is chaotic" : `${formatPercent(chaotic.length / map.points.length, 2)} of the map is chaotic, from γ = ${formatNumber(Math.min(...gammas))} to ${formatNumber(Math.max(...gammas))}`}${caveat === undefined ? "" : `; ${caveat}`}.`,
  };
}

/** Points at which starts have settled apart. */
export function pointsApart(map: PhaseMap, zero: number): readonly SettledPoint[] {
  return map.points.filter(({ rows }) => rows.some((row) => settledApart(rows[0]!, row, zero)));
}

function oneAttractorVerdict(map: PhaseMap, { zero, starts }: PhaseMapParameters, caveat: string | undefined): Verdict {
  const apart = pointsApart(map, zero);
  const fails = apart.length > 0;
  const example = apart.map((point) => ({ ...at(point), rows: [point.rows[0]!, point.rows.find((row) => settledApart(point.rows[0]!, row, zero))!] })).find(({ rows }) => rows.every(({ regime }) => regime !== "undecided"));
  return {
    id: "one-attractor",
    subject: "every start settles to the same attractor, all over the map",
    outcome: fails ? "fails" : caveat === undefined && starts >= 8 ? "holds" : "undecided",
    rule: `Fails where two of ${starts} starts return after different periods, or have one of their two largest exponents differ by more than five standard errors and ${formatNumber(2 * zero)}; holds if none do with at least eight starts at each point.`,
    value: apart.length / map.points.length,
    unit: "1",
    because: fails
      ? `At ${apart.length} of ${map.points.length} points the starts settle apart${example === undefined ? "" : `: at β = ${formatNumber(example.beta)}, γ = ${formatNumber(example.gamma)} to ${regimesTogether(example.rows)}`}.`
      : `At none of ${map.points.length} points do the starts settle apart${starts < 8 ? `, but ${starts} starts may miss much` : ""}${caveat === undefined ? "" : `; ${caveat}`}.`,
    ...(fails ? { reason: "selection" as const } : {}),
  };
}
