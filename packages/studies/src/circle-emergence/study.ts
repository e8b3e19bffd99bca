import { formatPercent, toVerdicts } from "@mesoscope/finite-size";
import { equations } from "../equations.js";
import { comparisonTable } from "../findings/comparison-table.js";
import { present } from "../findings/present.js";
import { parameterEntries } from "../findings/parameter-entries.js";
import { shareProgress } from "../findings/progress.js";
import { controlsTable, scalingTable, sideBySideTable } from "../findings/scaling-tables.js";
import { shapeTable } from "../findings/shape-table.js";
import { addTallies } from "../findings/tally.js";
import { brunoPasqualottoAgazzi, geshkovski } from "../references.js";
import type { Findings, Study, StudyRequest } from "../study.js";
import { casesOf, isAskedOfOneMode, isAskedOfRivals, LEVEL, planCase, runCase, weightOfCase, type CaseResult } from "./cases.js";
import { emergenceFigures } from "./figures.js";
import { emergenceNarrative } from "./narrative.js";
import { selectionVerdict } from "./selection.js";
import { emergenceLevels, emergenceSchema, type EmergenceParameters } from "./settings.js";

/** When do tokens on the circle leave the uniform state, and which mode wins? */
export const circleEmergence: Study = {
  id: "circle-emergence",
  title: "Emergence of clusters on the circle",
  question: "When do n tokens on the circle leave the uniform state, and which mode wins: as one growing mode says, or as modes in competition say?",
  parameters: emergenceSchema,
  levels: emergenceLevels,
  references: [brunoPasqualottoAgazzi, geshkovski],
  plan: (request) => casesOf(request.parameters as EmergenceParameters).flatMap((one) => planCase(one, request)),
  run: runEmergence,
};

async function runEmergence(request: StudyRequest): Promise<Findings> {
  const settings = request.parameters as EmergenceParameters;
  const cases = casesOf(settings);
  const contexts = shareProgress(request.context, cases.map(weightOfCase));
  const results: CaseResult[] = [];
  for (const [i, one] of cases.entries()) results.push(await runCase(one, request, contexts[i]!));
  const single = results.filter((one) => one.single);
  const rivals = results.filter((one) => !one.single);
  return {
    narrative: emergenceNarrative(single, rivals, settings),
    parameters: parameterEntries(emergenceSchema, settings),
    verdicts: results.flatMap((one) => verdictsOf(one, settings)),
    tables: [
      comparisonTable("one-mode", `Where one mode dominates, tolerance ${formatPercent(settings.tolerance)}`, single),
      comparisonTable("rivals", "Where modes compete", rivals),
      scalingTable("scaling", "Exponents, and the sizes from which on each law holds", results),
      ...present(sideBySideTable("side-by-side", "Laws side by side", results)),
      ...present(shapeTable("shapes", "Shapes of the laws of departure over replicas", results)),
      ...present(controlsTable("controls", results.map(({ title, comparison }) => ({ title, controls: comparison.controls })))),
    ],
    figures: emergenceFigures(single, rivals, settings),
    equations: equations("usa", "sa", "growth-rate", "departure-time", "departure-law", "landau", "mode-competition", "first-departure", "mode-selection", "tost"),
    outcomes: addTallies(results.map(({ title, comparison }) => ({ title, tally: comparison.tally }))),
  };
}

/** Where one mode dominates: mean and spread. Where modes compete: what each law says of the first departure, and who wins. */
function verdictsOf({ id, title, single, comparison, selection }: CaseResult, { tolerance }: EmergenceParameters): Findings["verdicts"] {
  const asked = comparison.statements.filter(single ? isAskedOfOneMode : isAskedOfRivals);
  const verdicts = toVerdicts({ ...comparison, statements: asked }, { id, subject: title });
  if (single) return verdicts;
  const words = { id: `${id}-selection`, subject: `which mode departs first, ${title}, theory: competing-modes law` };
  return [...verdicts, selectionVerdict(words, selection, tolerance, LEVEL)];
}
