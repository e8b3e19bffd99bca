import type { Table } from "@mesoscope/contracts";
import { formatNumber, formatWithInterval, type Exponent, type SizeFinding } from "@mesoscope/finite-size";
import { tableOf } from "../findings/table.js";
import type { FiniteSizeCase } from "./cases.js";
import type { ExitCase } from "./exits.js";

export function finiteSizeTables(cases: readonly FiniteSizeCase[], exits: ExitCase): readonly Table[] {
  return [pathTable(cases), exponentTable(cases), longTable(cases), exitTable(exits)];
}

/** Until when each size follows the map, its corrected form, and linear noise. */
function pathTable(cases: readonly FiniteSizeCase[]): Table {
  return tableOf("until-when", "Until which token N bits follow their theories, from one window on the attractor", {
    regime: "regime",
    n: "N",
    runs: "runs",
    mean: "mean, map: holds until t",
    fails: "fails from t",
    deviation: "largest deviation",
    corrected: "mean, map with 1/N shift: holds until t",
    spread: "spread, linear noise: holds until t",
  }, cases.flatMap(({ title, comparison, mean, corrected, spread }) =>
      mean.bySize.map((finding, k) => [
        title,
        finding.n,
        comparison.sizes[k]!.completed,
        untilOf(finding),
        finding.failsFrom ?? null,
        finding.entries[finding.worst] === undefined ? null : Number(finding.entries[finding.worst]!.value.toPrecision(3)),
        untilOf(corrected.bySize[k]!),
        untilOf(spread.bySize[k]!),
      ]),
    ));
}

function untilOf({ holdsUntil, outcome }: SizeFinding): number | string {
  return holdsUntil ?? (outcome === "not-applicable" ? "not told" : "not at all");
}

function exponentTable(cases: readonly FiniteSizeCase[]): Table {
  return tableOf("exponents", "Powers with which bias and spread of the first overlap fall, N^−p", {
    regime: "regime",
    quantity: "quantity",
    exponent: "p",
    interval: "its interval",
    predicted: "predicted",
  }, cases.flatMap(({ title, mean, spread }) =>
      [{ name: "bias", statement: mean }, { name: "spread", statement: spread }].map(({ name, statement: { exponent, predictedExponent } }) => [
        title,
        name,
        isTold(exponent) ? Number(exponent.fit.exponent.toPrecision(3)) : "not resolved",
        isTold(exponent) ? `[${formatNumber(exponent.interval[0])}, ${formatNumber(exponent.interval[1])}]` : null,
        predictedExponent ?? null,
      ]),
    ));
}

/** An interval wider than this says nothing. */
const WIDEST = 1.5;

function isTold(exponent: Exponent | undefined): exponent is Exponent {
  return exponent !== undefined && !exponent.fit.atBound && exponent.interval[1] - exponent.interval[0] < WIDEST;
}

function longTable(cases: readonly FiniteSizeCase[]): Table {
  return tableOf("long-run", "Mean square of the first overlap in the long run", {
    regime: "regime",
    n: "N",
    runs: "runs",
    found: "⟨(mᵒ₁)²⟩",
    map: "of the map",
    outcome: "outcome",
  }, cases.flatMap(({ title, long, mapSquare }) => long.map(({ n, replicas, mean, interval, test }) => [title, n, replicas, formatWithInterval(mean, interval), Number(mapSquare.toPrecision(4)), test.outcome])));
}

function exitTable({ comparison, mean, typical }: ExitCase): Table {
  return tableOf("exits", "First token at which a run is farther than 0.1 from the chaotic trajectory of the map", {
    n: "N",
    starts: "starts",
    found: "mean exit (token)",
    passage: "first passage of linear noise (token)",
    deviation: "deviation",
    typical: "t* of a typical start (token)",
    outcome: "outcome",
  }, mean.bySize.map((finding, k) => {
      const { n, completed, estimates } = comparison.sizes[k]!;
      const found = estimates["exit"]!.mean;
      const test = finding.entries[finding.worst];
      return [
        n,
        completed,
        formatWithInterval(found.value[0]!, [found.lower[0]!, found.upper[0]!]),
        finding.predicted[0] === undefined ? null : Number(finding.predicted[0].toPrecision(4)),
        test === undefined ? null : formatWithInterval(test.value, test.interval, test.scale === "relative"),
        Number(typical[k]!.toPrecision(4)),
        finding.outcome,
      ];
    }));
}
