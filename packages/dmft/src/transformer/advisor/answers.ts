/** @file Answers to what is asked most often, for the network at hand. */
import type { Setting } from "./question.js";

export interface LimitAnswer {
  readonly id: "scale-of-logits" | "softmax-kernels" | "blocks" | "one-or-many" | "meaning-of-width" | "zero-queries" | "scale-of-read-out" | "which-layers";
  readonly question: string;
  readonly answer: string;
}

export function answersFor(question: Setting): readonly LimitAnswer[] {
  const { N, alphaA, scheme, trained } = question;
  const here = alphaA === 1 ? "Here it is 1/d." : alphaA === 0.5 ? "Here it is 1/sqrt d." : `Here it is d^-${alphaA}, between the two.`;
  return [
    {
      id: "scale-of-logits",
      question: "Divide logits by d or by sqrt d?",
      answer: `By d (alphaA = 1) if heads get wider: trained keys and queries align, and their product grows as d. By sqrt d (1/2) if the width of a head is fixed and their number grows: then both differ by a constant, and heads stay different. ${here}${N === "infinite" && alphaA < 1 && trained.length > 0 ? " With wide heads that are trained, d is the safe choice." : ""}`,
    },
    {
      id: "softmax-kernels",
      question: "Softmax attention has no closed kernel: what then?",
      answer: "The averages over logits are integrals of low dimension: Gauss-Hermite for up to three tokens, sampling with a standard error beyond, uniform attention at alphaA = 1 in the limit of wide heads.",
    },
    {
      id: "blocks",
      question: "Do kernels compose through residual blocks?",
      answer: "Yes: with independent branches a block adds its kernel, H + b^2 V(H), then H + b^2 Phi(H) for a perceptron, and the same backwards. In the limit; at finite H and alphaA = 1/2 the next block's input is Gaussian only given the kernels.",
    },
    {
      id: "one-or-many",
      question: "One network or the mean of an ensemble?",
      answer:
        alphaA === 1
          ? "With wide heads they agree: the spread over seeds is 1/(N H), the shift of the mean 1/N."
          : "They differ by the spread over seeds, 1/H whatever N, and by a shift of the mean of the same order: an ensemble removes the first, not the second.",
    },
    {
      id: "meaning-of-width",
      question: "Which width goes to infinity?",
      answer: "N is the width of a head, H the number of heads, n = N H the width of the residual stream; heads are concatenated, not summed. N and H are separate limits, and at alphaA = 1/2 they do not stand for each other.",
    },
    {
      id: "zero-queries",
      question: "Should queries begin at zero?",
      answer:
        alphaA === 1
          ? "It is what wide heads do by themselves at alphaA = 1: logits begin at zero in the limit. At finite N it removes the 1/N noise of the first logits; keys then receive no gradient in the first step."
          : "At alphaA = 1/2 it is another model: heads would begin alike, and lose the diversity that this scaling has.",
    },
    {
      id: "scale-of-read-out",
      question: "Why is the read-out 1/n and not 1/sqrt n?",
      answer: `With 1/n features must move at order one for the output to do so: they are learned. With 1/sqrt n the output moves first and features by 1/sqrt n: the kernel regime. ${scheme === "mean-field" ? "Here it is 1/n; gamma0 moves between the two." : scheme === "ntk" ? "Here it is 1/sqrt n." : "The standard scheme has neither at all widths."}`,
    },
    {
      id: "which-layers",
      question: "Are queries, keys and values hidden or output layers?",
      answer: "Hidden: both their sides grow with n. That a head is narrow does not make its matrices output layers; only the embedding (fixed input) and the read-out (fixed output) are at the ends.",
    },
  ];
}
