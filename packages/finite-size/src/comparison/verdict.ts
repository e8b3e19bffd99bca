/** @file Statements turned into the verdicts of a record. */
import type { Observable, Verdict } from "@mesoscope/contracts";
import type { Comparison, SizeFinding, Statement } from "./comparison.js";
import { formatNumber, formatPercent } from "../format.js";
import { slug } from "../slug.js";

export interface VerdictOptions {
  /** Begins the id; default the pair's id. Give one for each comparison of a study, so that ids differ. */
  readonly id?: string;
  /** Ends the subject: "SA, β = 0.5, r = 0.2"; default the parameters. */
  readonly subject?: string;
}

/** The verdict on one statement. */
export function toVerdict(comparison: Comparison, statement: Statement, options: VerdictOptions = {}): Verdict {
  const observable = comparison.observables.find(({ id }) => id === statement.observable)!;
  const last = statement.bySize.findLast(({ outcome }) => outcome !== "not-applicable");
  const subject = [`${statement.quantity} of ${observable.meaning}`, options.subject ?? comparison.parameterText, `theory: ${statement.theory.title}`].filter((part) => part !== "");
  return {
    id: slug([options.id ?? comparison.pair, statement.observable, statement.quantity, statement.theory.id].join("-")),
    subject: subject.join(", "),
    outcome: statement.outcome,
    rule: ruleText(comparison, statement, last),
    ...numbersOf(last, observable, comparison.axis.symbol),
    because: statement.because.endsWith(".") ? statement.because : `${statement.because}.`,
    ...(statement.outcome === "fails" ? { reason: statement.reason ?? "unexplained" } : {}),
  };
}

/** The verdicts on all judged statements; ids that would be equal are numbered. */
export function toVerdicts(comparison: Comparison, options: VerdictOptions = {}): readonly Verdict[] {
  const seen = new Map<string, number>();
  return comparison.statements
    .filter(({ judged }) => judged)
    .map((statement) => {
      const verdict = toVerdict(comparison, statement, options);
      const count = (seen.get(verdict.id) ?? 0) + 1;
      seen.set(verdict.id, count);
      return count === 1 ? verdict : { ...verdict, id: slug(`${verdict.id.slice(0, 58)}-${count}`) };
    });
}

type Numbers = Pick<Verdict, "value" | "interval" | "confidence" | "unit" | "at">;

/** The worst entry's deviation at the largest size, or the distance of the laws; and where that is. */
function numbersOf(last: SizeFinding | undefined, { unit, grid }: Observable, axis: string): Numbers {
  const size = `${axis} = ${last?.n ?? 0}`;
  if (last?.law !== undefined) {
    const { value, interval, confidence } = last.law;
    return { value, interval, confidence, unit: "1", at: size };
  }
  const worst = last?.entries[last.worst];
  if (worst === undefined) return {};
  const { value, interval, confidence, scale } = worst;
  const place = grid?.values[last!.worst];
  const at = place === undefined ? size : `${size}, ${grid!.symbol} = ${formatNumber(place)}`;
  return { value, interval, confidence, unit: scale === "relative" ? "1" : unit, at };
}

function ruleText({ level, multiplicity, axis }: Comparison, { quantity }: Statement, last: SizeFinding | undefined): string {
  if (last === undefined) return "A theory holds only where it applies.";
  const many = multiplicity === "none" ? "" : `, with ${multiplicity === "holm" ? "Holm's" : "Bonferroni's"} adjustment over sizes and entries for "fails"`;
  const sizes = ` It holds from the smallest ${axis.symbol} from which on it holds at every size tested.`;
  if (quantity === "law") {
    return `The Dvoretzky-Kiefer-Wolfowitz interval (${formatPercent(1 - level)}) of the distance of distribution functions lies below the tolerance (holds) or above it (fails)${many}.${sizes}`;
  }
  const worst = last.entries[last.worst];
  const margin = worst?.untested !== undefined || worst === undefined ? "the tolerance" : worst.scale === "relative" ? `±${formatPercent(worst.margins[1])}` : `±${formatNumber(worst.margins[1])}`;
  const what = quantity === "mean" ? "the mean's deviation from the prediction" : "the standard deviation's deviation from the predicted one";
  return `Two one-sided tests at level ${formatPercent(level)}: the ${formatPercent(1 - 2 * level)} interval of ${what} lies inside ${margin} at every entry (holds) or beyond it at some (fails)${many}.${sizes}`;
}
