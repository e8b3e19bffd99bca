import type { Figure, FigureAxis, HeatMapLayer, Layer } from "@mesoscope/contracts";
import { formatNumber, formatPercent } from "@mesoscope/finite-size";
import { firstStart, settledApart } from "../one-bit-trajectories/settled-points.js";
import { KINDS, kindOf, type Kind, type PhaseMap } from "./cases.js";
import type { PhaseMapParameters } from "./settings.js";
import { pointsApart } from "./verdicts.js";

const betaAxis: FigureAxis = { symbol: "β", meaning: "inverse temperature of the output", unit: "1", scale: "linear" };
const gammaAxis: FigureAxis = { symbol: "γ", meaning: "inverse temperature of the attention", unit: "1", scale: "linear" };
/** Exponents are shown between these: far below zero all is order, and its degree would drown the rest. */
const SHOWN = 0.25;

export function phaseMapFigures(map: PhaseMap, settings: PhaseMapParameters): readonly Figure[] {
  const counts = countsOf(map);
  const share = (kind: Kind): string => formatPercent(counts[kind] / map.points.length, 2);
  const exponents = map.points.map((point) => firstStart(point)?.exponents[0]!.value ?? 0);
  const most = exponents.reduce((best, value, i) => (value > exponents[best]! ? i : best), 0);
  const where = map.points[most]!.parameters;
  return [
    mapFigure(map, {
      id: "regimes",
      title: "Order and chaos over both temperatures",
      finding: `Of the map, ${share("forced period")} follows the positions, ${share("longer period")} has longer periods, ${share("quasi-periodic")} is quasi-periodic, ${share("chaos")} chaotic; ${share("undecided")} is undecided.`,
      values: map.points.map((point) => KINDS.indexOf(kindOf(point, map.forced))),
      colour: { symbol: "regime", meaning: KINDS.map((kind, i) => `${i} ${kind}`).join(", "), unit: "1", scale: "linear" },
    }),
    mapFigure(map, {
      id: "largest",
      title: "How fast neighbours part, over both temperatures",
      finding: `The largest exponent is highest at β = ${formatNumber(where["beta"] as number)}, γ = ${formatNumber(where["gamma"] as number)}: ${formatNumber(exponents[most]!)} nat per token. Values beyond ±${SHOWN} are drawn as ±${SHOWN}.`,
      values: exponents.map((value) => Number(Math.min(SHOWN, Math.max(-SHOWN, value)).toPrecision(3))),
      colour: { symbol: "λ₁", meaning: "largest Lyapunov exponent", unit: "nat per token", scale: "linear" },
    }),
    mapFigure(map, {
      id: "apart",
      title: "Where the start decides what the network settles to",
      finding: `At ${pointsApart(map, settings.zero).length} of ${map.points.length} points not all of ${settings.starts} starts settle to the same attractor.`,
      values: map.points.map(({ rows }) => rows.filter((row) => settledApart(rows[0]!, row, settings.zero)).length / Math.max(1, rows.length)),
      colour: { symbol: "p", meaning: "share of the starts that settle elsewhere", unit: "1", scale: "linear" },
    }),
  ];
}

export function countsOf(map: PhaseMap): Readonly<Record<Kind, number>> {
  const kinds = map.points.map((point) => kindOf(point, map.forced));
  return Object.fromEntries(KINDS.map((kind) => [kind, kinds.filter((one) => one === kind).length])) as Record<Kind, number>;
}

function mapFigure(map: PhaseMap, { values, colour, ...words }: Pick<Figure, "id" | "title" | "finding"> & Pick<HeatMapLayer, "values" | "colour">): Figure {
  const layers: Layer[] = [{ role: "heat-map", label: "from the first output feature", source: "theory", x: map.betas, y: map.gammas, values, colour }];
  if (map.boundary.length > 1) layers.push({ role: "curve", label: "the forced orbit loses its stability", source: "theory", x: map.boundary.map(({ beta }) => beta), y: map.boundary.map(({ gamma }) => gamma) });
  return { ...words, x: betaAxis, y: gammaAxis, panels: [{ title: "", layers }] };
}
