import { equations } from "../equations.js";
import { parameterEntries } from "../findings/parameter-entries.js";
import { shareProgress } from "../findings/progress.js";
import { addTallies } from "../findings/tally.js";
import { logitPowers } from "../multi-head/powers-of-n.js";
import { bordelonChaudhryPehlevan } from "../references.js";
import type { Findings, Study, StudyRequest } from "../study.js";
import { planKernels, runPower, type KernelCase } from "./cases.js";
import { kernelFigures } from "./figures.js";
import { kernelNarrative } from "./narrative.js";
import { widthNoise, type WidthNoise } from "./noise.js";
import { kernelStudyLevels, kernelStudySchema, type KernelStudyParameters } from "./settings.js";
import { kernelTables } from "./tables.js";
import { kernelVerdicts } from "./verdicts.js";

/** How far are the kernels of an untrained transformer from their limit, in width, heads and depth? */
export const attentionKernels: Study = {
  id: "attention-kernels",
  title: "Kernels of multi-head attention at initialisation",
  question: "How far are the kernels of a transformer with random weights from those of infinitely many infinitely wide heads, and does width, number of heads or depth bring them there?",
  parameters: kernelStudySchema,
  levels: kernelStudyLevels,
  references: [bordelonChaudhryPehlevan],
  plan: planKernels,
  run: runStudy,
};

async function runStudy(request: StudyRequest): Promise<Findings> {
  const settings = request.parameters as KernelStudyParameters;
  const contexts = shareProgress(request.context, logitPowers.map(() => 1));
  const cases: KernelCase[] = [];
  for (const [i, power] of logitPowers.entries()) cases.push(await runPower(power, request, contexts[i]!));
  const noises: WidthNoise[] = [];
  for (const one of cases) noises.push(await widthNoise(one, settings));
  return {
    narrative: kernelNarrative(cases, noises, settings),
    parameters: parameterEntries(kernelStudySchema, settings),
    verdicts: kernelVerdicts(cases, noises, settings),
    tables: kernelTables(cases, noises),
    figures: kernelFigures(cases, noises, settings),
    equations: equations("attention-logits", "attention-heads", "attention-finite-width", "attention-depth", "attention-depth-flow", "attention-collapse", "attention-one-block", "attention-cumulants", "attention-kernel-chain", "size-orders", "n-star", "exponent-fit", "tost"),
    outcomes: addTallies(cases.map(({ title, tally }) => ({ title, tally }))),
  };
}
