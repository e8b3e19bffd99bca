import type { Figure, Layer, Panel } from "@mesoscope/contracts";
import { formatNumber, formatWithInterval } from "@mesoscope/finite-size";
import { exp, log } from "@mesoscope/numerics";
import type { Median } from "../findings/medians.js";
import { stepsInWords } from "../findings/steps-in-words.js";
import { CONFIDENCE, UNSATURATED, type FoundCase, type Growing, type Quantity } from "./cases.js";
import type { SaturationParameters } from "./settings.js";
import { keptEntropy } from "./verdicts.js";
import { alphaTitle, caseTitle } from "./words.js";

export function saturationFigures(cases: readonly FoundCase[], settings: SaturationParameters): readonly Figure[] {
  return [growthFigure("logits", cases), growthFigure("key-gradient", cases), powersFigure(cases), entropyFigure(cases), divergedFigure(cases, settings)];
}

const width = { symbol: "N", meaning: "width of a head", unit: "1", scale: "log" } as const;

const GROWING: Readonly<Record<Growing, { readonly id: string; readonly title: string; readonly symbol: string; readonly meaning: string; readonly what: string }>> = {
  logits: { id: "logits", title: "How far logits move in the first steps", symbol: "⟨ΔA²⟩", meaning: "squared movement of the logits, median over seeds", what: "The squared movement of the logits" },
  "key-gradient": { id: "key-gradient", title: "What keys send to the layer below", symbol: "|r_K|²", meaning: "squared gradient through the keys, a component, median over seeds", what: "The gradient through the keys, squared," },
};

/** One panel a rate, both powers in it. */
function growthFigure(quantity: Growing, cases: readonly FoundCase[]): Figure {
  const { id, title, symbol, meaning, what } = GROWING[quantity];
  const told = cases.flatMap((one) => {
    const { power } = one.powers[quantity][one.judged]!;
    return power === undefined ? [] : [`${formatWithInterval(power.value, power.intervals[0]!)} (${caseTitle(one)})`];
  });
  return {
    id,
    title,
    finding: `${what} goes like N to the power ${told.join(", ")}.`,
    x: width,
    y: { symbol, meaning, unit: "1", scale: "log" },
    panels: byRate(cases).map(([eta0, own]): Panel => ({
      title: `η₀ = ${eta0}, after ${stepsInWords(own[0]!.judged)}`,
      layers: [
        ...own.flatMap((one) => growthLayers(quantity, one)),
        ...(quantity === "logits" ? [{ role: "mark", label: "order one", at: UNSATURATED, across: "y" } as const] : []),
      ],
    })),
  };
}

function growthLayers(quantity: Growing, one: FoundCase): readonly Layer[] {
  const { judged, early, alphaA } = one;
  const sizes = early.ensembles.map(({ n }) => n);
  const { power, sizes: fitted } = one.powers[quantity][judged]!;
  const line: Layer[] = power === undefined ? [] : [{ role: "curve", label: `${alphaTitle(alphaA)}: fitted power of N`, source: "reference", x: fitted, y: fitted.map((n) => power.amplitude * exp(power.value * log(n))) }];
  return [medianPoints(alphaTitle(alphaA), sizes, early.medians[quantity].map((row) => row[judged]!)), ...line];
}

function medianPoints(label: string, x: readonly number[], medians: readonly Median[]): Layer {
  return { role: "points", label, source: "simulation", x, y: medians.map(({ value }) => value), lower: medians.map(({ interval }) => interval[0]), upper: medians.map(({ interval }) => interval[1]), confidence: CONFIDENCE };
}

function byRate(cases: readonly FoundCase[]): readonly (readonly [number, readonly FoundCase[]])[] {
  return [...new Set(cases.map(({ eta0 }) => eta0))].map((eta0) => [eta0, cases.filter((one) => one.eta0 === eta0)] as const);
}

/** Powers step by step, one panel a quantity. */
function powersFigure(cases: readonly FoundCase[]): Figure {
  const panels = (["logits", "key-gradient"] as const).map((quantity): Panel => ({
    title: GROWING[quantity].symbol,
    layers: [
      ...cases.flatMap((one): Layer[] => {
        const told = one.powers[quantity].flatMap(({ t, power }) => (power === undefined ? [] : [{ t, power }]));
        if (told.length === 0) return [];
        return [{ role: "points", label: caseTitle(one), source: "simulation", x: told.map(({ t }) => t), y: told.map(({ power }) => power.value), lower: told.map(({ power }) => power.intervals[0]![0]), upper: told.map(({ power }) => power.intervals[0]![1]), confidence: CONFIDENCE }];
      }),
      { role: "mark", label: "no growth", at: 0, across: "y" },
    ],
  }));
  return {
    id: "powers",
    title: "Growth with N, step by step, until attention saturates",
    finding: `The squared movement of the logits goes with ${cases.map(throughTime).join(", ")}.`,
    x: { symbol: "t", meaning: "steps of gradient descent", unit: "step", scale: "linear" },
    y: { symbol: "p", meaning: "power of N with which the median goes", unit: "1", scale: "linear" },
    panels,
  };
}

/** "the power 0.85 after 1 step and 0.98 after 4 (α_A = 1/2, η₀ = 0.05)" */
function throughTime(one: FoundCase): string {
  const told = one.powers.logits.flatMap(({ t, power }) => (power === undefined ? [] : [{ t, p: power.value }]));
  const [first, last] = [told[0], told.at(-1)];
  if (first === undefined || last === undefined) return `no power that can be told (${caseTitle(one)})`;
  return `the power ${formatNumber(first.p, 2)} of N after ${stepsInWords(first.t)}${last.t === first.t ? "" : ` and ${formatNumber(last.p, 2)} after ${last.t}`} (${caseTitle(one)})`;
}

/** Entropy over the whole run: a panel a case, a series a size. */
function entropyFigure(cases: readonly FoundCase[]): Figure {
  const kept = cases.map((one) => `${formatNumber(100 * keptEntropy(one).value, 2)} % (${caseTitle(one)})`);
  const n = cases[0]!.late.ensembles.at(-1)!.n;
  return {
    id: "entropy",
    title: "Afterwards: what is left of the entropy of attention",
    finding: `At N = ${n} attention keeps ${kept.join(", ")} of its first entropy after ${stepsInWords(cases[0]!.late.times.at(-1)!)}.`,
    x: { symbol: "t", meaning: "steps of gradient descent", unit: "step", scale: "linear" },
    y: { symbol: "S", meaning: "entropy of attention, median over seeds", unit: "nat", scale: "linear" },
    panels: cases.map((one): Panel => ({ title: caseTitle(one), layers: one.late.ensembles.map(({ n: size }, k) => inTime("entropy", `N = ${size}`, one, k)) })),
  };
}

function inTime(quantity: Quantity, label: string, { late }: FoundCase, k: number): Layer {
  return medianPoints(label, late.times, late.medians[quantity][k]!);
}

function divergedFigure(cases: readonly FoundCase[], { steps }: SaturationParameters): Figure {
  const [half, one] = [0.5, 1].map((alphaA) => {
    const own = cases.filter((found) => found.alphaA === alphaA).flatMap(({ diverged }) => diverged);
    return `${own.reduce((sum, { count }) => sum + count, 0)} of ${own.reduce((sum, { of }) => sum + of, 0)}`;
  }) as [string, string];
  return {
    id: "diverged",
    title: "Which share of runs diverges",
    finding: `Within ${stepsInWords(steps)} ${half} runs diverge at α_A = 1/2, ${one} at α_A = 1.`,
    x: width,
    y: { symbol: "d", meaning: `share of runs that diverge within ${stepsInWords(steps)}`, unit: "1", scale: "linear" },
    panels: byRate(cases).map(([eta0, own]): Panel => ({
      title: `η₀ = ${eta0}`,
      layers: own.map(({ alphaA, diverged }): Layer => ({ role: "points", label: alphaTitle(alphaA), source: "simulation", x: diverged.map(({ n }) => n), y: diverged.map(({ count, of }) => count / of), lower: diverged.map(({ interval }) => interval[0]), upper: diverged.map(({ interval }) => interval[1]), confidence: CONFIDENCE })),
    })),
  };
}
