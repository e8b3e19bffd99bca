import type { Table } from "@mesoscope/contracts";
import { formatNumber, formatPercent, listed } from "@mesoscope/finite-size";
import { equations } from "../equations.js";
import { parameterEntries } from "../findings/parameter-entries.js";
import { tableOf } from "../findings/table.js";
import { pocLopezAguilera } from "../references.js";
import type { Findings, Study, StudyRequest } from "../study.js";
import { planPhaseMap, runPhaseMap, KINDS, type PhaseMap } from "./cases.js";
import { countsOf, phaseMapFigures } from "./figures.js";
import { phaseMapLevels, phaseMapSchema, type PhaseMapParameters } from "./settings.js";
import { phaseMapVerdicts, pointsApart } from "./verdicts.js";

/** Where in the plane of both temperatures is one-bit attention chaotic? */
export const oneBitPhaseMap: Study = {
  id: "one-bit-phase-map",
  title: "Order and chaos over both temperatures",
  question: "For which inverse temperatures of the output and of the attention is one-bit attention periodic, quasi-periodic or chaotic, and where does order end?",
  parameters: phaseMapSchema,
  levels: phaseMapLevels,
  references: [pocLopezAguilera],
  plan: planPhaseMap,
  run: runStudy,
};

async function runStudy(request: StudyRequest): Promise<Findings> {
  const settings = request.parameters as PhaseMapParameters;
  const map = await runPhaseMap(request);
  const verdicts = phaseMapVerdicts(map, settings);
  return {
    narrative: narrativeOf(map, settings, verdicts),
    parameters: parameterEntries(phaseMapSchema, settings),
    verdicts,
    tables: [regimeTable(map), boundaryTable(map)],
    figures: phaseMapFigures(map, settings),
    equations: equations("one-bit-attention", "one-bit-mean-field", "one-bit-lyapunov", "one-bit-regimes", "one-bit-bifurcations"),
    outcomes: map.tally,
  };
}

function narrativeOf(map: PhaseMap, { zero, starts, tokens }: PhaseMapParameters, verdicts: Findings["verdicts"]): Findings["narrative"] {
  const counts = countsOf(map);
  const chaos = (counts.chaos + counts.hyperchaos) / map.points.length;
  const outcome = (id: string): string => verdicts.find((verdict) => verdict.id === id)!.outcome;
  const betas = map.boundary.map(({ beta }) => beta);
  const kinds = [...new Set(map.boundary.map(({ kind }) => (kind === "neimark-sacker" ? "a Neimark-Sacker bifurcation" : kind === "fold" ? "a fold" : kind === "flip" ? "a flip" : "a branch point")))];
  const where = betas.length === 0 ? "nowhere" : `between β = ${formatNumber(Math.min(...betas), 4)} and ${formatNumber(Math.max(...betas), 4)}, whatever γ`;
  const order = outcome("boundary") === "undecided" ? "is undecided" : outcome("boundary");
  const apart = pointsApart(map, zero).length / map.points.length;
  const one = outcome("one-attractor") === "fails" ? `fails at ${formatPercent(apart, 2)} of it` : outcome("one-attractor") === "holds" ? "holds within what was tried" : "is undecided";
  return {
    headline: `That order ends where the orbit of the positions loses its stability ${order}: ${where}. Beyond, ${formatPercent(chaos, 2)} of the whole map is chaotic. That every start settles to the same attractor ${one}.`,
    paragraphs: [
      `The finite system: ${tokens} successive tokens of each of ${starts} starts at every point of the map, moved by a deterministic map, as there are infinitely many bits. The inverse temperature β says how sharply the next token follows what attention has gathered, γ how sharply attention chooses among the last four tokens. The limit: infinitely many tokens, of which only the attractor remains. The features are those of the published figures, which have γ = 220.`,
      `The line on the maps was not read off them. It is where the multipliers of the orbit that follows the ${map.forced} positions reach the unit circle${kinds.length === 0 ? "" : ` (${listed(kinds)})`}. Left of it the network repeats the positions. At γ = 0 all tokens count alike, and the line hardly moves when attention sharpens: at small overlaps there is little to choose from.`,
      apart === 0 ? "No two starts were seen to settle apart. Few starts see only large basins." : "Where several attractors coexist, the start selects one of them: there a map drawn from one start is one of several.",
      `More tokens would decide more points, most of them at the edges of a regime. A point is told periodic, quasi-periodic or chaotic where its largest exponent lies below, within or above ±${formatNumber(zero)} by three standard errors. More starts would find smaller basins.`,
    ],
  };
}

function regimeTable(map: PhaseMap): Table {
  const counts = countsOf(map);
  return tableOf("regimes", "How much of the map", { kind: "regime, from the first output feature", points: "points", share: "share" }, KINDS.map((kind) => [kind, counts[kind], formatPercent(counts[kind] / map.points.length, 3)]));
}

function boundaryTable({ boundary }: PhaseMap): Table {
  return tableOf("boundary", "Where the orbit that the positions force loses its stability", { gamma: "γ", beta: "β", kind: "kind" }, boundary.map(({ gamma, beta, kind }) => [gamma, beta.toFixed(10), kind]));
}
