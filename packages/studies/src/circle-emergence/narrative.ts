/** @file The answer in words: first what the laws say, then what was found. */
import { formatPercent, type JudgedOutcome, type Statement } from "@mesoscope/finite-size";
import type { Findings } from "../study.js";
import type { CaseResult } from "./cases.js";
import type { EmergenceParameters } from "./settings.js";

export function emergenceNarrative(single: readonly CaseResult[], rivals: readonly CaseResult[], settings: EmergenceParameters): Findings["narrative"] {
  const alone = single.flatMap((one) => statementsOf(one, "departure", "limit", ["mean", "spread"]));
  const late = rivals.flatMap((one) => statementsOf(one, "first-departure", "limit", ["mean"]));
  const race = rivals.flatMap((one) => statementsOf(one, "first-departure", "corrected", ["mean"]));
  return {
    headline:
      `At β = ${settings.beta} and n = ${Math.max(...settings.sizes)} the law of one growing mode ${verb(alone)} within ${formatPercent(settings.tolerance)}; ` +
      `at β = ${settings.rivalBetas.join(" and ")} and n = ${Math.max(...settings.rivalSizes)} it ${verb(late)}, and the law of competing modes ${verb(race)} for the first departure.`,
    paragraphs: [
      "Tokens start independent and uniform, a state that the mean-field equation never leaves. Attention amplifies what chance left in each mode: the laws say that the time of departure grows like ln n, with a spread that does not shrink with n.",
      ...single.filter((one) => statementsOf(one, "departure", "limit", ["mean"])[0]?.outcome !== "holds").map((one) => caseSentence(one, "departure", "limit", "mean")),
      ...rivals.map((one) => `${caseSentence(one, "first-departure", "limit", "mean")} ${caseSentence(one, "first-departure", "corrected", "mean")} ${winners(one)}`),
    ],
  };
}

function statementsOf({ comparison }: CaseResult, observable: string, theory: string, quantities: readonly Statement["quantity"][]): readonly Statement[] {
  return comparison.statements.filter((one) => one.observable === observable && one.theory.id === theory && quantities.includes(one.quantity));
}

/** "holds", "fails", or how often each. */
function verb(statements: readonly Statement[]): string {
  const count = (outcome: JudgedOutcome): number => statements.filter((one) => one.outcome === outcome).length;
  const all = statements.length;
  for (const outcome of ["holds", "fails"] as const) if (count(outcome) === all) return outcome;
  if (count("undecided") === all) return "is undecided";
  return `holds in ${count("holds")}, fails in ${count("fails")} and is undecided in ${count("undecided")} of ${all} tests`;
}

function caseSentence(one: CaseResult, observable: string, theory: string, quantity: Statement["quantity"]): string {
  const [statement] = statementsOf(one, observable, theory, [quantity]);
  if (statement === undefined) return "";
  return `${one.title}, ${statement.theory.title}, ${quantity}: ${statement.outcome}. ${statement.because.replace(/\.?$/, ".")}`;
}

function winners({ selection }: CaseResult): string {
  const { chiSquare, total } = selection.proportions;
  return `Winners of ${total} replicas against the exact integral: chi-square ${chiSquare.value.toPrecision(3)} with ${chiSquare.freedom} degrees of freedom, goodness of fit ${chiSquare.goodness.toPrecision(2)}.`;
}
