import type { Figure, FigureAxis, HeatMapLayer, Layer, MarkLayer } from "@mesoscope/contracts";
import { formatNumber } from "@mesoscope/finite-size";
import { binCentres } from "../one-bit-trajectories/bins.js";
import { firstStart, type MeasuredExponent } from "../one-bit-trajectories/settled-points.js";
import type { BifurcationCase, Diagram } from "./cases.js";
import { CONFIDENCE, type BifurcationParameters } from "./settings.js";
import { measuredCrossings } from "./crossing.js";
import { examplesOf, pointsApart } from "./verdicts.js";

const betaAxis: FigureAxis = { symbol: "β", meaning: "inverse temperature of the output", unit: "1", scale: "linear" };
const overlapAxis: FigureAxis = { symbol: "m°₁", meaning: "overlap of the token with the first output feature", unit: "1", scale: "linear" };
const shareAxis: FigureAxis = { symbol: "p", meaning: "share of the tokens in a bin", unit: "1", scale: "log" };
/** Columns of a map and points of a curve, at most: what a page can show; fewer where three maps stand side by side. */
const MOST_COLUMNS = 401;
const MOST_COLUMNS_OF_THREE = 107;
/** The floor below which exponents are not drawn: towards β = 0 they fall to minus infinity. */
const FLOOR = -0.6;
/** Two-sided Student quantile of 95 % for blocks: 19 degrees of freedom. */
const STUDENT = 2.093;

export function bifurcationFigures(found: BifurcationCase, settings: BifurcationParameters): readonly Figure[] {
  const { whole, zoom } = found;
  return [
    diagramFigure("diagram", "What the network settles to, over the whole range of β", found, whole, settings, wholeFinding(found)),
    exponentsFigure("exponents", "Lyapunov exponents over the whole range of β", found, whole),
    diagramFigure("zoom-diagram", "What the network settles to, from the first bifurcation to chaos", found, zoom, settings, zoomFinding(found)),
    exponentsFigure("zoom-exponents", "Lyapunov exponents from the first bifurcation to chaos", found, zoom),
    ...(found.approach === undefined ? [] : [approachFigure(found, found.approach)]),
    journeyFigure(found, settings),
  ];
}

/** The place where the forced orbit loses its stability, if it lies in the range. */
function bifurcationMark({ branch }: BifurcationCase, betas: readonly number[]): readonly MarkLayer[] {
  const { first } = branch;
  if (first === undefined || first.beta < betas[0]! || first.beta > betas.at(-1)!) return [];
  return [{ role: "mark", label: `${first.kind === "neimark-sacker" ? "Neimark-Sacker" : first.kind}, β = ${formatNumber(first.beta, 8)}`, at: first.beta, across: "x" }];
}

/** Shares over bins, columns joined in groups so that no more than can be shown remain; three digits. */
function occupationMap(betas: readonly number[], columns: readonly (Float64Array | undefined)[], [low, high]: Diagram["range"], bins: number, most = MOST_COLUMNS): HeatMapLayer {
  const size = Math.ceil(betas.length / most);
  const groups = Array.from({ length: Math.ceil(betas.length / size) }, (_, g) => g * size);
  const mean = (g: number, j: number): number => {
    const own = columns.slice(g, g + size).filter((column) => column !== undefined);
    return own.length === 0 ? 0 : Number((own.reduce((sum, column) => sum + column[j]!, 0) / own.length).toPrecision(3));
  };
  const y = binCentres(low, high, bins);
  return {
    role: "heat-map",
    label: "mean-field map",
    source: "theory",
    x: groups.map((g) => betas.slice(g, g + size).reduce((sum, beta, _, all) => sum + beta / all.length, 0)),
    y,
    values: y.flatMap((_, j) => groups.map((g) => mean(g, j))),
    colour: shareAxis,
  };
}

function diagramFigure(id: string, title: string, found: BifurcationCase, diagram: Diagram, { bins }: BifurcationParameters, finding: string): Figure {
  const columns = diagram.points.map((point) => firstStart(point)?.observed("occupation"));
  return { id, title, finding, x: betaAxis, y: overlapAxis, panels: [{ title: "from the first output feature", layers: [occupationMap(diagram.betas, columns, diagram.range, bins), ...bifurcationMark(found, diagram.betas)] }] };
}

function wholeFinding(found: BifurcationCase): string {
  const chaotic = examplesOf(found, "chaos").map(({ beta }) => beta);
  const { first } = found.branch;
  const until = first === undefined ? "" : `Up to β = ${first.beta.toFixed(4)} the overlap only follows the ${found.branch.period} positions, closely about zero; `;
  return `${until}${chaotic.length === 0 ? "no chaos was found." : `chaotic bands were found from β = ${formatNumber(chaotic[0]!, 5)} to ${formatNumber(chaotic.at(-1)!, 5)}, with periodic windows between and beyond.`}`;
}

function zoomFinding(found: BifurcationCase): string {
  const count = (regime: "periodic" | "quasi-periodic" | "chaos"): number => found.zoom.points.filter((point) => firstStart(point)?.regime === regime).length;
  return `A torus grows out of the forced orbit, locks into periodic windows, and breaks into chaos: of ${found.zoom.points.length} inverse temperatures ${count("quasi-periodic")} are quasi-periodic, ${count("periodic")} periodic and ${count("chaos")} chaotic from this start.`;
}

function exponentsFigure(id: string, title: string, found: BifurcationCase, { betas, points }: Diagram): Figure {
  const stride = Math.ceil(points.length / MOST_COLUMNS);
  const rows = points.flatMap((point, i) => {
    const row = firstStart(point);
    return i % stride !== 0 || row === undefined ? [] : [{ beta: betas[i]!, exponents: row.exponents }];
  });
  const most = rows.reduce((a, b) => ((b.exponents[0]?.value ?? 0) > (a.exponents[0]?.value ?? 0) ? b : a), rows[0]!);
  const shownOf = (k: number): readonly (MeasuredExponent & { readonly beta: number })[] => rows.flatMap(({ beta, exponents }) => (exponents[k]?.resolved === true && exponents[k].value > FLOOR ? [{ beta, ...exponents[k] }] : []));
  const curve = (k: number): readonly Layer[] => {
    const shown = shownOf(k);
    return shown.length === 0 ? [] : [{ role: "curve", label: `λ${"₁₂₃"[k]!}`, source: "theory", x: shown.map(({ beta }) => beta), y: shown.map(({ value }) => round(value)), error: shown.map(({ error }) => round(error)) }];
  };
  const largest = shownOf(0);
  const bound = (sign: number): readonly number[] => largest.map(({ value, error }) => round(value + sign * STUDENT * error));
  // The largest lies on top: where exponents are equal, it is the one that matters.
  const layers: readonly Layer[] = [
    ...[2, 1].flatMap(curve),
    { role: "points", label: "λ₁", source: "theory", x: largest.map(({ beta }) => beta), y: largest.map(({ value }) => round(value)), lower: bound(-1), upper: bound(1), confidence: CONFIDENCE },
    { role: "mark", label: "λ = 0", at: 0, across: "y" },
    ...bifurcationMark(found, betas),
  ];
  return {
    id,
    title,
    finding: `The largest exponent reaches ${formatNumber(most.exponents[0]!.value)} at β = ${formatNumber(most.beta, 5)}: nearby trajectories part by a factor of e in ${formatNumber(1 / Math.max(1e-9, most.exponents[0]!.value), 2)} tokens. Above zero trajectories part, at zero the motion is quasi-periodic, below it is periodic. Exponents below ${formatNumber(FLOOR)} are not drawn.`,
    x: betaAxis,
    y: { symbol: "λ", meaning: "Lyapunov exponent", unit: "nat per token", scale: "linear" },
    panels: [{ title: "from the first output feature", layers }],
  };
}

function round(value: number): number {
  return Number(value.toPrecision(5));
}

/** The exponent on its way to zero: multipliers against trajectories. */
function approachFigure(found: BifurcationCase, approach: Diagram): Figure {
  const { path, first } = found.branch;
  const crossings = [...measuredCrossings(approach)];
  const mean = crossings.reduce((sum, beta) => sum + beta / crossings.length, 0);
  // The branch is followed in steps: one of its points lies below the first beta.
  const reach = [approach.betas[0]! - 0.02, first!.beta] as const;
  const near = [...path.filter(({ beta }) => beta > reach[0] && beta < reach[1]), { beta: first!.beta, exponent: 0 }];
  const estimates = approach.points.flatMap((point, i) => {
    const row = firstStart(point);
    return row === undefined ? [] : [{ beta: approach.betas[i]!, ...row.exponents[0]! }];
  });
  const bound = (sign: number): readonly number[] => estimates.map(({ value, error }) => round(value + sign * STUDENT * error));
  return {
    id: "approach",
    title: "The orbit forced by the positions loses its stability",
    finding: `The exponent of trajectories follows that of the multipliers to zero at β = ${first!.beta.toFixed(7)}${crossings.length === 0 ? "" : `; extrapolated by a parabola, trajectories alone put it at ${mean.toFixed(6)}`}.`,
    x: betaAxis,
    y: { symbol: "λ₁", meaning: "largest Lyapunov exponent", unit: "nat per token", scale: "linear" },
    panels: [
      {
        title: "below the first bifurcation",
        layers: [
          { role: "curve", label: "ln|μ₁|/4 of the orbit", source: "theory", x: near.map(({ beta }) => beta), y: near.map(({ exponent }) => round(exponent)) },
          { role: "points", label: "averages over trajectories", source: "simulation", x: estimates.map(({ beta }) => beta), y: estimates.map(({ value }) => round(value)), lower: bound(-1), upper: bound(1), confidence: CONFIDENCE },
          { role: "mark", label: `β = ${formatNumber(first!.beta, 8)}`, at: first!.beta, across: "x" },
        ],
      },
    ],
  };
}

/** The enlarged part once more: every time from the same start, carried up, carried down. */
function journeyFigure(found: BifurcationCase, settings: BifurcationParameters): Figure {
  const { zoom, journeys } = found;
  const marks = bifurcationMark(found, zoom.betas);
  const apart = pointsApart(found, settings).map(({ parameters }) => parameters["beta"] as number).filter((beta) => beta >= settings.zoomLow && beta <= settings.zoomHigh);
  const panel = (direction: "up" | "down", title: string): readonly Figure["panels"][number][] => {
    const one = journeys.find((journey) => journey.direction === direction);
    return one === undefined ? [] : [{ title, layers: [occupationMap(one.betas, one.occupation, zoom.range, settings.bins, MOST_COLUMNS_OF_THREE), ...marks] }];
  };
  const columns = zoom.points.map((point) => firstStart(point)?.observed("occupation"));
  return {
    id: "journeys",
    title: "The same start at every β, and one trajectory carried along",
    finding: apart.length === 0 ? "No start was seen to settle apart from the others here: the three ways differ only where a state lasts longer than the burn-in." : `Where the three ways differ, attractors coexist; random starts settled apart at ${apart.length} of ${zoom.betas.length} inverse temperatures here, from β = ${formatNumber(apart[0]!, 5)} to ${formatNumber(apart.at(-1)!, 5)}.`,
    x: betaAxis,
    y: overlapAxis,
    panels: [{ title: "same start at every β", layers: [occupationMap(zoom.betas, columns, zoom.range, settings.bins, MOST_COLUMNS_OF_THREE), ...marks] }, ...panel("up", "carried upwards"), ...panel("down", "carried downwards")],
  };
}
