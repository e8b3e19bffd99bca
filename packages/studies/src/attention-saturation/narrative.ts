import { formatNumber, formatPercent, formatWithInterval, listed } from "@mesoscope/finite-size";
import { stepsInWords } from "../findings/steps-in-words.js";
import type { Findings } from "../study.js";
import { noLimitWarning } from "./advice.js";
import { verdictsTogether, type FoundCase } from "./cases.js";
import type { SaturationParameters } from "./settings.js";
import { finalMovement, growthVerdict, keptEntropy } from "./verdicts.js";
import { caseTitle } from "./words.js";

export function saturationNarrative(cases: readonly FoundCase[], settings: SaturationParameters): Findings["narrative"] {
  const { sizes, replicas, heads, blocks, steps } = settings;
  const halves = cases.filter(({ alphaA }) => alphaA < 1);
  const ones = cases.filter(({ alphaA }) => alphaA === 1);
  const largest = { N: sizes.at(-1)!, H: heads, L: blocks };
  const warning = noLimitWarning(0.5, largest);
  const strongest = halves.at(-1)!;
  const control = ones.at(-1)!;
  const failing = halves.filter((one) => growthVerdict(one, settings).outcome === "fails");
  return {
    headline: [
      `The limit of wide heads ${failing.length === 0 ? "is undecided" : "fails"} in training where logits are divided by √N and the layers below are trained: their squared movement goes like N to the power ${powers(halves, settings)}.`,
      `Divided by N, the control, ${decline(ones, settings)}, within ${formatNumber(settings.tolerance)} in the power.`,
      `After ${stepsInWords(steps)} at N = ${sizes.at(-1)!} and the larger step, attention over √N has kept ${percent(strongest)} of its entropy, over N ${percent(control)}.`,
    ].join(" "),
    paragraphs: [
      [
        `The finite system: ${replicas} residual transformers (H = ${heads}, L = ${blocks}) at each width of a head from N = ${sizes[0]!} to ${sizes.at(-1)!}, for two powers in the logits and ${settings.rates.length === 2 ? "two step sizes" : `${settings.rates.length} step sizes`}. Everything is trained, the embedding included; logits are q·k N^(−α_A) with α_A = 1/2, the usual square root, or 1.`,
        "The limit: if there is one as N grows, nothing may move further in the same steps the wider the heads. All numbers are medians over seeds, since means are ruled by rare ones.",
      ].join(" "),
      [...cases.map((one) => growthInWords(one, settings)), `The ${verdictsTogether(settings)} intervals of the logits hold together with 95 % confidence.`].join(" "),
      [
        "A step moves queries and keys twice: through their own weights, by the gate M̄, and through the layer below, along the gradient r_K that they send there. The second way carries N^(2 − 2α_A) times M̄: N times M̄ at 1/2.",
        "Gates begin at N^(−1/2), so that the squared movement grows like N in the first step, and towards N² when values and output projection have aligned. The gradient itself, squared, grows towards N.",
        "At α_A = 1 both stay bounded; |r_K|² is the square of the gates there, which narrow heads learn more slowly, so that it approaches its bound from below.",
      ].join(" "),
      afterwards(cases, settings),
      warning === undefined ? "The advisor gives no warning here, and should." : `The advisor says so beforehand, for α_A = 1/2. ${warning.label}. ${warning.because} ${warning.remedy} At α_A = 1 it gives no such warning.`,
    ],
  };
}

function powers(cases: readonly FoundCase[], settings: SaturationParameters): string {
  return listed(cases.map((one) => `${powerInWords(one, settings)} (η₀ = ${one.eta0}, after ${stepsInWords(one.judged)})`));
}

function powerInWords(one: FoundCase, settings: SaturationParameters): string {
  const { value, interval } = growthVerdict(one, settings);
  return value === undefined || interval === undefined ? "that is not told" : formatWithInterval(value, interval);
}

function decline(ones: readonly FoundCase[], settings: SaturationParameters): string {
  const grows = ones.filter((one) => growthVerdict(one, settings).outcome === "fails");
  if (grows.length > 0) return `it grows as well for η₀ = ${listed(grows.map(({ eta0 }) => String(eta0)))}`;
  const open = ones.some((one) => growthVerdict(one, settings).outcome === "undecided");
  return open ? "whether it grows is undecided" : "it does not grow";
}

function percent(one: FoundCase): string {
  const { value, interval } = keptEntropy(one);
  return formatWithInterval(value, interval, true);
}

function growthInWords(one: FoundCase, settings: SaturationParameters): string {
  const { outcome } = growthVerdict(one, settings);
  const verb = outcome === "fails" ? "grows with N" : outcome === "holds" ? "does not grow with N" : "may or may not grow with N";
  const key = one.powers["key-gradient"][one.judged]!.power;
  return `For ${caseTitle(one)} the squared movement of the logits after ${stepsInWords(one.judged)} ${verb}: power ${powerInWords(one, settings)}${key === undefined ? "" : `; |r_K|² goes with the power ${formatWithInterval(key.value, key.intervals[0]!)}`}.`;
}

/** What happens after the growth, in words. */
function afterwards(cases: readonly FoundCase[], { sizes, steps }: SaturationParameters): string {
  const each = cases.map((one) => {
    const { value } = keptEntropy(one);
    const lost = one.diverged.reduce((sum, { count }) => sum + count, 0);
    const all = one.diverged.reduce((sum, { of }) => sum + of, 0);
    return `For ${caseTitle(one)} logits have moved by ${finalMovement(one)} in the mean square, ${formatPercent(value, 2)} of the entropy is left, and over all sizes ${lost === 0 ? "no run" : `${lost} of ${all} runs`} diverged.`;
  });
  const largest = cases.filter(({ alphaA }) => alphaA < 1).at(-1)!.late.medians["key-gradient"].at(-1)!.map(({ value }) => value);
  const [peak, end] = [Math.max(...largest), largest.at(-1)!];
  const ended = peak > 2 * end
    ? `Growth ends by itself: saturated attention passes no gradient, so that |r_K|² at α_A = 1/2 and the larger step falls again, from a median of ${formatNumber(peak, 2)} to ${formatNumber(end, 2)}. Attention has become a choice of single tokens, made in the first steps by what the seed happened to favour, and the rest of the network learns around it. Whether such hard attention has a limit of its own is not known.`
    : "Within these steps the growth at α_A = 1/2 has not ended.";
  return [`Afterwards, ${stepsInWords(steps)} at N = ${sizes.at(-1)!}.`, ...each, ended].join(" ");
}
