import { equations } from "../equations.js";
import { parameterEntries } from "../findings/parameter-entries.js";
import { shareProgress } from "../findings/progress.js";
import { addTallies } from "../findings/tally.js";
import { pocLopezAguilera } from "../references.js";
import type { Findings, Study, StudyRequest } from "../study.js";
import { caseCount, planExact, runExact, type ExactCase } from "./cases.js";
import { exactFigures, exactTable } from "./figures.js";
import { exactNarrative } from "./narrative.js";
import { exactLevels, exactSchema, type ExactParameters } from "./settings.js";
import { exactVerdicts } from "./verdicts.js";

/** Do runs do what every probability says, and is that what the expansion says? */
export const oneBitExact: Study = {
  id: "one-bit-exact",
  title: "Small systems without chance",
  question: "Do runs of small 1-bit attention do what the enumeration of all their states says, and does that approach the map with its first orders in 1/N?",
  parameters: exactSchema,
  levels: exactLevels,
  references: [pocLopezAguilera],
  plan: planExact,
  run: runStudy,
};

async function runStudy(request: StudyRequest): Promise<Findings> {
  const settings = request.parameters as ExactParameters;
  const contexts = shareProgress(request.context, Array.from({ length: caseCount }, () => 1));
  const cases: ExactCase[] = [];
  for (let i = 0; i < caseCount; i++) cases.push(await runExact(i, request, contexts[i]!));
  return {
    narrative: exactNarrative(cases, settings),
    parameters: parameterEntries(exactSchema, settings),
    verdicts: cases.flatMap((one) => exactVerdicts(one, settings)),
    tables: [exactTable(cases)],
    figures: exactFigures(cases),
    equations: equations("one-bit-softmax", "one-bit-output", "class-binomial", "window-kernel", "one-bit-mean-field", "one-bit-shift", "one-bit-linear-noise", "tost"),
    outcomes: addTallies(cases.map(({ title, comparison }) => ({ title, tally: comparison.tally }))),
  };
}
