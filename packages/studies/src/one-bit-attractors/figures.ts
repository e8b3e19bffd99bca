import type { Figure, FigureAxis, Layer, Panel } from "@mesoscope/contracts";
import { formatNumber } from "@mesoscope/finite-size";
import { binCentres } from "../one-bit-trajectories/bins.js";
import { regimeInWords } from "../one-bit-trajectories/regime-words.js";
import type { AttractorCase } from "./cases.js";
import type { AttractorParameters } from "./settings.js";
import { nameOf, type ReferenceComparison } from "./verdicts.js";

const overlapAxis = (which: 0 | 1): FigureAxis => ({ symbol: `m°${"₁₂"[which]!}`, meaning: `overlap with output feature ${which + 1}`, unit: "1", scale: "linear" });

export function attractorFigures(cases: readonly AttractorCase[], exponents: readonly ReferenceComparison[], settings: AttractorParameters): readonly Figure[] {
  return [...planeFigures(cases, settings), spectrumFigure(cases, settings), ...(exponents.length === 0 ? [] : [deviationFigure(exponents, settings)])];
}

/** Planes of similar size side by side: a small torus would be a dot beside a large band. */
const ALIKE = 2.5;

function planeFigures(cases: readonly AttractorCase[], settings: AttractorParameters): readonly Figure[] {
  const groups: AttractorCase[][] = [];
  for (const one of [...cases].sort((a, b) => a.reach - b.reach || a.beta - b.beta)) {
    const last = groups.at(-1);
    if (last !== undefined && one.reach <= ALIKE * last[0]!.reach) last.push(one);
    else groups.push([one]);
  }
  const words = ["Small attractors", "Large attractors"];
  return groups.map((group, i) => ({
    id: `planes-${i + 1}`,
    title: `${groups.length === 1 ? "Attractors" : (words[i] ?? "Larger attractors")} in the plane of two overlaps`,
    finding: [...group].sort((a, b) => a.beta - b.beta).map((one) => `At β = ${one.beta}: ${shapeOf(one)}.`).join(" "),
    x: overlapAxis(0),
    y: overlapAxis(1),
    panels: [...group].sort((a, b) => a.beta - b.beta).map((one) => planePanel(one, settings)),
  }));
}

function shapeOf({ first }: AttractorCase): string {
  if (first === undefined) return "not sampled";
  if (first.regime === "periodic") return `${first.period} points, visited in turn`;
  if (first.regime === "quasi-periodic") return "closed curves, filled evenly by two rhythms";
  if (first.regime === "chaos" || first.regime === "hyperchaos") return `a folded band on which trajectories part by a factor of e in ${formatNumber(1 / first.exponents[0]!.value, 2)} tokens`;
  return "undecided";
}

function planePanel({ beta, first, reach }: AttractorCase, { bins }: AttractorParameters): Panel {
  const title = `β = ${beta}${first === undefined ? "" : `, ${regimeInWords(first)}`}`;
  if (first === undefined) return { title, layers: [] };
  const shares = first.observed("plane");
  const centres = binCentres(-reach, reach, bins);
  if (first.regime === "periodic") {
    const visited = [...shares.keys()].filter((i) => shares[i]! > 0);
    return { title, layers: [{ role: "cloud", label: "periodic orbit", source: "theory", x: visited.map((i) => centres[i % bins]!), y: visited.map((i) => centres[Math.floor(i / bins)]!) }] };
  }
  return { title, layers: [{ role: "heat-map", label: "mean-field map", source: "theory", x: centres, y: centres, values: Array.from(shares, (share) => Number(share.toPrecision(3))), colour: { symbol: "p", meaning: "share of the tokens in a bin", unit: "1", scale: "log" } }] };
}

/** Power below this share of the highest peak is rounding or leakage. */
const DRAWN = 1e-9;

function spectrumFigure(cases: readonly AttractorCase[], { segment }: AttractorParameters): Figure {
  const panels = cases.map(({ beta, first }): Panel => {
    const title = `β = ${beta}${first === undefined ? "" : `, ${regimeInWords(first)}`}`;
    if (first === undefined) return { title, layers: [] };
    const power = Array.from(first.observed("power"));
    const floor = DRAWN * Math.max(...power);
    return { title, layers: [{ role: "spectrum", label: "first overlap", source: "theory", frequency: power.map((_, i) => i / segment), power: power.map((value) => Number(Math.max(value, floor).toPrecision(4))) }] };
  });
  return {
    id: "spectra",
    title: "Power spectra of the first output overlap",
    finding: "Periodic and quasi-periodic motion have lines and nothing between them but the width of the window; chaos fills the frequencies between its lines. A quarter of a cycle per token is the rhythm of the positions; power below a billionth of the highest peak is not told from rounding.",
    x: { symbol: "f", meaning: "frequency", unit: "1/token", scale: "linear" },
    y: { symbol: "S", meaning: "power per unit of frequency", unit: "token", scale: "log" },
    panels,
  };
}

function deviationFigure(exponents: readonly ReferenceComparison[], { tolerance }: AttractorParameters): Figure {
  const ranks = [...new Set(exponents.map(({ rank }) => rank))].sort((a, b) => a - b);
  const betas = exponents.map(({ beta }) => beta);
  const ends = [Math.min(...betas), Math.max(...betas)];
  const layers: readonly Layer[] = [
    { role: "band", label: "tolerance", source: "reference", x: ends, lower: ends.map(() => -tolerance), upper: ends.map(() => tolerance) },
    ...ranks.map((rank): Layer => {
      const own = exponents.filter((one) => one.rank === rank);
      return { role: "points", label: nameOf(own[0]!), source: "simulation", x: own.map(({ beta }) => beta), y: own.map(({ test }) => test.value), lower: own.map(({ test }) => test.interval[0]), upper: own.map(({ test }) => test.interval[1]), confidence: own[0]!.test.confidence };
    }),
  ];
  const worst = exponents.reduce((a, b) => (Math.abs(b.test.value) > Math.abs(a.test.value) ? b : a));
  return {
    id: "deviations",
    title: "Exponents beside an independent computation",
    finding: `The largest deviation is ${formatNumber(worst.test.value)} nat per token, of ${nameOf(worst)} at β = ${worst.beta}.`,
    x: { symbol: "β", meaning: "inverse temperature of the output", unit: "1", scale: "linear" },
    y: { symbol: "δλ", meaning: "exponent minus its reference", unit: "nat per token", scale: "linear" },
    panels: [{ title: "all exponents with a reference", layers }],
  };
}
