/** @file "Which limit am I in?": from a network and what is done with it to the theory that applies, its error, and the warnings. */
import { answersFor } from "./answers.js";
import type { LimitAnswer } from "./answers.js";
import { settingOf } from "./question.js";
import type { LimitQuestion, Setting } from "./question.js";
import { theoriesFor } from "./theories.js";
import type { TheoryAdvice } from "./theories.js";
import { warningsFor } from "./warnings.js";
import type { LimitWarning } from "./warnings.js";

export interface LimitAdvice {
  /** One sentence. */
  readonly headline: string;
  /** All theories, those that apply first. */
  readonly theories: readonly TheoryAdvice[];
  readonly warnings: readonly LimitWarning[];
  readonly answers: readonly LimitAnswer[];
}

/**
 * Says which theory of this package describes a network, with the leading orders of its error at the sizes asked about, and warns where none does. Plain data: labels and sentences for readers,
 * ids for programs. Orders are those of [eq:size-orders]; a constant is named where a function gives it, and said to be unknown elsewhere.
 *
 * @throws DomainError for sizes, exponents, names and rates outside their ranges
 */
export function whichLimit(question: LimitQuestion): LimitAdvice {
  const setting = settingOf(question);
  const theories = theoriesFor(setting);
  const warnings = warningsFor(setting);
  return { headline: headlineOf(setting, theories, warnings), theories, warnings, answers: answersFor(setting) };
}

function headlineOf({ trained }: Setting, [best]: readonly TheoryAdvice[], warnings: readonly LimitWarning[]): string {
  const grave = warnings.find(({ id }) => id === "no-wide-limit" || id === "steps-too-long" || id === "adam" || id === "standard-scheme");
  if (best?.applies === "yes") {
    const [leading] = [...best.errors].sort((a, b) => b.scale - a.scale);
    const error = leading === undefined ? "no error from the sizes" : `an error of order ${leading.order}${leading.scale > 0 ? `, here ${Number(leading.scale.toPrecision(2))} times a constant` : ", here none"}`;
    return `${best.label}: ${error}.${grave === undefined ? "" : ` But: ${lowered(grave.label)}.`}`;
  }
  if (grave !== undefined) return `No theory here applies: ${lowered(grave.label)}.`;
  if (best?.applies === "not-here") return `${best.label}: the theory is known, but not solved by this package.`;
  return trained.length === 0 ? "No theory here applies." : "No theory of training here applies.";
}

/** First letter small, names as they are. */
function lowered(label: string): string {
  return label.startsWith("Adam") ? label : label.charAt(0).toLowerCase() + label.slice(1);
}
