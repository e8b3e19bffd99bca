/** @file The one sentence of a verdict, with its evidence. */
import type { SizeFinding } from "../comparison/comparison.js";
import { formatNumber, formatPercent, formatWithInterval } from "../format.js";
import type { CertifiedNStar } from "../scaling/n-star.js";
import { capital } from "./sentence.js";

/** A statement as one sentence, without its full stop: where it holds, the number it turns on, and the evidence for its reason. */
export function becauseOf(axis: string, certified: CertifiedNStar, bySize: readonly SizeFinding[], evidence: string | undefined, judged: boolean): string {
  const asked = bySize.filter((finding) => finding.outcome !== "not-applicable");
  const last = asked.at(-1);
  if (last === undefined) return capital(evidence ?? "the theory speaks about none of the sizes");
  const at = `at ${axis} = ${last.n} ${describeFinding(last)}`;
  const rest = [last.caveat, evidence].filter((part) => part !== undefined).map((part) => `; ${part}`).join("");
  if (!judged) return capital(`${at}; no tolerance was given${rest}`);
  if (!certified.reached) return capital(`${at}${failuresBelow(asked, last)}${rest}`);
  const first = certified.value;
  const below = outcomesInWords(asked.filter(({ n }) => n < first));
  const others = below === "" ? "" : ` (${below})`;
  if (first === last.n) return capital(`within tolerance at ${axis} = ${first}${others}: ${describeFinding(last)}${rest}`);
  return capital(`within tolerance from ${axis} = ${first} to ${last.n}${others}; ${at}${rest}`);
}

/** "fails at 16, 32; undecided at 64" */
function outcomesInWords(findings: readonly SizeFinding[]): string {
  const outcomes = [...new Set(findings.map(({ outcome }) => outcome))];
  return outcomes.map((which) => `${which} at ${findings.filter(({ outcome }) => outcome === which).map(({ n }) => n).join(", ")}`).join("; ");
}

/** An undecided end does not hide that smaller sizes fail. */
function failuresBelow(asked: readonly SizeFinding[], last: SizeFinding): string {
  if (last.outcome === "fails") return "";
  const failing = asked.filter((finding) => finding !== last && finding.outcome === "fails").map(({ n }) => n);
  return failing.length === 0 ? "" : ` (fails at ${failing.join(", ")})`;
}

/** The number that a finding turns on, with its interval. */
function describeFinding(finding: SizeFinding): string {
  if (finding.law !== undefined) {
    const carried = finding.wasserstein === undefined ? "" : `, their Wasserstein distance ${formatWithInterval(finding.wasserstein.value, finding.wasserstein.interval)}`;
    return `the distance of the laws is ${formatWithInterval(finding.law.value, finding.law.interval)} (goodness of fit ${formatNumber(finding.law.goodness, 2)})${carried}`;
  }
  const worst = finding.entries[finding.worst];
  if (worst === undefined) return "nothing could be tested";
  const which = finding.entries.length > 1 ? `the largest of ${finding.entries.length} deviations is` : "the deviation is";
  const found = `${which} ${formatWithInterval(worst.value, worst.interval, worst.scale === "relative")}`;
  if (worst.untested !== undefined || !(worst.margins[1] > 0)) return found;
  return `${found}, tolerance ±${worst.scale === "relative" ? formatPercent(worst.margins[1]) : formatNumber(worst.margins[1])}`;
}
