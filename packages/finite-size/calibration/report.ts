/** @file Shares in words, the same on the screen and in the document. */
import { boundsOf, type Judgement } from "./requirements.js";
import { controlsOf, judgementsOf, type Results } from "./results.js";
import { shareOf, type Count } from "./tally.js";

export function percent(share: number, digits = 1): string {
  return `${(100 * share).toFixed(digits)} %`;
}

export function percentOf(count: Count | undefined): string {
  return count === undefined || count.trials === 0 ? "" : percent(shareOf(count));
}

/** "93 to 97 %", "at most 5 % (and 2 SE: 6.0 %)", "at least 80 %". */
export function ruleText(rule: Pick<Judgement, "least" | "most" | "errors" | "signs" | "trials">): string {
  const slack = rule.errors > 0 ? ` and ${rule.errors} SE` : "";
  if (rule.least > 0 && rule.most < 1) return `${percent(rule.least, 0)} to ${percent(rule.most, 0)}${slack}`;
  const [low, high] = boundsOf(rule, rule.trials);
  if (rule.least > 0) return `at least ${percent(rule.least, 0)}${slack}${slack === "" ? "" : ` (${percent(low)})`}`;
  return `at most ${percent(rule.most, 0)}${slack}${slack === "" ? "" : ` (${percent(high)})`}`;
}

export function judgementLine(judgement: Judgement): string {
  const { met, scenario, what, interval, trials } = judgement;
  const share = `${percentOf(judgement)} [${percent(interval[0])}, ${percent(interval[1])}] of ${trials}`;
  return `${met ? "ok    " : "MISSED"} ${scenario}: ${what}: ${share}; ${ruleText(judgement)}`;
}

/** Requirements missed, and broken estimators that went unseen. */
export function missedBy(results: Results, errors?: number): number {
  return judgementsOf(results, errors).filter(({ met }) => !met).length + controlsOf(results).filter(({ missed }) => missed.length === 0).length;
}
