import type { Figure, Table, Verdict } from "@mesoscope/contracts";
import { formatNumber, formatWithInterval } from "@mesoscope/finite-size";
import { exp, log } from "@mesoscope/numerics";
import { equations } from "../equations.js";
import { seriesAtLargestSize, sizeAxis } from "../findings/comparison-figures.js";
import { present } from "../findings/present.js";
import { parameterEntries } from "../findings/parameter-entries.js";
import { shareProgress } from "../findings/progress.js";
import { controlsTable, scalingTable } from "../findings/scaling-tables.js";
import { tableOf } from "../findings/table.js";
import { addTallies } from "../findings/tally.js";
import { brunoPasqualottoAgazzi } from "../references.js";
import type { Findings, Study, StudyRequest } from "../study.js";
import { ANGLE_TOLERANCE, CONFIDENCE, planConvergence, runConvergence, type ConvergenceCase } from "./cases.js";
import { convergenceLevels, convergenceSchema, type ConvergenceParameters } from "./settings.js";

const flows = ["SA", "USA"] as const;

/** Does the field of n tokens approach the mean-field equation at the rate n^{-1/2}? */
export const circleConvergence: Study = {
  id: "circle-convergence",
  title: "Particles against the mean-field equation",
  question: "Does the field of n tokens on the circle approach the mean-field equation, and at the rate n^(-1/2) of independent particles?",
  parameters: convergenceSchema,
  levels: convergenceLevels,
  plan: (request) => flows.flatMap((flow) => planConvergence(flow, request)),
  run: runStudy,
};

async function runStudy(request: StudyRequest): Promise<Findings> {
  const settings = request.parameters as ConvergenceParameters;
  const contexts = shareProgress(request.context, flows.map(() => 1));
  const results: ConvergenceCase[] = [];
  for (const [i, flow] of flows.entries()) results.push(await runConvergence(flow, request, contexts[i]!));
  return {
    narrative: narrativeOf(results, settings),
    parameters: parameterEntries(convergenceSchema, settings),
    verdicts: results.map((one) => verdictOf(one, settings)),
    tables: [
      deviationTable(results),
      scalingTable("scaling", `The mean field angle by angle, tolerance ±${ANGLE_TOLERANCE}: exponents, and the sizes from which on it holds`, results),
      ...present(controlsTable("controls", results.map(({ title, comparison }) => ({ title, controls: comparison.controls })))),
    ],
    figures: [rateFigure(results), seriesAtLargestSize({ id: "field", title: "The field at the largest size", finding: fieldFinding(results) }, "field", results)],
    equations: equations("mean-field-pde", "lagrangian", "kernel-field", "circle-fourier", "exponent-fit"),
    outcomes: addTallies(results.map(({ title, comparison }) => ({ title, tally: comparison.tally }))),
    references: [brunoPasqualottoAgazzi],
  };
}

const LEAST_GOODNESS = 0.001;

/** The exponent is equivalent to 1/2 if its whole interval lies within the tolerance. */
function verdictOf({ title, flow, exponent, caveat }: ConvergenceCase, { tolerance }: ConvergenceParameters): Verdict {
  const [low, high] = exponent.interval;
  const { fit } = exponent;
  // A law that does not fit has no exponent to speak of.
  const fits = fit.goodness >= LEAST_GOODNESS && !fit.atBound;
  const inside = fits && caveat === undefined && low >= 0.5 - tolerance && high <= 0.5 + tolerance;
  const outside = fits && (high < 0.5 - tolerance || low > 0.5 + tolerance);
  return {
    id: `exponent-${flow.toLowerCase()}`,
    subject: `exponent of the rms field deviation in n, ${title}`,
    outcome: inside ? "holds" : outside ? "fails" : "undecided",
    rule: `The ${100 * CONFIDENCE} % profile interval of p in (a / n^2p)(1 + b / n), fitted to the mean square, lies inside 1/2 ± ${tolerance} (holds) or outside it (fails); undecided if the goodness of fit is below ${LEAST_GOODNESS}.`,
    value: fit.exponent,
    interval: [low, high],
    confidence: CONFIDENCE,
    unit: "1",
    because: `The exponent is ${formatWithInterval(fit.exponent, [low, high])}, the correction b is ${formatNumber(fit.corrections[0] ?? 0)}, goodness of fit ${formatNumber(fit.goodness, 2)}${caveat === undefined ? "" : `; ${caveat}`}.`,
    ...(outside ? { reason: "unexplained" as const } : {}),
  };
}

function narrativeOf(results: readonly ConvergenceCase[], settings: ConvergenceParameters): Findings["narrative"] {
  const exponents = results.map(({ flow, exponent }) => `${flow} ${formatWithInterval(exponent.fit.exponent, exponent.interval)}`);
  const outcomes = results.map((one) => `${one.flow}: ${verdictOf(one, settings).outcome}`);
  return {
    headline: `The field of n tokens deviates from the mean-field equation as n to the power −p with p = ${exponents.join(", ")}; the rate 1/2 within ${settings.tolerance}: ${outcomes.join(", ")}.`,
    paragraphs: [
      `Tokens start independent with density (1 + ${settings.amplitude} cos θ)/2π and are moved to depth ${settings.time}. The limit is solved by carrying labels with spectral accuracy; its certificate is ${formatNumber(largestCertificate(results), 2)}, the smallest deviation shown ${formatNumber(Math.min(...results.flatMap(({ norms }) => norms.map(({ value }) => value))), 2)}.`,
      "What is compared is the kernel-smoothed field, which is what tokens feel of each other; point clouds and densities need not be compared then.",
    ],
  };
}

function largestCertificate(results: readonly ConvergenceCase[]): number {
  return Math.max(...results.flatMap(({ comparison }) => comparison.statements.flatMap(({ bySize }) => bySize.flatMap(({ numericalError }) => numericalError))));
}

function fieldFinding(results: readonly ConvergenceCase[]): string {
  return results
    .map(({ title, comparison, norms }) => `${title}: at n = ${comparison.sizes.at(-1)!.n} a single run deviates by ${formatNumber(norms.at(-1)!.value)} (rms over angles and replicas).`)
    .join(" ");
}

/** Rms deviation against n with the fitted law. */
function rateFigure(results: readonly ConvergenceCase[]): Figure {
  return {
    id: "rate",
    title: "Deviation of the field from the mean-field equation",
    finding: results.map(({ title, exponent }) => `${title}: exponent ${formatWithInterval(exponent.fit.exponent, exponent.interval)}.`).join(" "),
    x: sizeAxis(results[0]!.comparison),
    y: { symbol: "‖F_n − F‖", meaning: "rms deviation of the smoothed field", unit: "1", scale: "log" },
    panels: results.map(({ title, comparison, norms, exponent: { fit } }) => {
      const x = comparison.sizes.map(({ n }) => n);
      const fitted = x.map((n) => Math.sqrt(fit.amplitudes[0]! * exp(-2 * fit.exponent * log(n)) * (1 + fit.corrections[0]! / n)));
      return {
        title,
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
