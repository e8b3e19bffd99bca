import type { Table } from "@mesoscope/contracts";
import { formatNumber, formatPercent } from "@mesoscope/finite-size";
import { tableOf } from "../findings/table.js";
import { intervalInWords } from "../findings/words.js";
import { adviceAt } from "./advice.js";
import type { FoundCase, Growing } from "./cases.js";
import type { SaturationParameters } from "./settings.js";
import { caseTitle } from "./words.js";

export function saturationTables(cases: readonly FoundCase[], settings: SaturationParameters): readonly Table[] {
  return [powersTable(cases), afterwardsTable(cases), adviceTable(cases, settings)];
}

const NAMES: Readonly<Record<Growing, string>> = { "key-gradient": "|r_K|², gradient through the keys", logits: "⟨ΔA²⟩, squared movement of the logits" };

/** Leading orders as N grows: from gates of order N^-1/2 at first towards gates of order one. */
const ALLOWED: Readonly<Record<Growing, Readonly<Record<"half" | "one", string>>>> = {
  "key-gradient": { half: "from 0 towards 1", one: "from −1 towards 0" },
  logits: { half: "from 1 towards 2", one: "from −1 towards 0" },
};

function powersTable(cases: readonly FoundCase[]): Table {
  return tableOf("powers", "Powers of N with which medians go before saturation", {
    case: "case",
    quantity: "median over seeds of",
    step: "step",
    power: "power of N",
    interval: "its 95 % interval",
    sizes: "sizes that are not saturated",
    allowed: "leading orders, N → ∞",
    smallest: "median at the smallest size",
    largest: "median at the largest size",
  }, cases.flatMap((one) => (["key-gradient", "logits"] as const).flatMap((quantity) => one.powers[quantity].map(({ t, sizes, power }, i) => [
    caseTitle(one),
    NAMES[quantity],
    t,
    power === undefined ? null : Number(power.value.toFixed(3)),
    power === undefined ? null : intervalInWords(power.intervals[0]!),
    sizes.length === 0 ? "none" : `${sizes[0]!} to ${sizes.at(-1)!}`,
    ALLOWED[quantity][one.alphaA < 1 ? "half" : "one"],
    Number(one.early.medians[quantity][0]![i]!.value.toPrecision(3)),
    Number(one.early.medians[quantity].at(-1)![i]!.value.toPrecision(3)),
  ]))));
}

function afterwardsTable(cases: readonly FoundCase[]): Table {
  return tableOf("afterwards", "Afterwards: medians at the last step, and runs that diverged on the way", {
    case: "case",
    size: "N",
    step: "step",
    logits: "⟨ΔA²⟩",
    entropy: "entropy of attention (nat)",
    interval: "its 95 % interval",
    first: "entropy at the start (nat)",
    loss: "loss",
    diverged: "diverged",
    share: "share, with its 95 % interval",
  }, cases.flatMap((one) => one.diverged.map(({ n, count, of, interval }, k) => {
    const last = one.late.times.length - 1;
    const at = (quantity: "logits" | "entropy" | "loss", i: number): number => one.late.medians[quantity][k]![i]!.value;
    return [
      caseTitle(one),
      n,
      one.late.times[last]!,
      Number(at("logits", last).toPrecision(3)),
      Number(at("entropy", last).toPrecision(3)),
      intervalInWords(one.late.medians.entropy[k]![last]!.interval),
      Number(at("entropy", 0).toPrecision(3)),
      Number(at("loss", last).toPrecision(2)),
      `${count} of ${of}`,
      `${formatPercent(count / of)} [${formatNumber(100 * interval[0])}, ${formatNumber(100 * interval[1])}] %`,
    ];
  })));
}

/** What the advisor says before anything is run. */
function adviceTable(cases: readonly FoundCase[], { sizes, heads, blocks }: SaturationParameters): Table {
  const rows = [...new Set(cases.map(({ alphaA }) => alphaA))].flatMap((alphaA) => {
    const { headline, warnings } = adviceAt(alphaA, { N: sizes.at(-1)!, H: heads, L: blocks });
    return [[`α_A = ${alphaA}`, "headline", headline, ""], ...warnings.map(({ label, because, remedy }) => [`α_A = ${alphaA}`, label, because, remedy])];
  });
  return tableOf("advice", "What the advisor says of these networks before they are run", { alpha: "networks", label: "what", because: "why", remedy: "what to do" }, rows);
}
