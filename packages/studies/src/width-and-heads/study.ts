import { equations } from "../equations.js";
import { parameterEntries } from "../findings/parameter-entries.js";
import { shareProgress } from "../findings/progress.js";
import { addTallies } from "../findings/tally.js";
import { bordelonChaudhryPehlevan } from "../references.js";
import type { Findings, Study, StudyRequest } from "../study.js";
import { planWidths, runSystem, type WidthCase } from "./cases.js";
import { widthFigures } from "./figures.js";
import { widthNarrative } from "./narrative.js";
import { widthLevels, widthSchema, type WidthParameters } from "./settings.js";
import { systems } from "./systems.js";
import { widthTables } from "./tables.js";
import { widthVerdicts } from "./verdicts.js";

/** Which of the two sizes brings a network in training to its limit, and how fast? */
export const widthAndHeads: Study = {
  id: "width-and-heads",
  title: "Width of heads and number of heads",
  question: "How wide must attention heads be, and how many, for networks in training to follow the limit of infinitely many wide heads, and what do 1/N and 1/H add to it?",
  parameters: widthSchema,
  levels: widthLevels,
  references: [bordelonChaudhryPehlevan],
  plan: planWidths,
  run: runStudy,
};

async function runStudy(request: StudyRequest): Promise<Findings> {
  const settings = request.parameters as WidthParameters;
  const contexts = shareProgress(request.context, systems.map(() => 1));
  const cases: WidthCase[] = [];
  for (const [i, system] of systems.entries()) cases.push(await runSystem(system, request, contexts[i]!));
  return {
    narrative: widthNarrative(cases, settings),
    parameters: parameterEntries(widthSchema, settings),
    verdicts: cases.flatMap((one) => widthVerdicts(one, settings)),
    tables: widthTables(cases),
    figures: widthFigures(cases, settings),
    equations: equations("transformer-training", "head-map", "matrix-rule", "one-block", "conditioned-matrix", "turned-axes", "head-noise", "wide-noise", "size-orders", "two-axes", "two-axis-boundary", "effective-size", "n-star", "exponent-fit", "tost"),
    outcomes: addTallies(cases.map(({ title, tally }) => ({ title, tally }))),
  };
}
