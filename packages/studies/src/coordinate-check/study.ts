import { equations } from "../equations.js";
import { parameterEntries } from "../findings/parameter-entries.js";
import { shareProgress } from "../findings/progress.js";
import { tallyOfEnsembles } from "../findings/tally-of-ensembles.js";
import { bordelonChaudhryPehlevan, yangTensorProgramsV } from "../references.js";
import type { Findings, Study, StudyRequest } from "../study.js";
import { casesOf, planCheck, runCase, type CheckedCase } from "./cases.js";
import { checkFigures } from "./figures.js";
import { checkNarrative } from "./narrative.js";
import { checkLevels, checkSchema, type CheckParameters } from "./settings.js";
import { checkTables } from "./tables.js";
import { checkVerdicts } from "./verdicts.js";

/** Does a step of training do the same at every size? */
export const coordinateCheck: Study = {
  id: "coordinate-check",
  title: "Coordinate check with intervals",
  question: "With which power of width, heads and depth does every activation, kernel and weight of a transformer move in training, and is it the power that the parameterisation promises?",
  parameters: checkSchema,
  levels: checkLevels,
  references: [bordelonChaudhryPehlevan, yangTensorProgramsV],
  plan: planCheck,
  run: runStudy,
};

async function runStudy(request: StudyRequest): Promise<Findings> {
  const settings = request.parameters as CheckParameters;
  const planned = casesOf(settings);
  const contexts = shareProgress(request.context, planned.map(({ design: { sizes } }) => sizes.reduce((sum, n) => sum + n, 0)));
  const cases: CheckedCase[] = [];
  for (const [i, one] of planned.entries()) cases.push(await runCase(one, request, contexts[i]!));
  return {
    narrative: checkNarrative(cases, settings),
    parameters: parameterEntries(checkSchema, settings),
    verdicts: checkVerdicts(cases, settings),
    tables: checkTables(cases),
    figures: checkFigures(cases, settings),
    equations: equations("transformer-block", "transformer-scales", "transformer-training", "movement-powers", "exponent-fit", "tost"),
    outcomes: tallyOfEnsembles(cases.map(({ title, ensembles, axis }) => ({ title, axis, ensembles }))),
  };
}
