/** The two attentions, as figures, tables and verdicts name them. */
export function flowInWords(flow: "SA" | "USA"): string {
  return flow === "SA" ? "softmax (SA)" : "unnormalised (USA)";
}

/** What the two names mean, for readers of a narrative. */
export const BOTH_FLOWS = "SA is softmax attention; USA is the same without the softmax denominator.";

/** A flow within a list of cases. */
export function shortFlow(flow: "SA" | "USA"): string {
  return flow === "SA" ? "softmax" : "unnormalised";
}
