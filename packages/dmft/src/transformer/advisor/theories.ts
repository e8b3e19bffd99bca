/** @file Which theories there are, where each applies, and what error sizes bring. */
import { shiftOfHeads, shiftOfWidth, spread, spreadOfHeads, stepsOfDepth } from "./errors.js";
import type { ErrorTerm } from "./errors.js";
import type { Setting } from "./question.js";

export interface TheoryAdvice {
  readonly id: "kernels-at-initialisation" | "depth-equation" | "tangent-kernel" | "head-map" | "head-map-limit" | "one-block" | "nonlinear-block" | "residual";
  readonly label: string;
  /** `yes`; `no`: it is another problem's theory; `not-here`: the theory is known, this package does not solve it yet. */
  readonly applies: "yes" | "no" | "not-here";
  /** Why, in a sentence; with what to change where it does not apply. */
  readonly reason: string;
  /** Function of this package that solves it; null where there is none. */
  readonly solver: string | null;
  readonly equations: readonly string[];
  readonly errors: readonly ErrorTerm[];
}

const unknown = "of order one, not known in closed form: measure it along one axis of sizes";

/** Every theory with its verdict on the question, those that apply first. */
export function theoriesFor(setting: Setting): readonly TheoryAdvice[] {
  const all = [atInitialisation(setting), depthEquation(setting), tangentKernel(setting), headMap(setting), headMapLimit(setting), oneBlock(setting), nonlinearBlock(setting), residual(setting)];
  const rank = { yes: 0, "not-here": 1, no: 2 };
  return all.map((advice, i) => ({ advice, i })).sort((a, b) => rank[a.advice.applies] - rank[b.advice.applies] || a.i - b.i).map(({ advice }) => advice);
}

function atInitialisation(setting: Setting): TheoryAdvice {
  const { trained } = setting;
  const how = trained.length === 0 ? "Nothing is trained: kernels of an untrained network are deterministic in the limit." : "It holds before the first step: afterwards the kernels move.";
  return {
    id: "kernels-at-initialisation",
    label: "Kernels at initialisation, through depth",
    applies: trained.length === 0 ? "yes" : "no",
    reason: how,
    solver: "forwardKernels",
    equations: ["attention-heads", "attention-depth"],
    errors: [spread(setting, "exact for one block; through depth by the cumulant recursion or the chain of kernels"), shiftOfWidth(setting, "closed form at alphaA = 1, quadrature at 1/2")],
  };
}

function depthEquation(setting: Setting): TheoryAdvice {
  const { trained, model, L, alphaL } = setting;
  const deep = model === "residual" && (L === "infinite" || L > 1);
  return {
    id: "depth-equation",
    label: "Kernel equation in continuous depth",
    applies: deep && trained.length === 0 && alphaL === 0.5 ? "yes" : "no",
    reason: !deep
      ? "There is one layer."
      : trained.length > 0
        ? "It describes the network at initialisation."
        : alphaL === 0.5
          ? "Branches at L^-1/2 add up like noise: kernels follow an ordinary differential equation in depth."
          : "Above alphaL = 1/2 kernels at initialisation do not move with depth in the limit: they stay those of the embedding.",
    solver: "depthFlow",
    equations: ["attention-depth-flow"],
    errors: [stepsOfDepth(setting), spread(setting, unknown)],
  };
}

function tangentKernel(setting: Setting): TheoryAdvice {
  const { rule, gamma0, scheme } = setting;
  const outside = outsideLazy(setting);
  const unsolved = outside === null ? unsolvedLazy(setting) : null;
  const order = gamma0 === undefined || scheme === "ntk" ? "" : `, up to terms of order gamma0^2 = ${gamma0 * gamma0} of the limit, gamma0 of a single network`;
  const momentum = rule === "momentum" ? " Momentum changes the steps, not the kernel." : "";
  return {
    id: "tangent-kernel",
    label: "Gradient descent in the tangent kernel (lazy training)",
    applies: outside !== null ? "no" : unsolved !== null ? "not-here" : "yes",
    reason: outside ?? unsolved ?? `Kernels hardly move: training is gradient descent in the tangent kernel of what is trained${order}.${momentum}`,
    solver: outside === null && unsolved === null ? "tangentKernel" : null,
    equations: ["attention-tangent", "kernel-descent"],
    errors: [spread(setting, unknown), shiftOfWidth(setting, unknown)],
  };
}

function outsideLazy({ scheme, trained, rule, gamma0 }: Setting): string | null {
  if (trained.length === 0) return "Nothing is trained.";
  if (rule === "adam") return "Adam does not follow the gradient: its descent is not that of the tangent kernel.";
  if (scheme === "standard") return "The standard scheme has no kernel of order one at all widths: its groups grow differently with n. Use the NTK scheme.";
  if (scheme === "ntk" || (gamma0 !== undefined && gamma0 <= 0.05)) return null;
  return "Features move at order one: the kernel of the beginning does not tell what is learned. Towards gamma0 = 0 it would.";
}

/** Kernels that exist, and that no function of this package gives. */
function unsolvedLazy({ scheme, alphaA, architecture: { outputProjection, siteNonlinearity } }: Setting): string | null {
  const measure = "Record the tangent kernel of finite networks, and average it.";
  if (siteNonlinearity !== "none") return `The kernel behind a pointwise function before pooling is not solved by this package. ${measure}`;
  if (!outputProjection) return `The kernel of heads without an output projection is not solved by this package. ${measure} The closed map of the heads follows their training at every gamma0.`;
  if (scheme === "ntk" && alphaA !== 0.5) return `In the NTK scheme this package solves the kernel at alphaA = 1/2; above it keys and queries enter at order N^(1 - 2 alphaA) only. ${measure}`;
  return null;
}

/** What all theories of training here ask for. */
function outsideTraining({ trained, rule, scheme }: Setting): string | null {
  if (trained.length === 0) return "Nothing is trained.";
  if (rule === "adam") return "The equations are those of gradient descent; Adam's limit has other ones.";
  if (rule === "momentum") return "The equations are those of plain gradient descent, without momentum.";
  if (scheme !== "mean-field") return `In the "${scheme}" scheme features do not move at order one with steps that suit every size: use the mean-field scheme.`;
  return null;
}

/** The same, and that the whole block learns and nothing below it. */
function outsideBlock(setting: Setting): string | null {
  return outsideTraining(setting) ?? (setting.trainsBlockAlone ? null : "It is for a block whose every matrix is trained, on tokens or an embedding that are not.");
}

function headMap(setting: Setting): TheoryAdvice {
  const { model, N, H, architecture } = setting;
  const outside = model !== "heads" ? "It is for softmax heads that are read out directly." : outsideBlock(setting);
  const finite = N !== "infinite" && H !== "infinite";
  const onTokens = architecture.readIn === "identity";
  return {
    id: "head-map",
    label: "Closed map of the heads: exact at every N and H",
    applies: outside === null && finite && onTokens ? "yes" : "no",
    reason: outside ?? (!onTokens ? "It is for heads that read the tokens themselves: a drawn embedding is one more source of noise." : finite ? "Gradient descent closes on six small matrices a head: no approximation at any size." : "It follows a network of given size; for a limit ask the limit of the map."),
    solver: "headMapReplicas",
    equations: ["head-map"],
    errors: [],
  };
}

function headMapLimit(setting: Setting): TheoryAdvice {
  const { alphaA, model } = setting;
  const outside = model !== "heads" ? "It is for softmax heads that are read out directly." : outsideBlock(setting);
  return {
    id: "head-map-limit",
    label: alphaA === 1 ? "Heads of infinite width: all follow one path" : "Infinitely many heads",
    applies: outside === null ? "yes" : "no",
    reason: outside ?? (alphaA === 1 ? "At alphaA = 1 wide heads begin and stay alike; their number does not matter." : "Heads are independent draws that see each other through the errors alone."),
    solver: "headMapLimit",
    equations: ["head-map", "head-noise", "wide-noise"],
    errors:
      alphaA === 1
        ? [spread(setting, "wideFluctuations"), shiftOfWidth(setting, unknown)]
        : [spreadOfHeads(setting, "headFluctuations, which knows N"), shiftOfHeads(setting, "headFluctuations, which knows N")],
  };
}

function oneBlock(setting: Setting): TheoryAdvice {
  const { model, alphaA, N } = setting;
  const outside = model !== "block" ? "It is for one block of softmax attention with an output projection, read out linearly, without skip." : outsideBlock(setting);
  return {
    id: "one-block",
    label: "One attention block with responses",
    applies: outside === null ? "yes" : "no",
    reason:
      outside ??
      (alphaA === 1
        ? "Wide heads follow one path: everything is deterministic, for any number of heads."
        : `Heads are told apart by their first logits; kernels are averages over infinitely many of them, ${N === "infinite" ? "each wide" : `each of width ${N} or in the limit of wide heads`}.`),
    solver: "oneBlockLimit",
    equations: ["matrix-rule", "one-block"],
    errors:
      alphaA === 1
        ? [spread(setting, unknown), shiftOfWidth(setting, unknown)]
        : [spreadOfHeads(setting, unknown), shiftOfHeads(setting, unknown), shiftOfWidth(setting, "none left if the theory is solved at this N")],
  };
}

function nonlinearBlock(setting: Setting): TheoryAdvice {
  const outside = setting.model !== "nonlinear-block" ? "It is for one block with a pointwise function before pooling." : outsideTraining(setting);
  return {
    id: "nonlinear-block",
    label: "One block with a pointwise nonlinearity: a site process that is sampled",
    applies: outside === null ? "not-here" : "no",
    reason: outside ?? "The theory is known (a sampled site with tangent responses); this package does not solve it yet. Train finite networks and extrapolate.",
    solver: null,
    equations: ["matrix-rule"],
    errors: [spread(setting, unknown), shiftOfWidth(setting, unknown)],
  };
}

function residual(setting: Setting): TheoryAdvice {
  const { model, alphaA, H, L, trainsBelow } = setting;
  const outside = model !== "residual" ? "It is for residual blocks that are trained through depth." : outsideTraining(setting);
  const none = outside === null && alphaA < 1 && trainsBelow;
  return {
    id: "residual",
    label: "Residual attention network, everything trained",
    applies: outside !== null || none ? "no" : "not-here",
    reason:
      outside ??
      (none
        ? `Below alphaA = 1 there is no limit of wide heads here: layers under attention receive gradients that grow with N. Take alphaA = 1, or keep N and let H${H === "infinite" ? "" : ` = ${H}`} grow.`
        : "The theory is known (every field linear in its sources, kernels and responses of all layers); this package does not solve it yet. Train finite networks and extrapolate in 1/N."),
    solver: null,
    equations: ["matrix-rule"],
    errors: none ? [] : [spread(setting, unknown), shiftOfWidth(setting, unknown), ...(L === 1 ? [] : [stepsOfDepth(setting)])],
  };
}
