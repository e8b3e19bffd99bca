import type { FailureReason, MesoscopeRecord, Verdict } from "@mesoscope/contracts";
import { html, type Html } from "./html.js";
import { showInterval, showPercent } from "./number.js";
import { scrolling } from "./scrolling.js";
import { tied } from "./tied.js";

/** A failure reason as words: each is a way in which the finite system departs from its limit. */
export const reasonWords: Readonly<Record<FailureReason, string>> = {
  amplification: "small fluctuations of the finite system are amplified",
  selection: "the finite system selects among states that the limit treats alike",
  "symmetry-breaking": "the finite system breaks a symmetry that the limit keeps",
  escape: "the finite system leaves a state that holds the limit for ever",
  saturation: "nonlinear saturation sets in",
  "no-limit": "there is no limit to compare with",
  numerical: "the numerical error is as large as what is judged",
  "finite-size": "corrections of finite size exceed the tolerance",
  unexplained: "no known reason",
};

const signs: Readonly<Record<Verdict["outcome"], string>> = { holds: "✓", fails: "✗", undecided: "?" };

/** A verdict's outcome as a word with a sign: colour is never the only difference. */
export function outcomeBadge(outcome: Verdict["outcome"]): Html {
  return html`<span class="outcome ${outcome}"><span aria-hidden="true">${signs[outcome]}</span> ${outcome}</span>`;
}

/** The same with how many there are: "✓ 3 hold". */
export function outcomeCounts(verdicts: readonly Verdict[]): Html {
  const words: Readonly<Record<Verdict["outcome"], readonly [string, string]>> = { holds: ["holds", "hold"], fails: ["fails", "fail"], undecided: ["undecided", "undecided"] };
  const counted = (["holds", "fails", "undecided"] as const).map((outcome) => ({ outcome, count: verdicts.filter((verdict) => verdict.outcome === outcome).length }));
  return html`${counted
    .filter(({ count }) => count > 0)
    .map(({ outcome, count }) => html`<span class="outcome ${outcome}"><span aria-hidden="true">${signs[outcome]}</span> ${count} ${words[outcome][count === 1 ? 0 : 1]}</span> `)}`;
}

/** "3 hold, 1 fails, 2 undecided". */
export function countVerdicts(verdicts: readonly Verdict[]): string {
  const count = (outcome: Verdict["outcome"]): number => verdicts.filter((verdict) => verdict.outcome === outcome).length;
  const [holds, fails, undecided] = [count("holds"), count("fails"), count("undecided")];
  const parts = [
    holds > 0 ? `${holds} ${holds === 1 ? "holds" : "hold"}` : "",
    fails > 0 ? `${fails} ${fails === 1 ? "fails" : "fail"}` : "",
    undecided > 0 ? `${undecided} undecided` : "",
  ].filter((part) => part !== "");
  return parts.length === 0 ? "nothing judged" : parts.join(", ");
}

/** Every verdict with its number, its rule and its evidence. */
export function verdictTable(record: MesoscopeRecord): Html {
  if (record.verdicts.length === 0) return html`<p class="note">This study judges nothing; it shows.</p>`;
  const rules = [...new Set(record.verdicts.map((verdict) => verdict.rule))];
  const ruleId = (rule: string): string => `${record.id}--rule-${rules.indexOf(rule) + 1}`;
  const table = scrolling(
    `Verdicts of ${record.title}`,
    html`<table class="verdicts">
      <caption class="hidden">Verdicts</caption>
      <thead><tr><th scope="col">What is judged</th><th scope="col">Verdict</th><th scope="col">Measured</th><th scope="col">Because</th><th scope="col">Rule</th></tr></thead>
      <tbody>${record.verdicts.map((verdict) => verdictRow(verdict, html`<a href="#${ruleId(verdict.rule)}">rule ${rules.indexOf(verdict.rule) + 1}</a>`))}</tbody>
    </table>`,
  );
  return html`${table}<ol class="rules">${rules.map((rule) => html`<li id="${ruleId(rule)}">${tied(rule)}</li>`)}</ol>`;
}

function verdictRow(verdict: Verdict, rule: Html): Html {
  const unit = verdict.unit === undefined || verdict.unit === "1" ? "" : ` ${verdict.unit}`;
  const level = verdict.interval !== undefined && verdict.confidence !== undefined ? html` <small>(${showPercent(verdict.confidence)})</small>` : undefined;
  const measured = html`${showInterval(verdict.value, verdict.interval)}${unit}${level}`;
  const reason = verdict.reason === undefined ? undefined : html` <span class="reason">Reason: ${reasonWords[verdict.reason]}.</span>`;
  return html`<tr>
    <th scope="row">${tied(verdict.subject)}</th><td>${outcomeBadge(verdict.outcome)}</td><td class="measured">${measured}</td>
    <td>${tied(verdict.because)}${reason}</td><td>${rule}</td></tr>`;
}
