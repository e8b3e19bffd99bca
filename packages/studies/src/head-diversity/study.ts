import { equations } from "../equations.js";
import { parameterEntries } from "../findings/parameter-entries.js";
import { shareProgress } from "../findings/progress.js";
import { addTallies } from "../findings/tally.js";
import { logitPowers } from "../multi-head/powers-of-n.js";
import { bordelonChaudhryPehlevan } from "../references.js";
import type { Findings, Study, StudyRequest } from "../study.js";
import { planDiversity, runDiversity, type DiversityCase } from "./cases.js";
import { diversityFigures } from "./figures.js";
import { lawTablesOf, type LawTables } from "./laws.js";
import { diversityNarrative } from "./narrative.js";
import { diversityLevels, diversitySchema, type DiversityParameters } from "./settings.js";
import { diversityTables } from "./tables.js";
import { diversityVerdicts } from "./verdicts.js";

/** Do the heads of a transformer differ? */
export const headDiversity: Study = {
  id: "head-diversity",
  title: "Do heads differ?",
  question: "How much do the attention heads of a network differ, before and after training, and does that survive as heads grow wide?",
  parameters: diversitySchema,
  levels: diversityLevels,
  references: [bordelonChaudhryPehlevan],
  plan: planDiversity,
  run: runStudy,
};

async function runStudy(request: StudyRequest): Promise<Findings> {
  const settings = request.parameters as DiversityParameters;
  const contexts = shareProgress(request.context, logitPowers.map(() => 1));
  const cases: DiversityCase[] = [];
  for (const [i, power] of logitPowers.entries()) cases.push(await runDiversity(power, request, contexts[i]!));
  const tables: LawTables[] = [];
  for (const one of cases) tables.push(await lawTablesOf(one, settings));
  return {
    narrative: diversityNarrative(cases, settings),
    parameters: parameterEntries(diversitySchema, settings),
    verdicts: diversityVerdicts(cases, settings),
    tables: diversityTables(cases),
    figures: diversityFigures(cases, tables, settings),
    equations: equations("attention-logits", "attention-logit-law", "transformer-training", "head-map", "wide-noise", "size-orders", "exponent-fit", "tost"),
    outcomes: addTallies(cases.map(({ title, tally }) => ({ title, tally }))),
  };
}
