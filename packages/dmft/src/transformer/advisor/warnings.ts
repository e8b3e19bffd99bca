/** @file What can go wrong, and what to do. */
import type { Setting } from "./question.js";

export interface LimitWarning {
  readonly id: "no-wide-limit" | "adam" | "momentum" | "standard-scheme" | "steps-too-long" | "steps-near-the-edge" | "heads-collapse" | "blocks-do-not-learn" | "few-heads" | "attention-late" | "saddles" | "between-the-ends";
  readonly label: string;
  readonly because: string;
  readonly remedy: string;
}

/** Fewer heads than this and 1/H is no small number. */
const FEW_HEADS = 8;

/** All that the setting gives reason for, the gravest first. */
export function warningsFor(setting: Setting): readonly LimitWarning[] {
  return [...sizes(setting), ...steps(setting), ...learning(setting)];
}

function sizes({ alphaA, scheme, trained, trainsBelow, H }: Setting): LimitWarning[] {
  const out: LimitWarning[] = [];
  // In the NTK scheme values and output projection do not align as heads get wider, and the kernel has its limit.
  if (alphaA < 1 && trainsBelow && scheme !== "ntk") {
    out.push({
      id: "no-wide-limit",
      label: "No limit of wide heads in training",
      because: `Once values and output projection have aligned, the gradient that queries and keys send to the layer below has entries of variance ${powerOfN(2 - 2 * alphaA)}: at fixed steps the logits move further the wider the heads, until attention saturates or training diverges.`,
      remedy: "Use alphaA = 1 where N grows. With alphaA = 1/2 keep N fixed and let H grow, or freeze what lies below the attention.",
    });
  }
  if (alphaA === 0.5 && H !== "infinite" && H < FEW_HEADS) {
    out.push({
      id: "few-heads",
      label: "Few heads at alphaA = 1/2",
      because: `Heads begin with random attention, so kernels vary from seed to seed by 1/H = ${trim(1 / H)} of their square however wide the heads are.`,
      remedy: "Compare distributions over seeds, not a mean; or raise H; or use alphaA = 1, where the spread is 1/(N H).",
    });
  }
  if (alphaA > 0.5 && alphaA < 1) {
    out.push({
      id: "between-the-ends",
      label: "A power between 1/2 and 1",
      because: `Logits at initialisation have variance ${powerOfN(1 - 2 * alphaA)}: they vanish with N, but slowly, so that finite N is far from either limit.`,
      remedy: "Compare along N with that power; for the limits themselves take 1/2 or 1.",
    });
  }
  if (alphaA === 1 && trained.includes("query")) {
    out.push({
      id: "heads-collapse",
      label: "Heads are alike in the limit",
      because: "At alphaA = 1 wide heads begin with uniform attention and follow one path: more heads do what one does. What tells heads apart at finite N has variance 1/N.",
      remedy: "For heads that differ, keep N fixed and let H grow, or use alphaA = 1/2 with what lies below frozen.",
    });
  }
  return out;
}

function steps({ trained, rule, scheme, eta0, largestEigenvalue }: Setting): LimitWarning[] {
  if (trained.length === 0) return [];
  const out: LimitWarning[] = [];
  if (rule === "adam") {
    out.push({
      id: "adam",
      label: "Adam has no theory here",
      because: "Its step divides by the size of the gradient: rates scale as (N H)^-1/2 instead of N H, and the limit has equations of its own that nobody has solved for attention.",
      remedy: "The scaling of rates and multipliers is known, so runs at several sizes can be compared with each other; for a theory beside them train by gradient descent.",
    });
  }
  if (rule === "momentum") {
    out.push({ id: "momentum", label: "Momentum is not in the solvers", because: "The equations here are those of plain gradient descent; momentum adds a memory.", remedy: "Train without momentum for a comparison; towards short steps eta0/(1 - momentum) is the plain rate." });
  }
  if (scheme === "standard") {
    out.push({
      id: "standard-scheme",
      label: "Standard parameterisation",
      because: "Its largest stable rate falls as 1/n while the embedding wants a rate of order one: no rate suits every width, and at stable ones features stop moving as n grows.",
      remedy: "Use the mean-field scheme, whose rates transfer from size to size, or the NTK scheme for the kernel regime.",
    });
  }
  if (eta0 !== undefined && largestEigenvalue !== undefined) {
    const edge = eta0 * largestEigenvalue;
    const figure = `eta0 times the largest eigenvalue of the tangent kernel over P is ${trim(edge)}`;
    if (edge >= 2) out.push({ id: "steps-too-long", label: "Steps too long", because: `${figure}: at 2 and above gradient descent in the kernel regime diverges.`, remedy: `Take eta0 below ${trim(1 / largestEigenvalue)}.` });
    else if (edge >= 1) {
      out.push({ id: "steps-near-the-edge", label: "Steps near the edge", because: `${figure}: the limit converges below 2, but rare seeds of a finite network meet a larger eigenvalue and diverge.`, remedy: "Count diverged runs, compare medians, or take half the rate." });
    }
  }
  return out;
}

function learning({ trained, alphaL, model, L }: Setting): LimitWarning[] {
  if (trained.length === 0) return [];
  const out: LimitWarning[] = [];
  if (model === "residual" && alphaL < 1 && L !== 1) {
    out.push({
      id: "blocks-do-not-learn",
      label: "Blocks hardly learn in deep networks",
      because: `With branches at L^-${trim(alphaL)} what happens inside a block moves by L^${trim(alphaL - 1)} and its logits by L^${trim(2 * alphaL - 2)}; the residual stream learns at order one all the same.`,
      remedy: "For attention that learns at every depth take alphaL = 1.",
    });
  }
  if (trained.includes("query") && trained.includes("value")) {
    out.push({
      id: "attention-late",
      label: "Attention learns after the values",
      because: "At initialisation values and what reads them are independent, so the gradient of the logits is of order N^-1/2; it becomes of order one when they have aligned.",
      remedy: "Do not judge by the first steps. With small gamma0 attention stays where it was.",
    });
  }
  out.push({
    id: "saddles",
    label: "Mean field has a horizon near saddles",
    because: "Where the limit passes a saddle, differences between networks grow as exp(lambda t) and the limit is followed only to about log(n)/(2 lambda): after it the mean over seeds is no typical run.",
    remedy: "Look at medians and at the shape of the distribution over seeds; `trainingHorizon` tells the step from the predicted noise.",
  });
  return out;
}

function trim(value: number): string {
  return String(Math.round(value * 1e4) / 1e4);
}

function powerOfN(power: number): string {
  return power === 1 ? "N" : `N^${trim(power)}`;
}
