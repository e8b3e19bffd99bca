import type { Figure, Layer } from "@mesoscope/contracts";
import { formatNumber, formatWithInterval, listed, type Comparison, type Estimate, type Statement } from "@mesoscope/finite-size";
import { sizeInText } from "../one-bit/words.js";
import { statementOf, type KernelCase } from "./cases.js";
import type { DepthCase } from "./depths.js";
import type { WidthNoise } from "./noise.js";
import type { KernelStudyParameters } from "./settings.js";
import { reachOf } from "./words.js";

export function kernelFigures(cases: readonly KernelCase[], noises: readonly WidthNoise[], settings: KernelStudyParameters): readonly Figure[] {
  return [noiseFigure(cases, noises, settings), meanFigure(cases, settings), headsFigure(cases, settings), blockFigure(cases, settings), cosineFigure(cases, settings), approachFigure(cases)];
}

const width = { symbol: "N", meaning: "width of a head", unit: "1", scale: "log" } as const;
const blocks = { symbol: "L", meaning: "number of blocks", unit: "1", scale: "log" } as const;

/** H times the variance: what is left of it for N -> inf is the heads' own. */
function noiseFigure(cases: readonly KernelCase[], noises: readonly WidthNoise[], { heads }: KernelStudyParameters): Figure {
  const half = noises[cases.findIndex(({ alphaA }) => alphaA === 0.5)]!;
  return {
    id: "noise-along-width",
    title: "Variance of a kernel entry over networks, times H",
    finding: `At α_A = 1 wider heads remove all noise; at α_A = 1/2 they leave H Var H₁₁ = ${formatNumber(half.left)}, and from N ≈ ${sizeInText(Math.round(half.crossover!))} on only more heads help.`,
    x: width,
    y: { symbol: "H Var H₁₁", meaning: "variance over networks of the kernel of the first token, times H", unit: "1", scale: "log" },
    panels: [{
      title: `H = ${heads}`,
      layers: [
        ...cases.flatMap(({ title, alongWidth }, i): Layer[] => {
          const { widths, found, lower, upper, predicted } = noises[i]!;
          return [
            { role: "curve", label: `first orders, ${title}`, source: "theory", x: widths, y: predicted },
            { role: "points", label: `networks, ${title}`, source: "simulation", x: widths, y: found, lower, upper, confidence: alongWidth.confidence },
          ];
        }),
        { role: "mark", label: `left for N → ∞ at α_A = 1/2: ${formatNumber(half.left)}`, at: half.left, across: "y" },
      ],
    }],
  };
}

function meanFigure(cases: readonly KernelCase[], { heads, tolerance }: KernelStudyParameters): Figure {
  return {
    id: "mean-along-width",
    title: "Mean kernel of the first token",
    finding: `The mean is within ${tolerance} of infinite width ${listed(cases.map(({ title, alongWidth }) => `${reachOf("N", statementOf(alongWidth, "limit", "square", "mean"))} at ${title}`))}. Bands: one predicted standard deviation of a single network.`,
    x: width,
    y: { symbol: "H₁₁", meaning: "mean over networks of the kernel of the first token", unit: "1", scale: "linear" },
    panels: cases.map(({ title, alongWidth }) => {
      const [limit, corrected] = (["limit", "corrected"] as const).map((theory) => statementOf(alongWidth, theory, "square", "mean").bySize) as [Sizes, Sizes];
      const [x, y] = [corrected.map(({ n }) => n), corrected.map(({ predicted }) => predicted[0]!)];
      const spread = corrected.map(({ predictedSpread }) => predictedSpread![0]!);
      return {
        title: `${title}, H = ${heads}`,
        layers: [
          { role: "band", label: "a single network, by first orders", source: "theory", x, lower: y.map((value, i) => value - spread[i]!), upper: y.map((value, i) => value + spread[i]!) },
          { role: "curve", label: "infinite width", source: "theory", x: limit.map(({ n }) => n), y: limit.map(({ predicted }) => predicted[0]!) },
          { role: "curve", label: "with first orders in the sizes", source: "theory", x, y },
          pointsOf("networks", alongWidth, (estimates) => estimates["square"]!.mean),
        ],
      };
    }),
  };
}

type Sizes = Statement["bySize"];

function pointsOf(label: string, { sizes, confidence }: Comparison, of: (estimates: Comparison["sizes"][number]["estimates"]) => Estimate): Layer {
  const found = sizes.map(({ estimates }) => of(estimates));
  return { role: "points", label, source: "simulation", x: sizes.map(({ n }) => n), y: found.map(({ value }) => value[0]!), lower: found.map(({ lower }) => lower[0]!), upper: found.map(({ upper }) => upper[0]!), confidence };
}

/** Spread against the number of heads. */
function headsFigure(cases: readonly KernelCase[], { width: N }: KernelStudyParameters): Figure {
  const powers = cases.map(({ title, alongHeads }) => {
    const exponent = alongHeads.spreadExponents["square"];
    return exponent === undefined ? `not resolved (${title})` : `${formatWithInterval(exponent.fit.exponent, exponent.interval)} (${title})`;
  });
  return {
    id: "along-heads",
    title: "Spread over networks along the number of heads",
    finding: `Along H the spread falls for both: like H^−p with p = ${listed(powers)}; 1/2 is predicted.`,
    x: { symbol: "H", meaning: "number of heads", unit: "1", scale: "log" },
    y: { symbol: "σ", meaning: "standard deviation over networks of the kernel of the first token", unit: "1", scale: "log" },
    panels: [{
      title: `N = ${N}`,
      layers: cases.flatMap(({ title, alongHeads }): Layer[] => {
        const { bySize } = statementOf(alongHeads, "corrected", "square", "spread");
        return [
          { role: "curve", label: `first orders, ${title}`, source: "theory", x: bySize.map(({ n }) => n), y: bySize.map(({ predictedSpread }) => predictedSpread![0]!) },
          pointsOf(`networks, ${title}`, alongHeads, (estimates) => estimates["square"]!.spread),
        ];
      }),
    }],
  };
}

/** Spread of both entries after one block, exact against sampled. */
function blockFigure(cases: readonly KernelCase[], { exactHeads }: KernelStudyParameters): Figure {
  return {
    id: "one-block",
    title: "Spread over networks after one block on a given kernel, exactly",
    finding: `Exact moments tell the spread of H₁₁ ${listed(cases.map(({ title, oneBlock }) => `${reachOf("N", statementOf(oneBlock, "exact", "square", "spread"))} at ${title}`))}.`,
    x: width,
    y: { symbol: "σ", meaning: "standard deviation over networks of a kernel entry", unit: "1", scale: "log" },
    panels: cases.map(({ title, oneBlock }) => ({
      title: `${title}, H = ${exactHeads}`,
      layers: ([["square", "H₁₁"], ["overlap", "H₁₂"]] as const).flatMap(([observable, symbol]): Layer[] => {
        const { bySize } = statementOf(oneBlock, "exact", observable, "spread");
        return [
          { role: "curve", label: `exact, ${symbol}`, source: "theory", x: bySize.map(({ n }) => n), y: bySize.map(({ predictedSpread }) => predictedSpread![0]!) },
          pointsOf(`networks, ${symbol}`, oneBlock, (estimates) => estimates[observable]!.spread),
        ];
      }),
    })),
  };
}

function cosineFigure(cases: readonly KernelCase[], { heads, depthWidth: N }: KernelStudyParameters): Figure {
  const depths = cases.flatMap((one) => one.depths);
  const deep = (alphaL: number): string => listed(depths.filter((one) => one.alphaL === alphaL).map(({ title, deepCosine, points }) => `${formatNumber(points[0]!.limit.cosine, 2)} to ${formatNumber(deepCosine, 2)} (${title})`));
  return {
    id: "depth",
    title: "How alike two tokens are, against depth",
    finding: `From one block to infinitely many the cosine goes from ${deep(0.5)} with α_L = 1/2, and from ${deep(1)} with α_L = 1, where deep networks leave tokens as they came in.`,
    x: blocks,
    y: { symbol: "c₁₂", meaning: "mean cosine of the two tokens after the last block", unit: "1", scale: "linear" },
    panels: depths.map(({ name, points, deepCosine }) => ({
      title: `${name}, N = ${N}, H = ${heads}`,
      layers: [
        { role: "mark", label: `L, N, H → ∞: ${formatNumber(deepCosine)}`, at: deepCosine, across: "y" },
        { role: "curve", label: "infinite width", source: "theory", x: points.map(({ L }) => L), y: points.map(({ limit }) => limit.cosine) },
        { role: "curve", label: "with first orders in the sizes", source: "theory", x: points.map(({ L }) => L), y: points.map(({ corrected }) => corrected.cosine) },
        { role: "points", label: "networks", source: "simulation", x: points.map(({ L }) => L), y: points.map(({ cosine }) => cosine.mean.value[0]!), lower: points.map(({ cosine }) => cosine.mean.lower[0]!), upper: points.map(({ cosine }) => cosine.mean.upper[0]!), confidence: points[0]!.cosine.mean.confidence },
      ],
    })),
  };
}

function approachFigure(cases: readonly KernelCase[]): Figure {
  const depths: readonly DepthCase[] = cases.flatMap((one) => one.depths);
  return {
    id: "depth-approach",
    title: "Infinitely wide networks of L blocks against infinite depth, times L",
    finding: `Every curve settles: the kernel comes to its limit like 1/L for both α_L, with powers ${listed(depths.map(({ power, name }) => `${formatNumber(power.value)} (${name})`))} at the largest depths.`,
    x: blocks,
    y: { symbol: "L max |H(L) − H(∞)|", meaning: "largest deviation of a kernel entry from infinite depth, times L", unit: "1", scale: "log" },
    panels: [{ title: "infinite width", layers: depths.map(({ name, points }): Layer => ({ role: "curve", label: name, source: "theory", x: points.map(({ L }) => L), y: points.map(({ approach }) => approach) })) }],
  };
}
