import { equations } from "../equations.js";
import { parameterEntries } from "../findings/parameter-entries.js";
import { shareProgress } from "../findings/progress.js";
import { addTallies } from "../findings/tally.js";
import { bordelonChaudhryPehlevan, chizatOyallonBach } from "../references.js";
import type { Findings, Study, StudyRequest } from "../study.js";
import { networks, planLearning, runNetwork, type LearningCase } from "./cases.js";
import { learningFigures } from "./figures.js";
import { learningNarrative } from "./narrative.js";
import { learningLevels, learningSchema, type LearningParameters } from "./settings.js";
import { learningTables } from "./tables.js";
import { learningVerdicts } from "./verdicts.js";

/** What do kernels learn, and until which richness does the kernel of the start tell what is learned? */
export const featureLearning: Study = {
  id: "feature-learning",
  title: "Feature learning and the kernel regime",
  question: "How much do the kernels of a multi-head transformer learn as its richness grows, and until when does gradient descent in the kernel of its start tell what is learned?",
  parameters: learningSchema,
  levels: learningLevels,
  references: [bordelonChaudhryPehlevan, chizatOyallonBach],
  plan: planLearning,
  run: runStudy,
};

async function runStudy(request: StudyRequest): Promise<Findings> {
  const settings = request.parameters as LearningParameters;
  const contexts = shareProgress(request.context, networks.map(() => 1));
  const cases: LearningCase[] = [];
  for (const [i, network] of networks.entries()) cases.push(await runNetwork(network, request, contexts[i]!));
  return {
    narrative: learningNarrative(cases, settings),
    parameters: parameterEntries(learningSchema, settings),
    verdicts: cases.flatMap((one) => learningVerdicts(one, settings)),
    tables: learningTables(cases),
    figures: learningFigures(cases, settings),
    equations: equations("transformer-training", "transformer-order-parameters", "attention-tangent", "kernel-descent", "lazy-order", "averaging-floor", "kernel-alignment", "one-block", "exponent-fit", "tost"),
    outcomes: addTallies(cases.map(({ title, tally }) => ({ title, tally }))),
  };
}
