import { equations } from "../equations.js";
import { parameterEntries } from "../findings/parameter-entries.js";
import { shareProgress } from "../findings/progress.js";
import { addTallies } from "../findings/tally.js";
import { regimes } from "../one-bit/regimes.js";
import { pocLopezAguilera } from "../references.js";
import type { Findings, Study, StudyRequest } from "../study.js";
import { planRegimes, runRegime, type FiniteSizeCase } from "./cases.js";
import { amplifiedByChaos, CHAOTIC_BETA, planExits, runExits } from "./exits.js";
import { finiteSizeFigures } from "./figures.js";
import { finiteSizeNarrative } from "./narrative.js";
import { finiteSizeLevels, finiteSizeSchema, type FiniteSizeParameters } from "./settings.js";
import { finiteSizeTables } from "./tables.js";
import { exitVerdicts, regimeVerdicts } from "./verdicts.js";

/** From which N on, and until when, does the published network follow its mean-field map? */
export const oneBitFiniteSize: Study = {
  id: "one-bit-finite-size",
  title: "1-bit self-attention with N bits against its mean-field map",
  question: "From how many bits on, and until which token, does the published network follow its mean-field map: at rest, on a torus, on a long period, in chaos?",
  parameters: finiteSizeSchema,
  levels: finiteSizeLevels,
  references: [pocLopezAguilera],
  plan: (request) => [...planExits(request), ...planRegimes(request)],
  run: runStudy,
};

async function runStudy(request: StudyRequest): Promise<Findings> {
  const settings = request.parameters as FiniteSizeParameters;
  const contexts = shareProgress(request.context, [1, ...regimes.map(() => 1)]);
  const cases: FiniteSizeCase[] = [];
  const exits = await runExits(request, contexts[0]!);
  const chaos = [amplifiedByChaos(exits)];
  for (const [i, regime] of regimes.entries()) cases.push(await runRegime(regime, regime.beta === CHAOTIC_BETA ? chaos : [], request, contexts[i + 1]!));
  return {
    narrative: finiteSizeNarrative(cases, exits, settings),
    parameters: parameterEntries(finiteSizeSchema, settings),
    verdicts: [...cases.flatMap((one) => regimeVerdicts(one, settings)), ...exitVerdicts(exits, settings)],
    tables: finiteSizeTables(cases, exits),
    figures: finiteSizeFigures(cases, exits, settings),
    equations: equations("one-bit-attention", "one-bit-output", "class-binomial", "one-bit-mean-field", "one-bit-linear-noise", "one-bit-shift", "one-bit-lyapunov", "one-bit-horizon", "one-bit-exit", "n-star", "exponent-fit", "tost"),
    outcomes: addTallies([...cases.map(({ title, tally }) => ({ title, tally })), { title: "exit from chaos", tally: exits.comparison.tally }]),
  };
}
