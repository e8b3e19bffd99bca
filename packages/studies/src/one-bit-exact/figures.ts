import type { Figure, Layer, Table } from "@mesoscope/contracts";
import { formatNumber, listed } from "@mesoscope/finite-size";
import { tableOf } from "../findings/table.js";
import { OVERLAP, type ExactCase } from "./cases.js";

export function exactFigures(cases: readonly ExactCase[]): readonly Figure[] {
  return [biasFigure(cases), remainderFigure(cases), spreadFigure(cases)];
}

/** Panels have sizes of their own. */
const ENDS = ["fewest", "most"] as const;

function titleOf({ title, enumerated }: ExactCase): string {
  return `${title}, N = ${enumerated[0]!.n} and ${enumerated.at(-1)!.n}`;
}

const time = { symbol: "t", meaning: "tokens after the start", unit: "token", scale: "linear" } as const;

function gridOf({ comparison }: ExactCase): readonly number[] {
  return comparison.observables.find(({ id }) => id === OVERLAP)!.grid!.values;
}

/** N times the bias: what it tends to is the 1/N shift. */
function biasFigure(cases: readonly ExactCase[]): Figure {
  return {
    id: "bias",
    title: "N times the deviation of the mean overlap from the map",
    finding: biasFinding(cases),
    x: time,
    y: { symbol: "N (⟨m⟩ − m_map)", meaning: "bias of the first overlap, times N", unit: "1", scale: "linear" },
    panels: cases.map((one) => {
      const x = [...gridOf(one)];
      const ends = [one.enumerated[0]!, one.enumerated.at(-1)!];
      const layers = ends.flatMap(({ n, exact, limit }, end): Layer[] => {
        const few = ENDS[end]!;
        const found = one.comparison.sizes.find((size) => size.n === n)!.estimates[OVERLAP]!.mean;
        const scaled = (values: readonly number[]): readonly number[] => values.map((value, t) => n * (value - limit.value[t]!));
        return [
          { role: "curve", label: `enumeration, ${few} bits`, source: "theory", x, y: scaled(exact.value) },
          { role: "points", label: `runs, ${few} bits`, source: "simulation", x, y: scaled(found.value), lower: scaled(found.lower), upper: scaled(found.upper), confidence: found.confidence },
        ];
      });
      const last = one.enumerated.at(-1)!;
      const shift: Layer = { role: "curve", label: "1/N shift, N → ∞", source: "reference", x, y: last.corrected.value.map((value, t) => last.n * (value - last.limit.value[t]!)) };
      return { title: titleOf(one), layers: [shift, ...layers] };
    }),
  };
}

function biasFinding(cases: readonly ExactCase[]): string {
  const approaching = cases.filter(({ leftPower }) => Math.abs(leftPower - 2) < 0.5).length;
  const agreeing = cases.filter(({ againstExact }) => againstExact.outcome !== "fails").length;
  return `The exact curves approach the 1/N shift as bits are added in ${approaching} of ${cases.length} systems, and runs lie on them in ${agreeing}.`;
}

function remainderFigure(cases: readonly ExactCase[]): Figure {
  return {
    id: "remainder",
    title: "What is left of the exact bias",
    finding: `The map is off by N to the power ${listed(cases.map(({ biasPower }) => formatNumber(-biasPower, 2)))}, with its 1/N shift by N to the power ${listed(cases.map(({ leftPower }) => formatNumber(-leftPower, 2)))}: −1 and −2 are predicted.`,
    x: { symbol: "N", meaning: "bits of a token", unit: "1", scale: "log" },
    y: { symbol: "|⟨m⟩ − m|", meaning: "largest deviation of the exact mean overlap over all tokens", unit: "1", scale: "log" },
    panels: cases.map(({ title, enumerated }) => {
      const x = enumerated.map(({ n }) => n);
      return {
        title,
        layers: [
          { role: "curve", label: "from the map", source: "theory", x, y: enumerated.map(({ bias }) => bias) },
          { role: "curve", label: "from the map with its 1/N shift", source: "theory", x, y: enumerated.map(({ left }) => left) },
          { role: "curve", label: "N to the power −2, through the largest size", source: "reference", x, y: x.map((n) => (enumerated.at(-1)!.left * x.at(-1)! * x.at(-1)!) / (n * n)) },
        ],
      };
    }),
  };
}

function spreadFigure(cases: readonly ExactCase[]): Figure {
  const worst = cases.map(({ title, enumerated }) => {
    const last = enumerated.at(-1)!;
    const off = last.exact.spread!.reduce((most, sd, t) => Math.max(most, Math.abs(sd / last.corrected.spread![t]! - 1)), 0);
    return `${formatNumber(100 * off, 2)} % (${title}, N = ${last.n})`;
  });
  return {
    id: "spread",
    title: "Spread of the first overlap over runs, times √N",
    finding: `Linear noise misses the exact spread by at most ${listed(worst)}.`,
    x: time,
    y: { symbol: "√N σ", meaning: "standard deviation of the first overlap, times √N", unit: "1", scale: "linear" },
    panels: cases.map((one) => {
      const x = [...gridOf(one)];
      const last = one.enumerated.at(-1)!;
      const ends = [one.enumerated[0]!, last];
      const layers = ends.flatMap(({ n, exact }, end): Layer[] => {
        const few = ENDS[end]!;
        const found = one.comparison.sizes.find((size) => size.n === n)!.estimates[OVERLAP]!.spread;
        const scaled = (values: readonly number[]): readonly number[] => values.map((value) => Math.sqrt(n) * value);
        return [
          { role: "curve", label: `enumeration, ${few} bits`, source: "theory", x, y: scaled(exact.spread!) },
          { role: "points", label: `runs, ${few} bits`, source: "simulation", x, y: scaled(found.value), lower: scaled(found.lower), upper: scaled(found.upper), confidence: found.confidence },
        ];
      });
      return { title: titleOf(one), layers: [{ role: "curve", label: "linear noise, N → ∞", source: "reference", x, y: last.corrected.spread!.map((value) => Math.sqrt(last.n) * value) }, ...layers] };
    }),
  };
}

/** Every size: the largest deviations of the exact mean, of the exact spread from linear noise, and of runs from the enumeration. */
export function exactTable(cases: readonly ExactCase[]): Table {
  return tableOf("enumeration", "Enumeration against runs, map, and first orders in 1/N: largest deviation over all tokens", {
    system: "system",
    n: "N",
    runs: "runs",
    sampled: "runs − enumeration",
    outcome: "outcome",
    bias: "|enumeration − map|",
    left: "|enumeration − map with 1/N shift|",
    spread: "exact spread / linear noise − 1",
  }, cases.flatMap(({ title, comparison, againstExact, enumerated }) =>
      enumerated.map(({ n, exact, corrected, bias, left }, k) => {
        const finding = againstExact.bySize[k]!;
        const off = exact.spread!.map((sd, t) => sd / corrected.spread![t]! - 1).reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
        return [title, n, comparison.sizes[k]!.completed, Number((finding.entries[finding.worst]?.value ?? 0).toPrecision(3)), finding.outcome, Number(bias.toPrecision(3)), Number(left.toPrecision(3)), Number(off.toPrecision(3))];
      }),
    ));
}
