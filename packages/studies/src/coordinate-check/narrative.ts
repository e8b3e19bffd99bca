import { formatNumber, formatWithInterval, listed } from "@mesoscope/finite-size";
import { stepsInWords } from "../findings/steps-in-words.js";
import type { Findings } from "../study.js";
import type { CheckedCase, CoordinatePower } from "./cases.js";
import type { CheckParameters } from "./settings.js";
import { controlCount } from "./verdicts.js";

export function checkNarrative(cases: readonly CheckedCase[], settings: CheckParameters): Findings["narrative"] {
  const { tolerance, steps, replicas, mlp } = settings;
  const own = cases.filter(({ isControl }) => !isControl);
  const judged = own.flatMap(({ powers }) => powers).filter(({ outcome }) => outcome !== "not-promised");
  const holding = judged.filter(({ outcome }) => outcome === "holds").length;
  const failing = own.flatMap((one) => one.powers.filter(({ outcome }) => outcome === "fails").map((power) => nameOf(one, power)));
  const open = judged.length - holding - failing.length;
  const counted = holding === judged.length ? `all ${judged.length} powers` : `${holding} of ${judged.length} powers`;
  const rest = [...(failing.length > 0 ? [`fails for ${failing.length}`] : []), ...(open > 0 ? [`is undecided for ${open}`] : [])];
  return {
    headline: [
      `That one learning rate moves a transformer alike at every width, number of heads and depth, the promise of the mean-field scaling, holds within ${formatNumber(tolerance)} for ${listed([counted, ...rest])}.`,
      ...cases.filter(({ isControl }) => isControl).map(controlInWords),
    ].join(" "),
    paragraphs: [
      [
        `The finite system: residual transformers, ${replicas} at the smallest size and fewer at larger ones, with positions, attention${mlp === "none" ? "" : ` and ${mlp} perceptrons`}, everything trained by full-batch descent.`,
        "Of each coordinate, an activation, a kernel or a group of weights, the root mean square of its change since the start is taken after the same number of steps.",
        "The limit: for each coordinate the parameterisation promises a power of each size, 0 where learning is to be the same at every size.",
        "Such a check is usually a plot judged by eye. Here each power has an interval, and passes where all of it lies within the tolerance of the promise.",
      ].join(" "),
      [...own.map(caseInWords), `Movement is that of ${stepsInWords(steps)}; a correction of relative order 1/size is always fitted.`].join(" "),
      [
        failing.length === 0 ? "No power contradicts its promise." : `What contradicts its promise: ${listed(failing)}. Either the promise is wrong there, or corrections at these sizes are larger than 1/size.`,
        open === 0 ? "None is undecided." : "Where an answer is undecided its interval reaches beyond the tolerance: seeds differ, and corrections by the smallest sizes cannot be told from the power. More networks and larger sizes tell; the level full has both.",
      ].join(" "),
      "At fixed N logits have two ways to move: at random with the stream, by N^(−1/2) at α_A = 1, and by what attention learns, of order one after some steps. Too few steps or too small a rate show the first way: a power near −1/2 along N that is no property of the limit.",
      "In depth at α_L = 1/2 the learned part of the logits falls as 1/L while the random part stays, so that no single power is promised. At α_L = 1 weights in the blocks move alike at every depth, at 1/2 by L^(−1/2).",
    ],
  };
}

function nameOf({ title }: CheckedCase, { coordinate: { symbol }, power, interval, promised }: CoordinatePower): string {
  return `${symbol} with ${title} (${formatWithInterval(power, interval)} for ${formatNumber(promised.power!)})`;
}

function caseInWords(one: CheckedCase): string {
  const judged = one.powers.filter(({ outcome }) => outcome !== "not-promised");
  const holding = judged.filter(({ outcome }) => outcome === "holds").length;
  const fails = judged.filter(({ outcome }) => outcome === "fails").length;
  const sizes = one.design.sizes;
  return `${one.title.charAt(0).toUpperCase()}${one.title.slice(1)} (${one.axis} from ${sizes[0]!} to ${sizes.at(-1)!}): ${holding} of ${judged.length} coordinates pass${fails > 0 ? `, ${fails} fail` : ""}${holding + fails < judged.length ? `, ${judged.length - holding - fails} undecided` : ""}${one.caveat === undefined ? "" : `; ${one.caveat}`}.`;
}

function controlInWords(one: CheckedCase): string {
  const { fails, all } = controlCount(one);
  const stream = one.powers.find(({ coordinate }) => coordinate.id === "stream")!;
  return `The check can fail: in the NTK scaling the residual stream moves with the power ${formatWithInterval(stream.power, stream.interval)} of N, and the same promises are contradicted by ${fails} of ${all} coordinates.`;
}
