import type { Figure, FigureAxis, Layer, Panel } from "@mesoscope/contracts";
import { formatNumber, listed, twoAxisLawAt } from "@mesoscope/finite-size";
import { exp, log } from "@mesoscope/numerics";
import type { WidthCase } from "./cases.js";
import type { LawPoint, SizeLaws } from "./laws.js";
import { CONFIDENCE, type WidthParameters } from "./settings.js";
import { KERNEL, OUTPUT, predictedPowers } from "./systems.js";
import { powersInWords, sumInWords } from "./words.js";

export function widthFigures(cases: readonly WidthCase[], settings: WidthParameters): readonly Figure[] {
  return [curveFigure(cases, settings), biasFigure(cases, OUTPUT, settings), varianceFigure(cases, 1), varianceFigure(cases, 0.5), noiseFigure(cases, settings), biasFigure(cases, KERNEL, settings)];
}

const steps: FigureAxis = { symbol: "t", meaning: "steps of gradient descent", unit: "step", scale: "linear" };

/** Training curves of narrow heads with both limits. */
function curveFigure(cases: readonly WidthCase[], { lineWidth, tolerance }: WidthParameters): Figure {
  return {
    id: "curves",
    title: `Training curves of heads of width ${lineWidth}: few heads, many heads, and the limits`,
    finding: `At a fixed width of ${lineWidth} more heads lead to the limit of infinitely many such heads, not to that of wide heads. At the last step the two lie apart by ${cases.map((one) => `${formatNumber(limitsApart(one), 2)} for ${one.name}`).join("; ")}. An error of ${tolerance} does not matter.`,
    x: steps,
    y: { symbol: "f₁", meaning: "mean output on the first input, its start subtracted", unit: "1", scale: "linear" },
    panels: cases.map((one): Panel => {
      const { title, line, manyHeads, limit, times } = one;
      const last = manyHeads.bySize.findLast(({ predicted }) => predicted.length > 0);
      const ends = [...new Set([0, line.sizes.length - 1])];
      return {
        title,
        layers: [
          { role: "curve", label: "N and H infinite", source: "theory", x: [...times], y: [...limit.value], error: [...limit.numericalError] },
          ...(last === undefined ? [] : [{ role: "curve" as const, label: `H infinite, N = ${lineWidth}`, source: "theory" as const, x: [...times], y: last.predicted, error: last.numericalError }]),
          ...ends.flatMap((k): Layer[] => {
            const { n, estimates } = line.sizes[k]!;
            const found = estimates[OUTPUT]?.mean;
            return found === undefined ? [] : [{ role: "points", label: `networks, N = ${lineWidth}, H = ${n}`, source: "simulation", x: [...times], y: found.value, lower: found.lower, upper: found.upper, confidence: found.confidence }];
          }),
        ],
      };
    }),
  };
}

/** Distance of the two limits at the last step. */
export function limitsApart({ manyHeads, limit }: WidthCase): number {
  const narrow = manyHeads.bySize.findLast(({ predicted }) => predicted.length > 0)?.predicted.at(-1);
  return Math.abs((narrow ?? Number.NaN) - limit.value.at(-1)!);
}

/** Deviation of a mean from the limit against N, for the fewest and the most heads of the fitted law. */
function biasFigure(cases: readonly WidthCase[], observable: string, { tolerance }: WidthParameters): Figure {
  const shown = cases.flatMap((one) => {
    const laws = one.laws.find((each) => each.observable === observable);
    return laws === undefined ? [] : [{ one, laws }];
  });
  const symbol = observable === OUTPUT ? "f₁" : "V̄₁₁";
  const meaning = observable === OUTPUT ? "mean output on the first input after the last step" : "mean kernel of the pooled values on the first input after the last step";
  return {
    id: observable === OUTPUT ? "bias" : "kernel-bias",
    title: `How far the ${meaning} is from the limit`,
    finding: `The deviation is, fitted without the fewest heads, ${shown.map(({ one, laws }) => `${biasInWords(laws)} for ${one.name}`).join("; ")}.`,
    x: { symbol: "N", meaning: "width of a head", unit: "1", scale: "log" },
    y: { symbol: `⟨${symbol}⟩ − ${symbol}∞`, meaning: `deviation of the ${meaning} from the limit`, unit: "1", scale: "linear" },
    panels: shown.map(({ one, laws }): Panel => ({ title: one.title, layers: [...toleranceOf(observable, tolerance, laws), ...endsOfHeads(laws).flatMap((H) => biasLayers(laws, H))] })),
  };
}

function toleranceOf(observable: string, tolerance: number, { points }: SizeLaws): readonly Layer[] {
  if (observable !== OUTPUT) return [];
  const x = [...new Set(points.map(({ at }) => at[0]))];
  return [{ role: "band", label: "tolerance", source: "reference", x, lower: x.map(() => -tolerance), upper: x.map(() => tolerance) }];
}

function biasInWords({ bias }: SizeLaws): string {
  return typeof bias === "string" ? "no law could be fitted" : sumInWords(bias.fit.amplitudes, ["N", "H", "(N H)"]);
}

/** The smallest and the largest number of heads that the law was fitted to: those between lie between. */
function endsOfHeads({ points, varianceFrom: [, least] }: SizeLaws): readonly number[] {
  const heads = points.map(({ at }) => at[1]).filter((H) => H >= least);
  return [...new Set([Math.min(...heads), Math.max(...heads)])];
}

function biasLayers({ points, bias }: SizeLaws, H: number): readonly Layer[] {
  const own = points.filter(({ at }) => at[1] === H);
  const x = own.map(({ at }) => at[0]);
  const measured = pointsLayer(`networks, H = ${H}`, x, own.map((point) => point.bias));
  if (typeof bias === "string") return [measured];
  const { law, amplitudes, exponents } = bias.fit;
  const fine = Array.from({ length: 25 }, (_, i) => x[0]! * exp((i / 24) * log(x.at(-1)! / x[0]!)));
  return [{ role: "curve", label: `fitted a/N + b/H + c/(N H), H = ${H}`, source: "reference", x: fine, y: fine.map((N) => twoAxisLawAt(law, amplitudes, exponents, [N, H])) }, measured];
}

function pointsLayer(label: string, x: readonly number[], values: readonly LawPoint["bias"][]): Layer {
  return { role: "points", label, source: "simulation", x, y: values.map(({ value }) => value), lower: values.map(({ interval }) => interval[0]), upper: values.map(({ interval }) => interval[1]), confidence: CONFIDENCE };
}

/** Variance over networks against the one size that it should know: N H at alphaA = 1, H at 1/2. */
function varianceFigure(cases: readonly WidthCase[], alphaA: 1 | 0.5): Figure {
  const isWide = alphaA === 1;
  const shown = cases.flatMap((one) => (one.alphaA === alphaA ? [{ one, noise: one.noise, laws: one.laws.find(({ observable }) => observable === OUTPUT)! }] : []));
  const size = (point: LawPoint): number => (isWide ? point.at[0] * point.at[1] : point.at[1]);
  return {
    id: isWide ? "variance-of-alike-heads" : "variance-of-random-heads",
    title: isWide ? "Spread between networks at α_A = 1: one size, N H" : "Spread between networks at α_A = 1/2: one size, H",
    finding: `From some size on the variance falls with ${isWide ? "the product of width and number of heads" : "the number of heads alone"}: without the smaller sizes as N^−p H^−q, ${shown.map(({ one, laws }) => `${powersInWords(laws)} for ${one.name}`).join("; ")}; predicted are p = ${predictedPowers(shown[0]!.one).join(" and q = ")}.`,
    x: isWide ? { symbol: "N H", meaning: "width of a head times number of heads", unit: "1", scale: "log" } : { symbol: "H", meaning: "number of heads", unit: "1", scale: "log" },
    y: { symbol: "Var f₁", meaning: "variance over networks of the output on the first input after the last step", unit: "1", scale: "log" },
    panels: shown.map(({ one, noise, laws }): Panel => {
      const x = [...new Set(laws.points.map(size))].sort((a, b) => a - b);
      const theory: Layer[] = noise === undefined ? [] : [{ role: "curve", label: `leading order, ${formatNumber(noise.wide, 2)}/${isWide ? "(N H)" : "H"}`, source: "theory", x, y: x.map((n) => noise.wide / n) }];
      const widths = [...new Set(laws.points.map(({ at }) => at[0]))];
      return { title: one.title, layers: [...theory, ...widths.map((N) => { const own = laws.points.filter(({ at }) => at[0] === N); return pointsLayer(`networks, N = ${N}`, own.map(size), own.map(({ variance }) => variance)); })] };
    }),
  };
}

/** H times the variance along heads at one width, with the theory that knows that heads answer to each other and with the one that does not. */
function noiseFigure(cases: readonly WidthCase[], { lineWidth }: WidthParameters): Figure {
  const shown = cases.flatMap((one) => (one.noise === undefined ? [] : [{ one, noise: one.noise }]));
  return {
    id: "noise-of-heads",
    title: `Noise of finitely many heads of width ${lineWidth}`,
    finding: `Heads answer to each other's noise through the error that they share. A theory of independent heads would have the variance ${listed(shown.map(({ one, noise }) => `${formatNumber(noise.lineWithoutAnswer / noise.line, 2)} times as large ${one.alphaA === 1 ? "at α_A = 1" : "at α_A = 1/2"}`))}.`,
    x: { symbol: "H", meaning: "number of heads", unit: "1", scale: "log" },
    y: { symbol: "H Var f₁", meaning: "number of heads times the variance over networks of the output on the first input after the last step", unit: "1", scale: "linear" },
    panels: shown.map(({ one, noise }): Panel => {
      const x = one.line.sizes.map(({ n }) => n);
      const found = one.line.sizes.map(({ n, estimates }) => {
        const { value, lower, upper } = estimates[OUTPUT]!.spread;
        return { value: n * value.at(-1)! * value.at(-1)!, interval: [n * lower.at(-1)! * lower.at(-1)!, n * upper.at(-1)! * upper.at(-1)!] as const };
      });
      return {
        title: one.title,
        layers: [
          { role: "curve", label: "first order in 1/H", source: "theory", x, y: x.map(() => noise.line) },
          { role: "curve", label: "without the heads' answer to each other", source: "theory", x, y: x.map(() => noise.lineWithoutAnswer) },
          pointsLayer("networks", x, found),
        ],
      };
    }),
  };
}
