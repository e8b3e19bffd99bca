import type { Context } from "@mesoscope/contracts";
import { equations } from "../equations.js";
import { parameterEntries } from "../findings/parameter-entries.js";
import { shareProgress } from "../findings/progress.js";
import { tallyOfEnsembles } from "../findings/tally-of-ensembles.js";
import { bordelonChaudhryPehlevan, yangTensorProgramsV } from "../references.js";
import type { Findings, Study, StudyRequest } from "../study.js";
import { casesOf, planSaturation, runCase, type FoundCase } from "./cases.js";
import { saturationFigures } from "./figures.js";
import { saturationNarrative } from "./narrative.js";
import { saturationLevels, saturationSchema, type SaturationParameters } from "./settings.js";
import { saturationTables } from "./tables.js";
import { saturationVerdicts } from "./verdicts.js";
import { caseTitle } from "./words.js";

/** What becomes of wide heads whose logits are divided by the square root of their width? */
export const attentionSaturation: Study = {
  id: "attention-saturation",
  title: "Wide heads with logits over √N",
  question: "Does training have a limit of wide heads if attention logits are divided by √N and the layers below are trained, or do logits move further the wider the heads, until attention saturates?",
  parameters: saturationSchema,
  levels: saturationLevels,
  references: [bordelonChaudhryPehlevan, yangTensorProgramsV],
  plan: planSaturation,
  run: runStudy,
};

async function runStudy(request: StudyRequest): Promise<Findings> {
  const settings = request.parameters as SaturationParameters;
  const planned = casesOf(settings);
  const contexts = shareProgress(request.context, planned.flatMap(() => [settings.earlySteps + 4, settings.steps + 4]));
  const cases: FoundCase[] = [];
  for (const [i, one] of planned.entries()) cases.push(await runCase(one, request, contexts.slice(2 * i, 2 * i + 2) as [Context, Context]));
  return {
    narrative: saturationNarrative(cases, settings),
    parameters: parameterEntries(saturationSchema, settings),
    verdicts: saturationVerdicts(cases, settings),
    tables: saturationTables(cases, settings),
    figures: saturationFigures(cases, settings),
    equations: equations("transformer-block", "transformer-scales", "transformer-training", "transformer-order-parameters", "attention-growth", "bootstrap"),
    outcomes: tallyOfEnsembles(cases.flatMap((one) => [{ title: `${caseTitle(one)}, first steps`, axis: "N", ensembles: one.early.ensembles }, { title: caseTitle(one), axis: "N", ensembles: one.late.ensembles }])),
  };
}
