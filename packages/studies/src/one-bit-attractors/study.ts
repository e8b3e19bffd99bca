import type { Table } from "@mesoscope/contracts";
import { formatNumber, listed } from "@mesoscope/finite-size";
import { equations } from "../equations.js";
import { parameterEntries } from "../findings/parameter-entries.js";
import { tableOf } from "../findings/table.js";
import { dimensionOf } from "../one-bit-trajectories/dimension.js";
import { regimeInWords, regimeReason, regimesTogether } from "../one-bit-trajectories/regime-words.js";
import { pocLopezAguilera } from "../references.js";
import type { Findings, Study, StudyRequest } from "../study.js";
import { planAttractors, pooled, representatives, runAttractors, type AttractorCase } from "./cases.js";
import { attractorFigures } from "./figures.js";
import { attractorLevels, attractorSchema, type AttractorParameters } from "./settings.js";
import { attractorVerdicts, compareDimensions, compareExponents, nameOf, type Comparisons, type ReferenceComparison } from "./verdicts.js";

/** Which attractors stand behind the published figures, and how chaotic are they? */
export const oneBitAttractors: Study = {
  id: "one-bit-attractors",
  title: "The attractors of one-bit attention",
  question: "Which attractors stand behind the figures of the paper, are they periodic, quasi-periodic or chaotic, and do their exponents and dimensions agree with an independent computation?",
  parameters: attractorSchema,
  levels: attractorLevels,
  references: [pocLopezAguilera],
  plan: planAttractors,
  run: runStudy,
};

async function runStudy(request: StudyRequest): Promise<Findings> {
  const settings = request.parameters as AttractorParameters;
  const { cases, tally } = await runAttractors(request);
  const compared: Comparisons = { exponents: compareExponents(cases, settings, request.seed), dimensions: compareDimensions(cases, settings, request.seed) };
  const verdicts = attractorVerdicts(cases, compared, settings, tally);
  return {
    narrative: narrativeOf(cases, settings, verdicts),
    parameters: parameterEntries(attractorSchema, settings),
    verdicts,
    tables: [attractorTable(cases, settings), exponentTable(cases, settings), referenceTable([...compared.exponents, ...compared.dimensions])],
    figures: attractorFigures(cases, compared.exponents, settings),
    equations: equations("one-bit-attention", "one-bit-mean-field", "one-bit-lyapunov", "one-bit-regimes", "one-bit-kaplan-yorke", "one-bit-power-spectrum", "tost"),
    outcomes: tally,
  };
}

function narrativeOf(cases: readonly AttractorCase[], { zero, tokens, starts, tolerance }: AttractorParameters, verdicts: Findings["verdicts"]): Findings["narrative"] {
  const regimes = verdicts.filter(({ id }) => id.startsWith("regime-"));
  const agree = regimes.filter(({ outcome }) => outcome === "holds").length;
  const outcome = (id: string): string => verdicts.find((verdict) => verdict.id === id)!.outcome;
  const told = cases.flatMap(({ beta, first }) => (first === undefined || first.regime === "undecided" ? [] : [{ beta, words: regimeInWords(first) }]));
  const clause = (words: string, name: string): readonly string[] => {
    const betas = told.filter((one) => one.words.startsWith(words)).map(({ beta }) => String(beta));
    return betas.length === 0 ? [] : [`${name} at β = ${listed(betas)}`];
  };
  const several = cases.filter(({ apart }) => apart.length > 0);
  const verb = outcome("exponents") === "undecided" ? "is undecided" : outcome("exponents");
  const unique = several.length === 0 ? "No start was seen to settle elsewhere." : `That every start finds them fails at β = ${listed(several.map(({ beta }) => String(beta)))}.`;
  return {
    headline: `The published attractors are ${listed([...clause("quasi", "quasi-periodic"), ...clause("period", "periodic"), ...clause("chaos", "chaotic")])}: ${agree} of ${regimes.length} as an independent computation says. That their exponents agree with it ${verb} within ${formatNumber(tolerance)} nat per token. ${unique}`,
    paragraphs: [
      `The finite system: ${tokens} successive tokens of each of ${starts} starts, moved by a deterministic map, as there are infinitely many bits. The limit: infinitely many tokens, of which only the attractor remains. It is a few points visited in turn (periodic), closed curves filled by two rhythms that never meet (quasi-periodic), or a folded band on which neighbours part (chaos).`,
      `Lyapunov exponents say which it is: the largest is negative, zero within ±${formatNumber(zero)}, or positive. The dimension of an attractor follows from how much of the growth is undone by contraction. The reference was computed by two other programs, from at least ten million tokens each.`,
      several.length === 0
        ? "From all starts the same attractor was found at each inverse temperature. Few starts see only large basins."
        : `Where several attractors coexist, the start selects one. ${several.map((one) => `At β = ${one.beta} ${one.apart.length} of ${one.point.rows.length} settled elsewhere (${regimesTogether(representatives(one, zero))}).`).join(" ")} Exponents are compared with the reference from the starts that found its attractor.`,
      "More tokens would make the intervals shorter, as one over the root of their number in chaos. The least certain is the intermittent chaos at β = 1.266, where quiet and wild stretches alternate. More starts would find smaller basins.",
    ],
  };
}

function attractorTable(cases: readonly AttractorCase[], { zero }: AttractorParameters): Table {
  return tableOf("attractors", "What each start settles to", { beta: "β", regime: "from the first output feature", together: "starts on this attractor", apart: "all attractors that starts found", because: "because" },
    cases.map((one) => [one.beta, one.first === undefined ? null : regimeInWords(one.first), `${one.together.length} of ${one.point.rows.length}`, one.apart.length === 0 ? null : regimesTogether(representatives(one, zero)), one.first === undefined ? null : regimeReason(one.first, zero)]));
}

function exponentTable(cases: readonly AttractorCase[], { exponents, zero }: AttractorParameters): Table {
  const ranks = Array.from({ length: exponents }, (_, k) => k + 1);
  const words = (one: AttractorCase, rank: number): string | null => {
    const mean = pooled(one, rank);
    if (mean !== undefined) return `${formatNumber(mean.value, 5)} ± ${formatNumber(mean.error, 2)}`;
    const bound = one.together[0]?.exponents[rank - 1];
    return bound === undefined ? null : `below ${formatNumber(bound.value)}`;
  };
  const columns = { beta: "β", ...Object.fromEntries(ranks.map((rank) => [`lambda-${rank}`, `λ${rank}, nat per token`])), dimension: "Kaplan-Yorke dimension" };
  return tableOf("exponents", "Lyapunov exponents with standard errors, of all starts on the attractor together", columns, cases.map((one) => {
    const dimensions = one.together.flatMap((row) => dimensionOf(row, 12, zero)?.value ?? []);
    const mean = dimensions.reduce((sum, value) => sum + value / dimensions.length, 0);
    return [one.beta, ...ranks.map((rank) => words(one, rank)), dimensions.length === 0 ? "not told by these exponents" : formatNumber(mean, 4)];
  }));
}

function referenceTable(compared: readonly ReferenceComparison[]): Table {
  return tableOf("reference", "Beside an independent computation", { beta: "β", quantity: "quantity", expected: "reference", error: "its error", found: "found", low: "deviation from", high: "deviation to", samples: "blocks or trajectories", outcome: "outcome" },
    compared.map((one) => [one.beta, nameOf(one), one.expected, one.expectedError, Number((one.expected + one.test.value).toPrecision(6)), Number(one.test.interval[0].toPrecision(3)), Number(one.test.interval[1].toPrecision(3)), one.samples, one.test.outcome]));
}
