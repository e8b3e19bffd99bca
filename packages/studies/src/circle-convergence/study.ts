import type { Figure, Table } from "@mesoscope/contracts";
import { capital, casesInWords, formatNumber, formatWithInterval, listed } from "@mesoscope/finite-size";
import { exp, log } from "@mesoscope/numerics";
import { equations } from "../equations.js";
import { seriesAtLargestSize, sizeAxis } from "../findings/comparison-figures.js";
import { shortFlow } from "../findings/flows.js";
import { present } from "../findings/present.js";
import { parameterEntries } from "../findings/parameter-entries.js";
import { shareProgress } from "../findings/progress.js";
import { controlsTable, scalingTable } from "../findings/scaling-tables.js";
import { tableOf } from "../findings/table.js";
import { addTallies } from "../findings/tally.js";
import { brunoPasqualottoAgazzi } from "../references.js";
import type { Findings, Study, StudyRequest } from "../study.js";
import { ANGLE_TOLERANCE, CONFIDENCE, planConvergence, runConvergence, type ConvergenceCase } from "./cases.js";
import { exponentAnswer, exponentVerdict } from "./exponent.js";
import { convergenceNarrative, meanAnswers } from "./narrative.js";
import { convergenceLevels, convergenceSchema, type ConvergenceParameters } from "./settings.js";

const flows = ["SA", "USA"] as const;

/** Does the field of n tokens approach the mean-field equation at the rate n^{-1/2}? */
export const circleConvergence: Study = {
  id: "circle-convergence",
  title: "Particles against the mean-field equation",
  question: "Does the field of n tokens on the circle approach the mean-field equation, and at the rate n^(-1/2) of independent particles?",
  parameters: convergenceSchema,
  levels: convergenceLevels,
  references: [brunoPasqualottoAgazzi],
  plan: (request) => flows.flatMap((flow) => planConvergence(flow, request)),
  run: runStudy,
};

async function runStudy(request: StudyRequest): Promise<Findings> {
  const settings = request.parameters as ConvergenceParameters;
  const contexts = shareProgress(request.context, flows.map(() => 1));
  const results: ConvergenceCase[] = [];
  const largest = settings.sizes.at(-1)!;
  for (const [i, flow] of flows.entries()) results.push(await runConvergence(flow, request, contexts[i]!));
  return {
    narrative: convergenceNarrative(results, settings),
    parameters: parameterEntries(convergenceSchema, settings),
    verdicts: results.map((one) => exponentVerdict(one, settings)),
    tables: [
      deviationTable(results),
      scalingTable("scaling", `The mean field angle by angle, tolerance ±${ANGLE_TOLERANCE}: exponents, and the sizes from which on it holds`, results),
      ...present(controlsTable("controls", results.map(({ title, comparison }) => ({ title, controls: comparison.controls })))),
    ],
    figures: [rateFigure(results, settings), seriesAtLargestSize({ id: "field", title: `The smoothed field along the circle at n = ${largest}, mean over runs`, finding: fieldFinding(results) }, "field", results)],
    equations: equations("mean-field-pde", "lagrangian", "kernel-field", "circle-fourier", "exponent-fit"),
    outcomes: addTallies(results.map(({ title, comparison }) => ({ title, tally: comparison.tally }))),
  };
}

function fieldFinding(results: readonly ConvergenceCase[]): string {
  const off = results.map(({ flow, norms }) => `${formatNumber(norms.at(-1)!.value)} for ${shortFlow(flow)} attention`);
  return `${casesInWords("For the mean over runs, the mean-field equation", results.flatMap(meanAnswers))} A single run deviates from the curve by ${listed(off)}, root mean square over angles.`;
}

/** Rms deviation against n with the fitted law. */
function rateFigure(results: readonly ConvergenceCase[], settings: ConvergenceParameters): Figure {
  return {
    id: "rate",
    title: "Deviation of a single run's field from the mean-field equation against n",
    finding: `The deviation falls as n^−p with p = ${listed(results.map(({ flow, exponent }) => `${formatWithInterval(exponent.fit.exponent, exponent.interval)} for ${shortFlow(flow)} attention`))}. ${casesInWords("The expected exponent 1/2", results.map((one) => exponentAnswer(one, settings)))}`,
    x: sizeAxis(results[0]!.comparison),
    y: { symbol: "‖F_n − F‖", meaning: "deviation of the smoothed field, root mean square over angles and runs", unit: "1", scale: "log" },
    panels: results.map(({ title, comparison, norms, exponent: { fit } }) => {
      const x = comparison.sizes.map(({ n }) => n);
      const fitted = x.map((n) => Math.sqrt(fit.amplitudes[0]! * exp(-2 * fit.exponent * log(n)) * (1 + fit.corrections[0]! / n)));
      return {
        title: capital(title),
        layers: [
          { role: "curve", label: "fit of (a / n^2p)(1 + b / n) to the square", source: "reference", x, y: fitted },
          { role: "points", label: "simulation", source: "simulation", x, y: norms.map(({ value }) => value), lower: norms.map(({ interval }) => interval[0]), upper: norms.map(({ interval }) => interval[1]), confidence: CONFIDENCE },
        ],
      };
    }),
  };
}

function deviationTable(results: readonly ConvergenceCase[]): Table {
  return tableOf("deviation", "Rms deviation of the field at every size", {
    case: "case",
    n: "n",
    replicas: "replicas",
    rms: "‖F_n − F‖",
    interval: "95 % interval",
    scaled: "√n ‖F_n − F‖",
    "limit-error": "error of the limit",
  }, results.flatMap(({ title, comparison, norms }) =>
      comparison.sizes.map(({ n, completed }, k) => {
        const { value, interval } = norms[k]!;
        const certificate = comparison.statements[0]!.bySize[k]!.numericalError[0] ?? 0;
        return [title, n, completed, round(value), `[${formatNumber(interval[0])}, ${formatNumber(interval[1])}]`, round(Math.sqrt(n) * value), round(certificate)];
      }),
    ));
}

function round(value: number): number {
  return Number(value.toPrecision(6));
}
