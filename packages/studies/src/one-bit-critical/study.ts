import { equations } from "../equations.js";
import { parameterEntries } from "../findings/parameter-entries.js";
import { shareProgress } from "../findings/progress.js";
import { addTallies } from "../findings/tally.js";
import { pocLopezAguilera } from "../references.js";
import type { Findings, Study, StudyRequest } from "../study.js";
import { planCritical, runCritical, type CriticalCase } from "./cases.js";
import { collapseTable, criticalFigures, momentsTable } from "./figures.js";
import { criticalNarrative } from "./narrative.js";
import { TRANSITIONS } from "./points.js";
import { criticalLevels, criticalSchema, type CriticalParameters } from "./settings.js";
import { criticalVerdicts } from "./verdicts.js";

/** What do N bits do where the map is just at rest? */
export const oneBitCritical: Study = {
  id: "one-bit-critical",
  title: "Noise at the transitions of 1-bit self-attention",
  question: "Where the mean-field map passes from rest to motion, do N bits fluctuate as the noise-driven normal form says: amplitude N^(−1/4), width N^(−1/2), and the ratios of its moments?",
  parameters: criticalSchema,
  levels: criticalLevels,
  references: [pocLopezAguilera],
  plan: planCritical,
  run: runStudy,
};

async function runStudy(request: StudyRequest): Promise<Findings> {
  const settings = request.parameters as CriticalParameters;
  const contexts = shareProgress(request.context, [1, 6]);
  const cases: CriticalCase[] = [];
  for (const [i, kind] of TRANSITIONS.entries()) cases.push(await runCritical(kind, request, contexts[i]!));
  return {
    narrative: criticalNarrative(cases, settings),
    parameters: parameterEntries(criticalSchema, settings),
    verdicts: cases.flatMap((one) => criticalVerdicts(one, settings)),
    tables: [momentsTable(cases), collapseTable(cases)],
    figures: criticalFigures(cases),
    equations: equations("one-bit-mean-field", "class-binomial", "one-bit-bifurcations", "one-bit-floquet", "one-bit-normal-form", "one-bit-critical-law", "one-bit-critical-scaling", "peretto", "collapse", "exponent-fit", "tost"),
    outcomes: addTallies(cases.map(({ point, tally }) => ({ title: point.title, tally }))),
  };
}
