/** @file The figures of docs/calibration.md. */
import type { Statement } from "../src/index.js";
import { atRatio } from "./curve-study.js";
import { line, mark, polyline, rectangle, SHAPES, text, toSvg } from "./figure.js";
import { intervalOf } from "./requirements.js";
import { tallyOf, type Measured, type Results } from "./results.js";
import { scenarioOf } from "./run.js";
import { RATIOS } from "./scenario.js";
import { shareOf } from "./tally.js";

/** What has an interval, in the order of its columns. */
export const COVERED: readonly (readonly [what: string, title: string])[] = [
  ["mean covered", "mean"],
  ["spread covered", "spread"],
  ["median covered", "median (BCa)"],
  ["exponent covered", "exponent of the bias"],
  ["spread exponent covered", "exponent of the spread"],
  ["N* covered if reached", "fitted N*"],
  ["N* of a single run covered if reached", "fitted N*, single run"],
];
const CLASSES = ["a", "b", "c", "d", "e", "f", "a"] as const;

export function figuresOf(results: Results): Readonly<Record<string, string>> {
  return { "calibration-coverage.svg": coverageFigure(results), "calibration-outcomes.svg": outcomesFigure(results) };
}

/** Those measured with the engine as it is. */
export function honest({ measured }: Results): readonly Measured[] {
  return measured.filter(({ broken }) => broken === undefined);
}

function coverageFigure(results: Results): string {
  const rows = honest(results).filter((one) => "mean covered" in one.counts && scenarioOf(one.scenario).limit === undefined);
  const [left, right, top, step] = [340, 740, 64, 24];
  const [low, high] = [0.9, 1];
  const x = (share: number): number => left + ((Math.max(low, share) - low) / (high - low)) * (right - left);
  const bottom = top + rows.length * step;
  const body = [rectangle("band", x(0.93), top, x(0.97) - x(0.93), bottom - top)];
  for (const percent of [90, 92, 94, 96, 98, 100]) body.push(line("grid", x(percent / 100), top, x(percent / 100), bottom), text(x(percent / 100), bottom + 16, `${percent} %`, 'text-anchor="middle" class="quiet"'));
  COVERED.forEach(([, title], i) => body.push(mark(SHAPES[i]!, CLASSES[i]!, 20 + (i % 4) * 190, 18 + 20 * Math.floor(i / 4)), text(30 + (i % 4) * 190, 22 + 20 * Math.floor(i / 4), title)));
  rows.forEach((one, k) => {
    const tally = tallyOf(one);
    body.push(text(left - 12, top + (k + 0.5) * step + 4, labelOf(one.scenario), 'text-anchor="end"'));
    COVERED.forEach(([what], i) => {
      const count = tally[what];
      if (count === undefined) return;
      const y = top + (k + 0.5) * step + (i - 3) * 3;
      const [from, to] = intervalOf(count);
      body.push(line(`${CLASSES[i]!} whisker`, x(from), y, x(to), y), mark(SHAPES[i]!, CLASSES[i]!, x(shareOf(count)), y));
    });
  });
  body.push(line("axis", left, bottom, right, bottom));
  const description = `Share of nominal 95 % intervals that hold the truth, by scenario, with Clopper-Pearson intervals; the band from 93 to 97 % is shaded. The numbers are in the table of coverage.`;
  return toSvg({ id: "coverage", title: "Coverage of nominal 95 % intervals", description, width: 770, height: bottom + 28, body });
}

const OUTCOMES: readonly (readonly [Statement["outcome"], string])[] = [
  ["holds", "d"],
  ["undecided", "b"],
  ["fails", "c"],
];

function outcomesFigure(results: Results): string {
  const curves = honest(results).filter((one) => {
    const scenario = scenarioOf(one.scenario);
    return scenario.kind === "curve" && scenario.diverging === undefined && scenario.limit === undefined;
  });
  const body: string[] = [];
  OUTCOMES.forEach(([outcome, className], i) => body.push(line(`${className} line`, 20 + i * 130, 18, 50 + i * 130, 18), text(58 + i * 130, 22, outcome)));
  body.push(text(420, 22, "thick: normal law; thin: the other laws", 'class="quiet"'));
  (["mean", "spread"] as const).forEach((quantity, panel) => body.push(...outcomePanel(curves, quantity, 60 + panel * 340)));
  const description = "Shares of the outcomes holds, undecided and fails against the true deviation in units of the tolerance, for means and for spreads, from -2 to 2. Holds is near 1 at 0 and at most 5 % at the tolerance and beyond; fails rises beyond it; undecided has its peaks at the tolerance.";
  return toSvg({ id: "outcomes", title: "Outcomes against the true deviation", description, width: 720, height: 330, body });
}

function outcomePanel(curves: readonly Measured[], quantity: "mean" | "spread", left: number): readonly string[] {
  const [top, bottom, width] = [56, 280, 290];
  const x = (ratio: number): number => left + ((ratio + 2) / 4) * width;
  const y = (share: number): number => bottom - share * (bottom - top);
  const body = [text(left + width / 2, 46, quantity === "mean" ? "means" : "spreads", 'text-anchor="middle"')];
  for (const ratio of [-2, -1, 0, 1, 2]) body.push(line("grid", x(ratio), top, x(ratio), bottom), text(x(ratio), bottom + 16, String(ratio), 'text-anchor="middle" class="quiet"'));
  for (const share of [0, 0.5, 1]) body.push(line("grid", left, y(share), left + width, y(share)), text(left - 6, y(share) + 4, String(share), 'text-anchor="end" class="quiet"'));
  body.push(text(left + width / 2, bottom + 34, "true deviation / tolerance", 'text-anchor="middle" class="quiet"'));
  for (const one of curves) {
    const tally = tallyOf(one);
    for (const [outcome, className] of OUTCOMES) {
      const points = RATIOS.map((ratio): [number, number] => [x(ratio), y(shareOf(tally[atRatio(quantity, outcome, ratio)]!))]);
      body.push(polyline(`${className} ${one.scenario === "curve-normal" ? "line" : "thin"}`, points));
    }
  }
  return body;
}

/** The title of a scenario with what kind it is. */
export function labelOf(id: string): string {
  const { kind, title } = scenarioOf(id);
  return kind === "scaling" || kind === "curve" ? `${kind === "curve" ? "one size" : "five sizes"}: ${title}` : title;
}
