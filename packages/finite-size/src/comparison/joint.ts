/** @file All statements of a comparison at once. */
import type { JointStatement, Statement } from "./comparison.js";

/**
 * Every judged statement at its largest size. All hold: then all do jointly (each at the level, no adjustment is needed for a claim
 * that needs every one of them). One fails after adjustment over the whole family: the whole fails. Else undecided.
 */
export function jointStatement(statements: readonly Statement[], tests: number): JointStatement {
  const judged = statements.filter((statement) => statement.judged);
  const counted = tests === 1 ? "one test" : `${tests} tests`;
  const name = (statement: Statement): string => `${statement.quantity} of ${statement.observable} (${statement.theory.id})`;
  if (judged.length > 0 && judged.every(({ outcome }) => outcome === "holds")) {
    return { outcome: "holds", because: judged.length === 1 ? "The one statement holds at the largest size." : `All ${judged.length} statements hold at the largest size.`, tests };
  }
  const failed = judged.filter((statement) => statement.outcome === "fails" && (last(statement) === "fails" || last(statement) === undefined));
  if (failed.length > 0) return { outcome: "fails", because: `${failed.length === 1 ? "This fails" : "These fail"} jointly, over ${counted}: ${failed.map(name).join(", ")}.`, tests };
  const open = judged.filter(({ outcome }) => outcome !== "holds");
  return { outcome: "undecided", because: open.length === 0 ? "Nothing was judged." : `${open.length === 1 ? "This is" : "These are"} open jointly, over ${counted}: ${open.map(name).join(", ")}.`, tests };
}

/** Joint outcome at the largest size to which the theory applies; undefined if there is none. */
function last({ bySize }: Statement): Statement["outcome"] | undefined {
  const finding = bySize.findLast(({ jointOutcome }) => jointOutcome !== "not-applicable");
  return finding === undefined || finding.jointOutcome === "not-applicable" ? undefined : finding.jointOutcome;
}
