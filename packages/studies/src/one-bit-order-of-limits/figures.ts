import type { Figure, Layer, Table } from "@mesoscope/contracts";
import { formatNumber } from "@mesoscope/finite-size";
import { exp, log } from "@mesoscope/numerics";
import { tableOf } from "../findings/table.js";
import { powerOfTenInText, sizeInText } from "../one-bit/words.js";
import { CHAOTIC_BETA, OVERLAP, type OrderCase } from "./cases.js";
import { criticalTimeAt, logEscape } from "./exact.js";
import type { OrderParameters } from "./settings.js";

export function orderFigures(one: OrderCase, settings: OrderParameters): readonly Figure[] {
  return [horizonsFigure(one, settings), wellsFigure(one, settings), escapeFigure(one, settings)];
}

/** The longest time that is drawn, in tokens. */
const LONGEST = 1e15;

/** Sizes per decade of a drawn law. */
const DENSE = 8;

function geometric(from: number, to: number): readonly number[] {
  const steps = Math.max(2, Math.ceil((DENSE * log(to / from)) / log(10)));
  return Array.from({ length: steps + 1 }, (_, i) => from * exp((i / steps) * log(to / from)));
}

function horizonsFigure(one: OrderCase, { beta }: OrderParameters): Figure {
  const { exact, exits } = one;
  const first = exact.sizes[0]!.n;
  const largest = exits.sizes.at(-1)!.n;
  const all = geometric(first, largest);
  const escaping = all.filter((n) => logEscape(exact, n) <= log(LONGEST));
  const shown = exact.sizes.filter(({ escape }) => escape <= LONGEST);
  const found = exits.sizes.map(({ estimates }) => estimates["exit"]!.mean);
  const x = exits.sizes.map(({ n }) => n);
  const passage = one.passage.bySize.filter(({ predicted }) => predicted.length > 0);
  const layers: Layer[] = [
    { role: "curve", label: "e^(NS)", source: "reference", x: escaping, y: escaping.map((n) => exp(logEscape(exact, n))) },
    { role: "curve", label: "N^(1/2)", source: "reference", x: all, y: all.map((n) => criticalTimeAt(exact, n)) },
    { role: "curve", label: `leaving a state, exact chain: one feature, β = ${beta}`, source: "theory", x: shown.map(({ n }) => n), y: shown.map(({ escape }) => escape) },
    { role: "curve", label: "slowing at a transition, exact chain: one feature, β = 1", source: "theory", x: exact.sizes.map(({ n }) => n), y: exact.sizes.map(({ critical }) => critical) },
    { role: "curve", label: `leaving a chaotic trajectory, first passage of linear noise: published network, β = ${CHAOTIC_BETA}`, source: "theory", x: passage.map(({ n }) => n), y: passage.map(({ predicted }) => predicted[0]!) },
    { role: "points", label: "runs, chaos", source: "simulation", x, y: found.map(({ value }) => value[0]!), lower: found.map(({ lower }) => lower[0]!), upper: found.map(({ upper }) => upper[0]!), confidence: exits.confidence },
  ];
  return {
    id: "horizons",
    title: "How long N bits do what their limit does",
    finding: `Three clocks, and no common answer to "for how long": a thousand bits keep a state for about ${powerOfTenInText(logEscape(exact, 1000) / log(10))} tokens, are slow at a transition for ${formatNumber(criticalTimeAt(exact, 1000), 2)}, and even ${sizeInText(largest)} follow a chaotic trajectory for ${formatNumber(found.at(-1)!.value[0]!, 2)} only.`,
    x: { symbol: "N", meaning: "bits of a token", unit: "1", scale: "log" },
    y: { symbol: "t", meaning: "time until the finite system has left its limit, or forgotten", unit: "token", scale: "log" },
    panels: [{ title: "1-bit self-attention", layers }],
  };
}

/** The mean overlap over time: each size stays for a while, the map for ever. */
function wellsFigure({ wells, againstChain, exact }: OrderCase, { beta }: OrderParameters): Figure {
  const grid = wells.observables.find(({ id }) => id === OVERLAP)!.grid!.values;
  const layers = wells.sizes.flatMap(({ n, estimates }, k): Layer[] => {
    const { predicted } = againstChain.bySize[k]!;
    const { value, lower, upper, confidence } = estimates[OVERLAP]!.mean;
    const chain: Layer[] = predicted.length === 0 ? [] : [{ role: "curve", label: `exact chain, N = ${n}`, source: "theory", x: grid.slice(0, predicted.length), y: predicted }];
    return [...chain, { role: "points", label: `runs, N = ${n}`, source: "simulation", x: [...grid], y: value, lower, upper, confidence }];
  });
  return {
    id: "two-states",
    title: "Mean overlap of runs that began in one of two states",
    finding: `The map stays at m* = ${formatNumber(exact.magnetisation)} for ever; the mean of N bits goes to 0, and does so about e^(${formatNumber(exact.barrier)}) = ${formatNumber(exp(exact.barrier))} times later for each bit more.`,
    x: { symbol: "t", meaning: "tokens after the start", unit: "token", scale: "log" },
    y: { symbol: "⟨m⟩", meaning: "overlap with the feature, mean over runs", unit: "1", scale: "linear" },
    panels: [{ title: `one feature, L = 1, β = ${beta}`, layers: [{ role: "mark", label: `mean-field map, m* = ${formatNumber(exact.magnetisation)}`, at: exact.magnetisation, across: "y" }, ...layers] }],
  };
}

function escapeFigure({ exact }: OrderCase, { beta }: OrderParameters): Figure {
  const { sizes, slope, barrier } = exact;
  const last = sizes.at(-1)!;
  return {
    id: "escape",
    title: "Slowest relaxation of the exact chain",
    finding: `The logarithm of τ grows by ${formatNumber(slope.value, 5)} per bit, where the barrier of the stationary law is ${formatNumber(barrier, 5)}: ${last.n} bits need ${powerOfTenInText(log(last.escape) / log(10))} tokens to forget the side they are on.`,
    x: { symbol: "N", meaning: "bits of a token", unit: "1", scale: "linear" },
    y: { symbol: "τ", meaning: "relaxation time of the slowest mode", unit: "token", scale: "log" },
    panels: [{
      title: `one feature, L = 1, β = ${beta}`,
      layers: [
        { role: "curve", label: "e^(NS) through the largest size", source: "reference", x: sizes.map(({ n }) => n), y: sizes.map(({ n }) => exp(logEscape(exact, n))) },
        { role: "curve", label: "exact chain", source: "theory", x: sizes.map(({ n }) => n), y: sizes.map(({ escape }) => escape) },
      ],
    }],
  };
}

export function orderTables(one: OrderCase, settings: OrderParameters): readonly Table[] {
  return [horizonsTable(one), exactTable(one, settings)];
}

const ROWS = [20, 100, 1000, 10_000, 100_000, 1_000_000, 1_000_000_000, 1_000_000_000_000];

/** Three horizons at sizes of interest: exact or measured where it can be, by the law where not. */
function horizonsTable({ exact, passage }: OrderCase): Table {
  const told = passage.bySize.filter(({ predicted }) => predicted.length > 0);
  const [low, high] = [told[0]!, told.at(-1)!];
  const rate = (high.predicted[0]! - low.predicted[0]!) / log(high.n / low.n);
  return tableOf("horizons", "Three horizons, in tokens, by their laws", {
    n: "N",
    chaos: "leaving a chaotic trajectory by 0.1, ln N / 2λ",
    critical: "relaxation at a transition, N^(1/2)",
    escape: "leaving a state, e^(NS)",
  }, ROWS.map((n) => {
      const chaos = low.predicted[0]! + rate * log(n / low.n);
      const decades = logEscape(exact, n) / log(10);
      return [n, chaos < 1 ? "at once" : Number(chaos.toPrecision(2)), Number(criticalTimeAt(exact, n).toPrecision(2)), decades < 6 ? Number(exp(decades * log(10)).toPrecision(2)) : `10^(${sizeInText(Number(decades.toPrecision(2)))})`];
    }));
}

function exactTable({ exact: { sizes, barrier } }: OrderCase, { beta }: OrderParameters): Table {
  return tableOf("exact-chain", "Relaxation times of the exact chain of one feature, L = 1", {
    n: "N",
    escape: `τ at β = ${beta} (token)`,
    slope: "growth of ln τ per bit",
    law: "barrier of the stationary law per bit",
    barrier: "barrier S, N → ∞",
    critical: "τ at β = 1 (token)",
    power: "d ln τ / d ln N at β = 1",
  }, sizes.map(({ n, escape, barrierPerBit, critical }, k) => {
      const before = sizes[k - 1];
      return [
        n,
        Number(escape.toPrecision(6)),
        before === undefined ? null : Number((log(escape / before.escape) / (n - before.n)).toPrecision(6)),
        barrierPerBit === undefined ? null : Number(barrierPerBit.toPrecision(6)),
        Number(barrier.toPrecision(6)),
        Number(critical.toPrecision(6)),
        before === undefined ? null : Number((log(critical / before.critical) / log(n / before.n)).toPrecision(4)),
      ];
    }));
}
