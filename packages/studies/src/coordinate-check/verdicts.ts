import type { Verdict } from "@mesoscope/contracts";
import type { Coordinate } from "@mesoscope/dmft/transformer";
import { formatNumber, formatWithInterval, listed } from "@mesoscope/finite-size";
import { CONFIDENCE, LEAST_GOODNESS, type CheckedCase, type CoordinatePower } from "./cases.js";
import type { CheckParameters } from "./settings.js";

/** Of each case one verdict on activations, one on the feature kernel, one on weights. */
export function checkVerdicts(cases: readonly CheckedCase[], settings: CheckParameters): readonly Verdict[] {
  return cases.filter(({ isControl }) => !isControl).flatMap((one) => KINDS.flatMap((kind) => kindVerdict(one, kind, settings)));
}

interface Kind {
  readonly kind: Coordinate["kind"];
  /** In the verdict's id. */
  readonly id: string;
  /** "each of 10 activations" */
  readonly counted: (count: number) => string;
}

const KINDS: readonly Kind[] = [
  { kind: "activation", id: "activations", counted: (count) => `each of ${count} activations and outputs moves` },
  { kind: "kernel", id: "kernel", counted: () => "the feature kernel moves" },
  { kind: "weights", id: "weights", counted: (count) => `each of ${count} groups of weights moves` },
];

/** Holds where every power does; fails where one does. */
function outcomeOf(judged: readonly CoordinatePower[], caveat: string | undefined): Verdict["outcome"] {
  if (judged.some(({ outcome }) => outcome === "fails")) return "fails";
  return caveat === undefined && judged.every(({ outcome }) => outcome === "holds") ? "holds" : "undecided";
}

function kindVerdict(one: CheckedCase, { kind, id: name, counted }: Kind, { tolerance, steps }: CheckParameters): readonly Verdict[] {
  const { id, title, axis, powers, caveat } = one;
  const judged = powers.filter((power) => power.coordinate.kind === kind && power.outcome !== "not-promised");
  if (judged.length === 0) return [];
  const outcome = outcomeOf(judged, caveat);
  const worst = farthest(judged);
  const promised = worst.promised.power!;
  const counts = (wanted: CoordinatePower["outcome"]): readonly CoordinatePower[] => judged.filter((power) => power.outcome === wanted);
  const open = [...counts("fails"), ...counts("undecided")].map(({ coordinate: { symbol } }) => symbol);
  return [{
    id: `${id}-${name}`,
    subject: `power of ${axis} with which ${counted(judged.length)} in ${steps} steps, ${title}, theory: the parameterisation's promise`,
    outcome,
    rule: `The intervals of all ${powers.length} powers of a case hold together with ${100 * CONFIDENCE} % confidence (Sidak), a correction of relative order 1/${axis} always fitted; each lies within ${tolerance} of the promised power (holds), one lies wholly beyond (fails); undecided otherwise, and where a goodness of fit is below ${LEAST_GOODNESS}.`,
    value: worst.power - promised,
    interval: [worst.interval[0] - promised, worst.interval[1] - promised],
    confidence: CONFIDENCE,
    unit: "1",
    at: `${worst.coordinate.symbol}, ${worst.coordinate.meaning}`,
    because: `${counts("holds").length} of ${judged.length} move with the promised power; the farthest, ${worst.coordinate.symbol}, with ${formatWithInterval(worst.power, worst.interval)} for ${formatNumber(promised)}${open.length === 0 ? "" : `; open or off: ${listed(open)}`}${caveat === undefined ? "" : `; ${caveat}`}.`,
    ...(outcome === "fails" ? { reason: "unexplained" as const } : {}),
  }];
}

function farthest(powers: readonly CoordinatePower[]): CoordinatePower {
  const off = ({ power, promised }: CoordinatePower): number => Math.abs(power - promised.power!);
  return powers.reduce((worst, one) => (off(one) > off(worst) ? one : worst));
}

/** How many coordinates of the control the mean-field promises reject, let pass, leave open. */
export interface ControlCount {
  readonly fails: number;
  readonly holds: number;
  readonly open: number;
  readonly all: number;
}

export function controlCount({ asMeanField }: CheckedCase): ControlCount {
  const count = (wanted: string): number => asMeanField.filter((outcome) => outcome === wanted).length;
  return { fails: count("fails"), holds: count("holds"), open: count("undecided"), all: asMeanField.filter((outcome) => outcome !== "not-promised").length };
}
