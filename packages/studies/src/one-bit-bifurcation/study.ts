import type { Verdict } from "@mesoscope/contracts";
import { formatNumber, formatPercent } from "@mesoscope/finite-size";
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
  const { first, period } = found.branch;
  const chaotic = examplesOf(found, "chaos").map(({ beta }) => beta);
  const chaos = chaotic.length === 0 ? "no chaos was seen" : `chaos was seen from β = ${formatNumber(chaotic[0]!, 5)} on`;
  const claim = outcome("regimes") === "holds" ? `Periodic, quasi-periodic and chaotic attractors were all found, as published, and ${chaos}.` : `Not all three of the claimed regimes were decided, and ${chaos}.`;
  const end = first === undefined ? "Where order ends is undecided: the orbit that follows the positions kept its stability all the way." : `That order ends at β = ${first.beta.toFixed(7)} ${verb(outcome("first-bifurcation"))} within ${formatNumber(settings.approachTolerance)}.`;
  const apart = pointsApart(found, settings).length;
  const all = found.whole.points.length + found.zoom.points.length;
  const one = `That every start settles to the same attractor ${outcome("one-attractor") === "fails" ? "fails" : outcome("one-attractor") === "holds" ? "holds within what was tried" : "is undecided"}: starts settle apart at ${formatPercent(apart / all, 2)} of ${all} inverse temperatures.`;
  return {
    headline: `${claim} ${end} ${one}`,
    paragraphs: [
      `The finite system: ${settings.tokens} successive tokens, each a few numbers: its overlaps with three features, which follow from the last four tokens without chance, as there are infinitely many bits. The inverse temperature β says how sharply the output follows the attention, γ = ${formatNumber(settings.gamma)} how sharply attention chooses. A small part of every token is its position, which repeats every ${period} tokens. The limit: infinitely many tokens, of which only the attractor remains, and whose exponents are those of its orbit where it is periodic.`,
      `For small β the network only echoes the rhythm of its positions. ${first === undefined ? "" : `At β = ${first.beta.toFixed(7)}, ${first.kind === "neimark-sacker" ? "a Neimark-Sacker bifurcation" : `a ${first.kind}`} located by the multipliers of that orbit, small deviations begin to turn and to grow. The overlaps then move on a torus with a second rhythm of ${first.rotation.toFixed(4)} turns per ${period} tokens: close to a quarter turn, and where it locks to one the period is 16. `}At larger β the torus locks, folds and breaks into chaos.`,
      apart === 0
        ? "No two starts were seen to settle apart. Few starts see only large basins."
        : "One diagram from one start does not tell all. Where several attractors coexist, the start selects one of them. Random windows, and one trajectory that is carried along while β rises and falls, find attractors that the published start does not.",
      `More tokens would make the intervals shorter: the error of an average falls as one over the number of tokens where motion is regular, and as one over its root in chaos. A regime is told only where its exponents lie on one side of ±${formatNumber(settings.zero)} by three standard errors from 20 blocks, and is otherwise undecided. More starts would find smaller basins.`,
    ],
  };
}

function verb(outcome: Verdict["outcome"]): string {
  return outcome === "undecided" ? "is undecided" : outcome;
}
