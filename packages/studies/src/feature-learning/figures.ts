import type { Figure, FigureAxis, Layer, Panel } from "@mesoscope/contracts";
import { formatNumber, listed } from "@mesoscope/finite-size";
import type { LearningCase } from "./cases.js";
import type { LearningObservable, Predicted, RichnessPoint } from "./orders.js";
import { CONFIDENCE, type LearningParameters } from "./settings.js";
import { FLOOR } from "./verdicts.js";
import { kernelRegimeInWords, meanInWords, powerInWords } from "./words.js";

export function learningFigures(cases: readonly LearningCase[], settings: LearningParameters): readonly Figure[] {
  return [answerFigure(cases), orderFigure(cases, settings), lossFigure(cases), kernelFigure(cases, "alignment"), kernelFigure(cases, "rank"), movementFigure(cases), widthFigure(cases)];
}

const richness: FigureAxis = { symbol: "γ₀", meaning: "richness", unit: "1", scale: "log" };

function points(label: string, one: LearningCase, id: LearningObservable): readonly Layer[] {
  const told = one.points.flatMap(({ gamma0, measured }) => (measured === undefined ? [] : [{ gamma0, estimate: measured.estimates[id] }]));
  if (told.length === 0) return [];
  const column = (name: "value" | "lower" | "upper"): readonly number[] => told.map(({ estimate }) => estimate[name].at(-1)!);
  return [{ role: "points", label, source: "simulation", x: told.map(({ gamma0 }) => gamma0), y: column("value"), lower: column("lower"), upper: column("upper"), confidence: CONFIDENCE }];
}

function curve(label: string, one: LearningCase, theory: "lazy" | "limit", id: LearningObservable): readonly Layer[] {
  const told = one.points.flatMap((point) => {
    const value = point[theory]?.[id]?.at(-1);
    return value === undefined ? [] : [{ gamma0: point.gamma0, value }];
  });
  return told.length === 0 ? [] : [{ role: "curve", label, source: "theory", x: told.map(({ gamma0 }) => gamma0), y: told.map(({ value }) => value) }];
}

const last = ({ points: all }: LearningCase): RichnessPoint => all.at(-1)!;
const of = (cases: readonly LearningCase[], tell: (one: LearningCase) => string): string => listed(cases.map((one) => `${tell(one)} for ${one.name}`));

function answerFigure(cases: readonly LearningCase[]): Figure {
  return {
    id: "answers",
    title: "What is answered where the mean of the tokens tells it, and where only attention does",
    finding: `With little richness only the mean is read; at γ₀ = ${formatNumber(last(cases[0]!).gamma0)} what only attention tells is answered by ${of(cases, (one) => meanInWords(last(one), "hidden"))}, where 1 is right.`,
    x: richness,
    y: { symbol: "⟨y f⟩", meaning: "mean of target times output after the last step: 1 is right, 0 knows nothing", unit: "1", scale: "linear" },
    panels: cases.map((one): Panel => ({
      title: one.title,
      layers: [
        ...curve("told by the mean: kernel regime", one, "lazy", "told"),
        ...curve("hidden from the mean: kernel regime", one, "lazy", "hidden"),
        ...curve("told by the mean: wide heads", one, "limit", "told"),
        ...curve("hidden from the mean: wide heads", one, "limit", "hidden"),
        ...points("told by the mean: networks", one, "told"),
        ...points("hidden from the mean: networks", one, "hidden"),
      ],
    })),
  };
}

/** A power through the first measured point. */
function slope(label: string, one: LearningCase, id: "even" | "odd", power: 1 | 2): readonly Layer[] {
  const told = one.points.flatMap(({ gamma0, measured }) => (measured === undefined ? [] : [{ gamma0, value: measured.estimates[id].value[0]! }]));
  const first = told[0];
  if (first === undefined || !(first.value > 0)) return [];
  const at = (gamma0: number): number => (power === 1 ? gamma0 / first.gamma0 : (gamma0 * gamma0) / (first.gamma0 * first.gamma0));
  return [{ role: "curve", label, source: "reference", x: told.map(({ gamma0 }) => gamma0), y: told.map(({ gamma0 }) => first.value * at(gamma0)) }];
}

function orderFigure(cases: readonly LearningCase[], { tolerance }: LearningParameters): Figure {
  return {
    id: "orders",
    title: "How a network leaves the kernel regime of its own start",
    finding: `Around γ₀ = ${formatNumber(cases[0]!.poor.gamma0)} the even part grows with the powers ${of(cases, ({ evenPower }) => powerInWords(evenPower))} of γ₀, the odd part with ${of(cases, ({ oddPower }) => powerInWords(oddPower))}; 2 and 1 are predicted. Within ${tolerance} the kernel regime holds ${of(cases, kernelRegimeInWords)}.`,
    x: richness,
    y: { symbol: "|f₊|, |f₋|", meaning: "even and odd part of the deviation from the own kernel descent, root mean square over inputs, largest over the steps", unit: "1", scale: "log" },
    panels: cases.map((one): Panel => ({
      title: one.title,
      layers: [
        { role: "mark", label: "tolerance", at: tolerance, across: "y" },
        ...slope("γ₀²", one, "even", 2),
        ...slope("γ₀", one, "odd", 1),
        ...curve("even: wide heads", one, "limit", "even"),
        ...points("even: networks", one, "even"),
        ...points("odd: networks", one, "odd"),
      ],
    })),
  };
}

/** Three of the values: the smallest, the second largest, the largest. */
function shown({ points: all }: LearningCase): readonly RichnessPoint[] {
  return [...new Set([0, all.length - 2, all.length - 1])].map((i) => all[i]!);
}

function lossFigure(cases: readonly LearningCase[]): Figure {
  const theory = (label: string, times: readonly number[], predicted: Predicted | undefined): readonly Layer[] => (predicted?.loss === undefined ? [] : [{ role: "curve", label, source: "theory", x: times, y: predicted.loss }]);
  return {
    id: "loss",
    title: "Loss in training at little and at much richness",
    finding: `Uniform attention cannot get below ${FLOOR}; at γ₀ = ${formatNumber(last(cases[0]!).gamma0)} networks come to ${of(cases, (one) => meanInWords(last(one), "loss"))}.`,
    x: { symbol: "t", meaning: "steps of gradient descent", unit: "step", scale: "linear" },
    y: { symbol: "ℒ", meaning: "loss, half the mean squared error", unit: "1", scale: "linear" },
    panels: cases.map((one): Panel => ({
      title: one.title,
      layers: [
        { role: "mark", label: "least loss of uniform attention", at: FLOOR, across: "y" },
        ...theory("kernel regime", one.times, one.points[0]!.lazy),
        ...shown(one).flatMap(({ gamma0, limit, measured }): readonly Layer[] => [
          ...theory(`wide heads, γ₀ = ${formatNumber(gamma0)}`, one.times, limit),
          ...(measured === undefined ? [] : [{ role: "points" as const, label: `networks, γ₀ = ${formatNumber(gamma0)}`, source: "simulation" as const, x: one.times, y: measured.estimates.loss.value, lower: measured.estimates.loss.lower, upper: measured.estimates.loss.upper, confidence: CONFIDENCE }]),
        ]),
      ],
    })),
  };
}

function kernelFigure(cases: readonly LearningCase[], id: "alignment" | "rank"): Figure {
  const isRank = id === "rank";
  const change = (one: LearningCase): string => `from ${meanInWords(one.points[0]!, id)} to ${meanInWords(last(one), id)}`;
  return {
    id: isRank ? "effective-rank" : "alignment",
    title: isRank ? "Effective rank of kernels after training" : "Alignment of kernels with the targets after training",
    finding: `From the smallest to the largest γ₀ the ${isRank ? "effective rank" : "alignment"} of the tangent kernel goes ${of(cases, change)}.`,
    x: richness,
    y: isRank ? { symbol: "r", meaning: "effective rank, (tr K)² / |K|²", unit: "1", scale: "linear" } : { symbol: "𝒜", meaning: "alignment with the targets, yᵀKy / (|y|² |K|)", unit: "1", scale: "linear" },
    panels: cases.map((one): Panel => ({
      title: one.title,
      layers: [
        // Uniform attention makes both the kernel of means, up to a factor.
        ...curve("both: kernel regime", one, "lazy", id),
        ...curve("features: wide heads", one, "limit", `feature-${id}`),
        ...points("tangent kernel: networks", one, id),
        ...points("features: networks", one, `feature-${id}`),
      ],
    })),
  };
}

function movementFigure(cases: readonly LearningCase[]): Figure {
  return {
    id: "movement",
    title: "How far kernels have moved in training",
    finding: `At γ₀ = ${formatNumber(last(cases[0]!).gamma0)} the tangent kernel has moved by ${of(cases, (one) => meanInWords(last(one), "movement"))} times its size at the start.`,
    x: richness,
    y: { symbol: "m", meaning: "movement of a kernel as a share of its start, |K(T) − K(0)| / |K(0)|", unit: "1", scale: "log" },
    panels: cases.map((one): Panel => ({
      title: one.title,
      layers: [...curve("features: wide heads", one, "limit", "feature-movement"), ...points("tangent kernel: networks", one, "movement"), ...points("features: networks", one, "feature-movement")],
    })),
  };
}

function widthFigure(cases: readonly LearningCase[]): Figure {
  return {
    id: "odd-part",
    title: "The odd part is an effect of finite width",
    finding: `At γ₀ = ${formatNumber(cases[0]!.poor.gamma0)} it falls with the powers ${of(cases, ({ oddWidthPower }) => powerInWords(oddWidthPower))} of 1/n; 1/2 is predicted.`,
    x: { symbol: "n", meaning: "width of the network, N H", unit: "1", scale: "log" },
    y: { symbol: "|f₋|", meaning: "part of the output that is odd in the read-out, root mean square over inputs, largest over the steps", unit: "1", scale: "log" },
    panels: cases.map(({ title, oddByWidth }): Panel => {
      const first = oddByWidth[0];
      const x = oddByWidth.map(({ n }) => n);
      const law: readonly Layer[] = first === undefined ? [] : [{ role: "curve", label: "n^(−1/2)", source: "reference", x, y: x.map((n) => first.value * Math.sqrt(first.n / n)) }];
      return { title, layers: [...law, { role: "points", label: "networks", source: "simulation", x, y: oddByWidth.map(({ value }) => value), lower: oddByWidth.map(({ lower }) => lower), upper: oddByWidth.map(({ upper }) => upper), confidence: CONFIDENCE }] };
    }),
  };
}
