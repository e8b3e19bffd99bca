/** @file docs/calibration.md, from the numbers alone: the same numbers give the same text. */
import { atRatio } from "./curve-study.js";
import { COVERED, honest, labelOf } from "./figures.js";
import { boundsOf, type Judgement } from "./requirements.js";
import { missedBy, percent, percentOf, ruleText } from "./report.js";
import { controlsOf, judgementsOf, tallyOf, VISIBLE, type Measured, type Results } from "./results.js";
import { scenarioOf } from "./run.js";
import { shareOf, type Count, type Tally } from "./tally.js";

export function toMarkdown(results: Results): string {
  const judgements = judgementsOf(results);
  const required = honest(results).filter(({ scenario }) => scenarioOf(scenario).limit === undefined);
  const missed = missedBy(results);
  return [
    "# Calibration",
    "",
    `How honest the comparison engine is: ${results.studies.toLocaleString("en-GB")} synthetic studies of each scenario with known truth, through \`compareEnsembles\` as it is.`,
    `${judgements.length} requirements, ${missed === 0 ? "all met" : `**${missed} missed**`}. Written, with its figures and docs/calibration.json, by one command:`,
    "",
    "```sh",
    "cd packages/finite-size",
    "npm run calibrate -- --workers 2     # --studies 200 --only scaling: some of it, nothing is written",
    "```",
    "",
    "Every study has its own keyed streams, so any number of workers gives the same numbers. A smaller version runs with the tests. The bounds are judged on the",
    "share itself; where a test has a level of 5 % just at the bound, two binomial standard errors are allowed. \"SE\" is the standard error of the estimate.",
    "",
    ...coverage(required),
    ...decisions(required),
    ...families(judgements),
    ...nStar(required),
    ...diverging(required),
    ...controls(results),
    ...limits(honest(results).filter(({ scenario }) => scenarioOf(scenario).limit !== undefined)),
  ].join("\n");
}

function coverage(required: readonly Measured[]): readonly string[] {
  const rows = required.filter(({ counts }) => "mean covered" in counts).map((one) => [labelOf(one.scenario), ...designOf(one), ...covered(tallyOf(one))]);
  return [
    "## Intervals",
    "",
    "Nominal 95 % intervals must hold the truth in 93 to 97 % of the studies. Spreads need more replicas where tails are heavy: a kurtosis of 9 (Student 5, exponential)",
    "asks four times those of a normal law for the same standard error of log sd, $\\sqrt{(\\kappa - 1) / (4 R)}$, and that error is itself noisy.",
    "",
    "![Coverage of nominal 95 % intervals by scenario](figures/calibration-coverage.svg)",
    "",
    ...table(["scenario", "replicas", "resamples", ...COVERED.map(([, title]) => title)], rows),
    "",
  ];
}

function decisions(required: readonly Measured[]): readonly string[] {
  const curves = required.filter(({ scenario }) => scenarioOf(scenario).kind === "curve");
  const row = (one: Measured, quantity: "mean" | "spread"): readonly string[] => {
    const tally = tallyOf(one);
    const worst = (outcome: "holds" | "fails", ratio: number, most: boolean): string => {
      const counts = [-ratio, ratio].map((r) => tally[atRatio(quantity, outcome, r)]!);
      return percentOf(counts.reduce((a, b) => (shareOf(a) > shareOf(b) === most ? a : b)));
    };
    return [labelOf(one.scenario), quantity, worst("holds", 1, true), worst("holds", 1 / 3, false), worst("holds", 0, false), worst("fails", 0.5, true), worst("fails", 1, true), worst("fails", 2, false)];
  };
  const head = ["scenario", "of", "\"holds\" at eps", "at eps/3", "at 0", "\"fails\" at eps/2", "at eps", "at 2 eps"];
  return [
    "## Outcomes",
    "",
    "One size; the true deviation is a known multiple of the tolerance eps. For means SE = eps/4, as the width-sweep protocol asks; for spreads the tolerance is 25 %, and",
    "SE of log sd is 5 % or less. Of two signs the worse is shown. Required: \"holds\" at eps at most 5 % and 2 SE, at eps/3 and below at least 80 %; \"fails\" at eps/2 and below at most 5 %.",
    "The level at eps is judged over both signs, with the SE of the number of studies. The exponential law has 1,600 replicas: with 800 its spread held falsely in 6.0 % [5.3, 6.8], just outside.",
    `One sign alone is not required, and for spreads it can exceed that: the worst of the table is ${percentOf(worstSign(curves))}, for means ${percentOf(worstSign(curves, ["mean"]))}.`,
    "",
    "![Outcomes against the true deviation](figures/calibration-outcomes.svg)",
    "",
    ...table(head, curves.flatMap((one) => (["mean", "spread"] as const).map((quantity) => row(one, quantity)))),
    "",
    "Undecided, for means, by |bias| / eps (mean of both signs):",
    "",
    ...table(["scenario", ...SIZES.map((size) => size.toFixed(2))], curves.map((one) => [labelOf(one.scenario), ...SIZES.map((size) => undecidedAt(tallyOf(one), size))])),
    "",
  ];
}

/** The most frequent false "holds" at one of the two boundaries. */
function worstSign(curves: readonly Measured[], quantities: readonly ("mean" | "spread")[] = ["mean", "spread"]): Count {
  const counts = curves.flatMap((one) => quantities.flatMap((quantity) => [-1, 1].map((ratio) => tallyOf(one)[atRatio(quantity, "holds", ratio)]!)));
  return counts.reduce((worst, count) => (shareOf(count) > shareOf(worst) ? count : worst));
}

const SIZES: readonly number[] = [0, 1 / 3, 0.5, 0.75, 1, 1.5, 2];

function undecidedAt(tally: Tally, size: number): string {
  const [a, b] = [-size, size].map((ratio) => tally[atRatio("mean", "undecided", ratio + 0)]!);
  return percentOf({ hits: a!.hits + b!.hits, trials: a!.trials + b!.trials });
}

function families(judgements: readonly Judgement[]): readonly string[] {
  const rows = judgements.filter(({ scenario }) => ["series", "joint"].includes(scenarioOf(scenario).kind)).map((one) => [labelOf(one.scenario), one.what, percentOf(one), ruleText(one)]);
  return [
    "## Many tests at once",
    "",
    "Entries of a series share half of their variance. \"Fails\" is adjusted over entries and sizes (Holm); \"holds\" asks every entry at the single level. \"One entry\": one of 12 lies at",
    "the tolerance and all others are right. Joint: over observables, quantities and sizes. Numbers are deviations in units of the tolerance.",
    "",
    ...table(["scenario", "share of studies with", "found", "required"], rows),
    "",
  ];
}

function nStar(required: readonly Measured[]): readonly string[] {
  const rows = required
    .filter(({ scenario }) => scenarioOf(scenario).kind === "scaling")
    .map((one) => {
      const tally = tallyOf(one);
      return [labelOf(one.scenario), ...["N* reached", "N* covered if reached", "N* unbounded if reached", "N* certified", "N* certified too small", "N* of a single run certified too small", "taken for a finite-size effect"].map((what) => percentOf(tally[what]))];
    });
  return [
    "## N*",
    "",
    "Sizes 16 to 256, bias $n^{-p}(1 + b/n)$, spread $n^{-1/2}$, SE = eps/10 at N* = 64. The fitted N* speaks only where the deviation is seen, falls, and falls as predicted: its",
    "coverage is that of the studies in which it speaks. A certified N* is too small if it is not above the true one (which is one of the sizes): at most 5 % and 2 SE. Where the",
    "deviation falls as $n^{-1/2}$ and the theory says 1, N* must be refused, and the failure not called a finite-size effect, in at least 80 %. For N* of a single run, whose spread must",
    "be below the tolerance as well, coverage is required of the fitted one everywhere, and the level of the certified one for light tails (the true one is again one of the sizes, not with 800 replicas).",
    "Where replicas fall into two groups N* is refused.",
    "",
    ...table(["scenario", "fitted", "covered", "no upper end", "certified", "too small", "single run: too small", "called finite-size"], rows),
    "",
  ];
}

function diverging(required: readonly Measured[]): readonly string[] {
  const rows = required
    .filter(({ scenario }) => scenario.includes("diverging"))
    .map((one) => {
      const tally = tallyOf(one);
      return [labelOf(one.scenario), percentOf(tally["diverged too often"]), percentOf(tally[atRatio("mean", "holds", 0)]), percentOf(tally["holds although too many diverged"]) || "none"];
    });
  return [
    "## Diverging replicas",
    "",
    "More than 1 % of diverged replicas forbid \"holds\", always; fewer leave it its power.",
    "",
    ...table(["scenario", "studies with more than 1 %", "\"holds\" at 0", "\"holds\" although too many diverged"], rows),
    "",
  ];
}

function controls(results: Results): readonly string[] {
  const rows = controlsOf(results).map(({ title, scenario, missed }) => {
    const [first] = missed;
    if (first === undefined) return [title, labelOf(scenario), "**not caught**", "", ""];
    const [low, high] = boundsOf({ ...first, errors: 0 }, first.trials);
    return [title, labelOf(scenario), `${missed.length} requirements`, `${first.what}: ${percentOf(first)}`, low > 0 ? `at least ${percent(low, 0)}` : `at most ${percent(high, 0)}`];
  });
  return [
    "## Broken estimators",
    "",
    `The same harness with an estimator that is wrong on purpose, and a quarter of the studies. Caught means: a requirement missed by more than ${VISIBLE} binomial standard errors.`,
    "",
    ...table(["broken", "scenario", "missed", "most clearly", "required"], rows),
    "",
  ];
}

function limits(measured: readonly Measured[]): readonly string[] {
  return [
    "## Where it does not reach",
    "",
    "Not required, since no interval here keeps 93 to 97 %: measured, so that nobody relies on it. **Bold** is outside.",
    "",
    ...table(["scenario", "replicas", "resamples", ...COVERED.map(([, title]) => title)], measured.map((one) => [labelOf(one.scenario), ...designOf(one), ...covered(tallyOf(one))])),
    "",
    SINGLE_RUN,
    ...measured.map(({ scenario }) => `- *${labelOf(scenario)}*: ${scenarioOf(scenario).limit!}`),
    "",
  ];
}

const SINGLE_RUN =
  "- *certified N\\* of a single run*: where tails are heavy and replicas few it may be too small more often than at its level (column \"single run: too small\"), as the upper bound of such a spread is. The fitted one, whose interval is made of pivotal draws of the spreads, covers in all.";

function designOf({ scenario: id }: Measured): readonly string[] {
  const { replicas, resamples } = scenarioOf(id);
  return [String(replicas), String(resamples)];
}

function covered(tally: Tally): readonly string[] {
  return COVERED.map(([what]) => shownCoverage(tally[what]));
}

function shownCoverage(count: Count | undefined): string {
  if (count === undefined || count.trials === 0) return "";
  const share = shareOf(count);
  return share >= 0.93 && share <= 0.97 ? percent(share) : `**${percent(share)}**`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const show = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [show(head), show(head.map((_, i) => (i === 0 ? "---" : "---:"))), ...rows.map(show)];
}
