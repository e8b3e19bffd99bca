import type { Figure, Layer, Panel } from "@mesoscope/contracts";
import { capital, casesInWords, formatPercent } from "@mesoscope/finite-size";
import { growthRate, type LinearModel } from "@mesoscope/mean-field-pde";
import { flowInWords } from "../findings/flows.js";
import { startLayers } from "../findings/marks.js";
import { CONFIDENCE, type MeasuredRate } from "./measured-rates.js";
import { caseOf, growthAnswers } from "./verdicts.js";

const POINTS = 80;

/** gamma_k over beta, one panel a dimension, with what was measured at the largest size. */
export function ratesFigure(flow: LinearModel["flow"], rates: readonly MeasuredRate[]): Figure {
  const own = largest(rates.filter(({ model }) => model.flow === flow));
  const dimensions = [...new Set(own.map(({ model }) => model.d))];
  const degrees = [...new Set(own.map(({ k }) => k))];
  const highest = Math.max(...own.map(({ model }) => model.beta));
  const hidden = own.filter((one) => !canBeShown(one)).length;
  const worst = Math.max(...own.map(({ rate, limit, fastest }) => Math.abs(rate.value[0]! - limit) / fastest));
  return {
    id: `rates-${flow.toLowerCase()}`,
    title: `Growth rates of the first ${degrees.length} degrees against β, ${flowInWords(flow)}: linear theory and simulation`,
    finding: `At n = ${own[0]?.n ?? 0} the measured rates lie off the curves of the limit by at most ${formatPercent(worst, 2)} of the fastest rate.${hidden > 0 ? ` ${hidden} of ${own.length} rates are zero within their error and cannot stand on a logarithmic axis; the table has them.` : ""}`,
    x: { symbol: "β", meaning: "inverse temperature", unit: "1", scale: "linear" },
    y: { symbol: "γₖ", meaning: "growth rate of degree k", unit: "1/depth", scale: flow === "USA" ? "log" : "linear" },
    panels: dimensions.map((d): Panel => {
      const layers: Layer[] = [
        ...degrees.map((k): Layer => ({ role: "curve", label: `k = ${k}`, source: "theory", ...curveOf({ flow, d }, k, highest) })),
        ...degrees.map((k): Layer => pointsOf(own.filter((one) => one.model.d === d && one.k === k), k)),
      ];
      return { title: `d = ${d}`, layers };
    }),
  };
}

function curveOf({ flow, d }: Omit<LinearModel, "beta">, k: number, highest: number): { readonly x: readonly number[]; readonly y: readonly number[] } {
  const x = Array.from({ length: POINTS }, (_, i) => (highest * 1.1 * (i + 1)) / POINTS);
  return { x, y: x.map((beta) => growthRate(k, { flow, beta, d })) };
}

function pointsOf(rates: readonly MeasuredRate[], k: number): Layer {
  const shown = rates.filter(canBeShown);
  return {
    role: "points",
    label: `k = ${k}`,
    source: "simulation",
    x: shown.map(({ model }) => model.beta),
    y: shown.map(({ rate }) => rate.value[0]!),
    lower: shown.map(({ rate }) => rate.lower[0]!),
    upper: shown.map(({ rate }) => rate.upper[0]!),
    confidence: CONFIDENCE,
  };
}

/** USA rates stand on a logarithmic axis. */
function canBeShown({ model, rate }: MeasuredRate): boolean {
  return model.flow === "SA" || rate.lower[0]! > 0;
}

/** Deviation of the fastest degree from both theories against n, one panel a flow and dimension, at the largest beta. */
export function slowdownFigure(rates: readonly MeasuredRate[], tolerance: number): Figure {
  const highest = Math.max(...rates.map(({ model }) => model.beta));
  const fastest = rates.filter(({ model, limit }) => model.beta === highest && rates.every((other) => other.model.flow !== model.flow || other.model.d !== model.d || other.model.beta !== highest || other.limit <= limit));
  const groups = [...new Set(fastest.map(({ model }) => caseOf(model)))];
  const answers = growthAnswers(rates, "limit", tolerance);
  return {
    id: "slowdown",
    title: `Growth of the fastest degree measured against n, at β = ${highest}, relative to the limit`,
    finding: `Measured growth is off the limit by up to ${formatPercent(largestGap(fastest, "limit"), 2)} at the sizes shown, and off the limit with its 1/n correction by up to ${formatPercent(largestGap(fastest, "corrected"), 2)}. ${casesInWords("Over all β and degrees, the limit", answers, { reason: false })}`,
    x: { symbol: "n", meaning: "number of tokens", unit: "1", scale: "log" },
    y: { symbol: "γ/γ∞", meaning: "measured growth rate over that of the limit", unit: "1", scale: "linear" },
    panels: groups.map((title): Panel => {
      const own = fastest.filter(({ model }) => caseOf(model) === title);
      const x = own.map(({ n }) => n);
      const margins = own.map(({ fastest: rate, limit }) => (tolerance * rate) / limit);
      const layers: readonly Layer[] = [
        { role: "band", label: "tolerance around the limit", source: "reference", x, lower: margins.map((margin) => 1 - margin), upper: margins.map((margin) => 1 + margin) },
        { role: "curve", label: "limit", source: "theory", x, y: x.map(() => 1) },
        { role: "curve", label: "limit with 1/n correction", source: "theory", x, y: own.map(({ corrected, limit }) => corrected / limit) },
        {
          role: "points",
          label: "simulation",
          source: "simulation",
          x,
          y: own.map(({ rate, limit }) => rate.value[0]! / limit),
          lower: own.map(({ rate, limit }) => rate.lower[0]! / limit),
          upper: own.map(({ rate, limit }) => rate.upper[0]! / limit),
          confidence: CONFIDENCE,
        },
      ];
      const answer = growthAnswers(rates.filter(({ model }) => caseOf(model) === title), "limit", tolerance)[0]?.answer;
      return { title: capital(title), layers: [...layers, ...(answer === undefined ? [] : startLayers("limit", answer, layers))] };
    }),
  };
}

function largestGap(rates: readonly MeasuredRate[], theory: "limit" | "corrected"): number {
  return Math.max(...rates.map((one) => Math.abs(one.rate.value[0]! - one[theory]) / one.limit));
}

function largest(rates: readonly MeasuredRate[]): readonly MeasuredRate[] {
  const most = Math.max(...rates.map(({ n }) => n));
  return rates.filter(({ n }) => n === most);
}
