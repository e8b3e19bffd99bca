/** @file Why mean field fails, for readers who know the paper's abstract: in a clause, in a sentence, and what would change it. */
import type { FailureReason } from "@mesoscope/contracts";

interface ReasonWords {
  /** What happens there, as a clause of its own: it follows "then", "below that" and "at smaller sizes". */
  readonly clause: string;
  /** The same explained in one sentence. */
  readonly explanation: string;
  /** What would change it, in one sentence. */
  readonly remedy: string;
}

const words: Readonly<Record<FailureReason, ReasonWords>> = {
  amplification: {
    clause: "small chance differences have grown until they matter",
    explanation: "The finite system starts with small chance differences from the limit, and the dynamics amplify them exponentially in time until they matter.",
    remedy: "A larger size postpones this, for it starts with smaller differences; more runs do not.",
  },
  selection: {
    clause: "chance picks among several outcomes, of which the theory knows one",
    explanation: "Several outcomes compete, and in a finite system chance decides which of them comes first; the theory knows one of them only.",
    remedy: "A theory that counts all competitors is needed; a larger size helps slowly, more runs not at all.",
  },
  "symmetry-breaking": {
    clause: "the finite system chooses its own side, or phase",
    explanation: "Every run chooses one of several equivalent states, while the limit describes the balance between them, a state that no run is in.",
    remedy: "Compare each run with the state it chose, or a quantity that is the same in all of them; neither more runs nor a larger size brings the balance back.",
  },
  escape: {
    clause: "some runs leave the predicted state",
    explanation: "The state of the theory does not last in a finite system: some runs have left it for another one.",
    remedy: "Compare earlier, or with a theory of how runs leave that state; a larger size makes them stay longer.",
  },
  saturation: {
    clause: "fluctuations have grown as far as they can",
    explanation: "Fluctuations grew until they could grow no further: they are no small correction to the limit any more, but a state of their own.",
    remedy: "Compare earlier, or with a theory of the saturated state; a larger size only postpones it.",
  },
  "no-limit": {
    clause: "there is no limit to compare with",
    explanation: "The theory itself says that it does not speak about these sizes or parameters.",
    remedy: "Choose parameters, sizes or times at which the limit exists.",
  },
  numerical: {
    clause: "numerical error is too large to judge the theory",
    explanation: "The error of the numbers themselves, of the solved limit or of the steps of the simulation, is not small beside the tolerance, so that the theory cannot be judged.",
    remedy: "It takes a smaller step, a more accurate solution of the limit, or a wider tolerance.",
  },
  "finite-size": {
    clause: "the finite-size correction, though shrinking, is still too large",
    explanation: "The size is too small: the deviation is the correction to the limit that shrinks as the system grows.",
    remedy: "It takes a larger size, or a theory that includes this correction; more runs do not change it.",
  },
  unexplained: {
    clause: "nothing measured here says why",
    explanation: "Nothing that was measured says why: none of the known causes was seen.",
    remedy: "More sizes and runs show how the deviation changes; until then the theory, or its implementation, is in doubt.",
  },
};

/** What happens where mean field fails, as a clause: it follows "; ". */
export function reasonClause(reason: FailureReason): string {
  return words[reason].clause;
}

/** The clause after a word that says where, such as "then" or "below that". */
export function reasonClauseAfter(where: string, reason: FailureReason): string {
  const start = where === "then" ? where : `${where},`;
  return reason === "unexplained" ? `${where} it fails, and ${words[reason].clause}` : `${start} ${words[reason].clause}`;
}

/** Why mean field fails, in one sentence. */
export function explainReason(reason: FailureReason): string {
  return words[reason].explanation;
}

/** What would change it, in one sentence. */
export function remedyFor(reason: FailureReason): string {
  return words[reason].remedy;
}
