import type { Table } from "@mesoscope/contracts";
import { formatNumber, formatPercent } from "@mesoscope/finite-size";
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
  return {
    narrative: narrativeOf(map, settings),
    parameters: parameterEntries(phaseMapSchema, settings),
    verdicts: phaseMapVerdicts(map, settings),
    tables: [regimeTable(map), boundaryTable(map)],
    figures: phaseMapFigures(map, settings),
    equations: equations("one-bit-attention", "one-bit-mean-field", "one-bit-lyapunov", "one-bit-regimes", "one-bit-bifurcations"),
    outcomes: map.tally,
  };
}

function narrativeOf(map: PhaseMap, { zero, starts, tokens }: PhaseMapParameters): Findings["narrative"] {
  const counts = countsOf(map);
  const chaos = (counts.chaos + counts.hyperchaos) / map.points.length;
  const betas = map.boundary.map(({ beta }) => beta);
  const ends = betas.length === 0 ? "The orbit that the positions force keeps its stability everywhere" : `Order ends between β = ${formatNumber(Math.min(...betas), 4)} and ${formatNumber(Math.max(...betas), 4)}, whatever γ`;
  const kinds = [...new Set(map.boundary.map(({ kind }) => (kind === "neimark-sacker" ? "a Neimark-Sacker bifurcation" : kind === "fold" ? "a fold" : kind === "flip" ? "a flip" : "a branch point")))];
  const apart = pointsApart(map, zero).length;
  return {
    headline: `${ends}; beyond, ${formatPercent(chaos, 2)} of the whole map is chaotic, and at ${formatPercent(apart / map.points.length, 2)} of it the start decides where the network settles.`,
    paragraphs: [
      "β says how sharply the next token follows what attention has gathered, γ how sharply attention chooses among the last four tokens. At γ = 0 all tokens count alike; at γ = 300 the best match takes nearly all. The features are those of the published figures, which have γ = 220.",
      `The line on the maps was not read off them: it is where the multipliers of the orbit that follows the positions reach the unit circle${kinds.length === 0 ? "" : ` (${kinds.join(", or ")})`}. Left of it the network repeats the ${map.forced} positions.`,
      `A point is told periodic, quasi-periodic or chaotic where its largest exponent, averaged over ${tokens} tokens, lies below, within or above ±${formatNumber(zero)} by three standard errors; the rest is undecided, most of it at the edges. Each point has ${starts} starts.`,
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
