import type { LinearModel } from "@mesoscope/mean-field-pde";
import { equations } from "../equations.js";
import { present } from "../findings/present.js";
import { parameterEntries } from "../findings/parameter-entries.js";
import { shareProgress } from "../findings/progress.js";
import { controlsTable } from "../findings/scaling-tables.js";
import { brunoPasqualottoAgazzi } from "../references.js";
import type { Findings, Study, StudyRequest } from "../study.js";
import { ratesFigure, slowdownFigure } from "./figures.js";
import { measureRates, planRates, type MeasuredModel } from "./measured-rates.js";
import { growthLevels, growthSchema, type GrowthParameters } from "./settings.js";
import { growthNarrative } from "./narrative.js";
import { ratesTable } from "./rates-table.js";
import { dominantDegreeTable, transitionTable } from "./theory-tables.js";
import { growthVerdicts } from "./verdicts.js";

/** Do finite systems grow at the rates of the linear theory? */
export const growthRates: Study = {
  id: "growth-rates",
  title: "Growth rates about the uniform state",
  question: "Do n tokens leave the uniform state at the rates of the linear theory, degree by degree and in every dimension?",
  parameters: growthSchema,
  levels: growthLevels,
  references: [brunoPasqualottoAgazzi],
  plan: (request) => modelsOf(request.parameters as GrowthParameters).flatMap((model) => planRates(model, request)),
  run: runStudy,
};

async function runStudy(request: StudyRequest): Promise<Findings> {
  const settings = request.parameters as GrowthParameters;
  const models = modelsOf(settings);
  // On the circle the drift costs n K, elsewhere n^2 d.
  const contexts = shareProgress(request.context, models.map(({ d }) => (d === 2 ? 1 : 4 + d)));
  const measured: MeasuredModel[] = [];
  for (const [i, model] of models.entries()) measured.push(await measureRates(model, request, contexts[i]!));
  const rates = measured.flatMap((one) => one.rates);
  return {
    narrative: growthNarrative(rates, settings),
    parameters: parameterEntries(growthSchema, settings),
    verdicts: growthVerdicts(rates, settings.tolerance),
    tables: [dominantDegreeTable(), transitionTable(), ratesTable(rates), ...present(controlsTable("controls", measured))],
    figures: [ratesFigure("SA", rates), ratesFigure("USA", rates), slowdownFigure(rates, settings.tolerance)],
    equations: equations("growth-rate", "funk-hecke", "k-max", "growth-transition", "structure-factor", "self-attention-slowdown", "tost"),
    outcomes: tallyOf(measured),
  };
}

function modelsOf({ dimensions, betas }: GrowthParameters): readonly LinearModel[] {
  return (["SA", "USA"] as const).flatMap((flow) => [...new Set(dimensions)].flatMap((d) => [...new Set(betas)].map((beta) => ({ flow, beta, d }))));
}

function tallyOf(measured: readonly MeasuredModel[]): Findings["outcomes"] {
  const ensembles = measured.flatMap((one) => one.ensembles);
  return {
    completed: ensembles.reduce((sum, { completed }) => sum + completed, 0),
    diverged: ensembles.reduce((sum, { diverged }) => sum + diverged, 0),
    censored: 0,
    notes: ensembles.flatMap(({ n, notes }) => notes.map((note) => ({ ...note, where: `n = ${n}` }))),
  };
}
