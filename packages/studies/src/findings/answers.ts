/** @file Statements of a comparison as answers with a name, for narratives and findings. */
import { answerOf, type CaseAnswer, type Comparison, type Statement } from "@mesoscope/finite-size";
import { symbolOf } from "./words.js";

/** The answer of a statement, named after its case. */
export function caseAnswer(name: string, comparison: Comparison, statement: Statement): CaseAnswer {
  return { name, answer: answerOf(comparison, statement) };
}

/** "mean of m", "spread of m over runs", "distribution of m" */
export function quantityInWords(comparison: Comparison, { quantity, observable }: Pick<Statement, "quantity" | "observable">): string {
  const symbol = symbolOf(comparison, observable);
  return quantity === "spread" ? `spread of ${symbol} over runs` : quantity === "law" ? `distribution of ${symbol}` : `mean of ${symbol}`;
}
