import type { Table } from "@mesoscope/contracts";
import { formatNumber, formatWithInterval } from "@mesoscope/finite-size";
import { comparisonTable } from "../findings/comparison-table.js";
import { scalingTable } from "../findings/scaling-tables.js";
import { tableOf } from "../findings/table.js";
import type { KernelCase } from "./cases.js";
import type { WidthNoise } from "./noise.js";

export function kernelTables(cases: readonly KernelCase[], noises: readonly WidthNoise[]): readonly Table[] {
  const titled = (of: "alongWidth" | "alongHeads" | "oneBlock"): { title: string; comparison: KernelCase["alongWidth"] }[] => cases.map((one) => ({ title: one.title, comparison: one[of] }));
  return [
    noiseTable(cases, noises),
    scalingTable("scaling-along-width", "Along the width of heads: powers, and N* within the tolerance", titled("alongWidth")),
    scalingTable("scaling-along-heads", "Along the number of heads: powers, and H* within the tolerance", titled("alongHeads")),
    depthTable(cases),
    comparisonTable("along-width", "Along the width of heads", titled("alongWidth")),
    comparisonTable("along-heads", "Along the number of heads", titled("alongHeads")),
    comparisonTable("one-block", "One block on a given kernel, exactly", titled("oneBlock")),
  ];
}

function noiseTable(cases: readonly KernelCase[], noises: readonly WidthNoise[]): Table {
  return tableOf("noise", "Variance of H₁₁ over networks along the width, times H", {
    power: "logits",
    n: "N",
    found: "H Var H₁₁",
    predicted: "by first orders",
    left: "left for N → ∞",
    crossover: "N at which half of it is left",
  }, cases.flatMap(({ title }, i) => {
      const { widths, found, lower, upper, predicted, left, crossover } = noises[i]!;
      return widths.map((n, k) => [title, n, formatWithInterval(found[k]!, [lower[k]!, upper[k]!]), Number(predicted[k]!.toPrecision(3)), Number(left.toPrecision(3)), crossover === undefined ? "none" : Number(crossover.toPrecision(2))]);
    }));
}

function depthTable(cases: readonly KernelCase[]): Table {
  return tableOf("depth", "Against the number of blocks", {
    network: "network",
    L: "L",
    networks: "networks",
    square: "mean H₁₁",
    "square-limit": "infinite width",
    "square-corrected": "with first orders",
    spread: "spread of H₁₁",
    "spread-corrected": "by first orders",
    cosine: "mean cosine",
    "cosine-limit": "infinite width",
    "cosine-corrected": "with first orders",
    approach: "L max |H(L) − H(∞)|, infinite width",
  }, cases.flatMap(({ depths }) => depths.flatMap(({ name, points }) =>
      points.map(({ L, replicas, square, cosine, limit, corrected, approach }) => [
        name,
        L,
        replicas,
        formatWithInterval(square.mean.value[0]!, [square.mean.lower[0]!, square.mean.upper[0]!]),
        Number(limit.square.toPrecision(5)),
        Number(corrected.square.toPrecision(5)),
        formatWithInterval(square.spread.value[0]!, [square.spread.lower[0]!, square.spread.upper[0]!]),
        Number(corrected.spread.toPrecision(4)),
        formatWithInterval(cosine.mean.value[0]!, [cosine.mean.lower[0]!, cosine.mean.upper[0]!]),
        Number(limit.cosine.toPrecision(4)),
        Number(corrected.cosine.toPrecision(4)),
        formatNumber(approach, 4),
      ]))));
}
