import type { Verdict } from "@mesoscope/contracts";
import { formatNumber } from "@mesoscope/finite-size";
import { equations } from "../equations.js";
import { parameterEntries } from "../findings/parameter-entries.js";
import { pocLopezAguilera } from "../references.js";
import type { Findings, Study, StudyRequest } from "../study.js";
import { planBifurcation, runBifurcation, type BifurcationCase } from "./cases.js";
import { bifurcationFigures } from "./figures.js";
import { bifurcationLevels, bifurcationSchema, type BifurcationParameters } from "./settings.js";
import { bifurcationTables } from "./tables.js";
import { bifurcationVerdicts, compareOrbits, examplesOf, pointsApart } from "./verdicts.js";

/** How does one-bit attention go from order to chaos as its output gets sharper? */
export const oneBitBifurcation: Study = {
  id: "one-bit-bifurcation",
  title: "From order to chaos in one-bit attention",
  question: "Does the mean-field limit of one-bit self-attention have periodic, quasi-periodic and chaotic attractors, as published, where does each begin, and does every start find the same one?",
  parameters: bifurcationSchema,
  levels: bifurcationLevels,
  references: [pocLopezAguilera],
  plan: planBifurcation,
  run: runStudy,
};

async function runStudy(request: StudyRequest): Promise<Findings> {
  const settings = request.parameters as BifurcationParameters;
  const found = await runBifurcation(request);
  const compared = await compareOrbits(found, settings, request.seed);
  const verdicts = bifurcationVerdicts(found, compared, settings, request.seed);
  return {
    narrative: narrativeOf(found, settings, verdicts),
    parameters: parameterEntries(bifurcationSchema, settings),
    verdicts,
    tables: bifurcationTables(found, compared, settings),
    figures: bifurcationFigures(found, settings),
    equations: equations("one-bit-attention", "one-bit-mean-field", "one-bit-lyapunov", "one-bit-regimes", "one-bit-floquet", "one-bit-bifurcations", "tost"),
    outcomes: found.tally,
  };
}

function narrativeOf(found: BifurcationCase, settings: BifurcationParameters, verdicts: readonly Verdict[]): Findings["narrative"] {
  const outcome = (id: string): Verdict["outcome"] => verdicts.find((verdict) => verdict.id === id)!.outcome;
  const chaotic = examplesOf(found, "chaos").map(({ beta }) => beta);
  const { first, period } = found.branch;
  const begins = chaotic.length === 0 ? "no chaos was seen" : `chaos was seen from β = ${formatNumber(chaotic[0]!, 5)} on`;
  const bends = first === undefined ? "" : `order ends at β = ${first.beta.toFixed(7)}, where the rhythm of the positions gives way to a second one, and `;
  const claim = outcome("regimes") === "holds" ? "Yes: with three features and four tokens of context there are periodic, quasi-periodic and chaotic attractors" : "Not all three of the claimed regimes were decided at this level";
  const apart = pointsApart(found, settings).length;
  const all = found.whole.points.length + found.zoom.points.length;
  return {
    headline: `${claim}; ${bends}${begins}. ${outcome("one-attractor") === "fails" ? `But one diagram does not tell all: at ${apart} of ${all} inverse temperatures different starts settle to different attractors.` : `No two starts were seen to settle apart at ${all} inverse temperatures.`}`,
    paragraphs: [
      `In the limit of infinitely many bits a token is a few numbers, its overlaps with the features, and the next token follows from the last four without chance: a deterministic map. β says how sharply the output follows the attention; γ = ${formatNumber(settings.gamma)} how sharply attention chooses. A small part of every token is its position, which repeats every ${period} tokens.`,
      `For small β the network only echoes that rhythm. ${first === undefined ? "" : `At β = ${first.beta.toFixed(7)} (${first.kind === "neimark-sacker" ? "a Neimark-Sacker bifurcation" : `a ${first.kind}`}, located by the multipliers of the orbit to ${formatNumber(Math.max(first.width, 1e-13), 1)}) small deviations begin to turn and to grow: the overlaps then move on a torus, with a second rhythm of ${first.rotation.toFixed(4)} turns per ${period} tokens. That is close to a quarter turn, and where it locks to one the period is 16.`} At larger β the torus locks, folds and breaks.`,
      `Whether a trajectory is chaotic is told by its Lyapunov exponents: how fast two that start close together part (positive) or meet (negative). Averages over ${settings.tokens} tokens carry standard errors from 20 blocks; a regime is told only where its exponents are on one side of ±${formatNumber(settings.zero)} by three of them, and is otherwise "undecided".`,
      "The published figures start always from the same token. Here every inverse temperature is also begun from random windows, and one trajectory is carried along while β rises and falls: three ways that agree only where a single attractor attracts everything.",
    ],
  };
}
