import type { Figure, FigureAxis, Layer, Panel } from "@mesoscope/contracts";
import { jointConfidence } from "../findings/joint-confidence.js";
import { CONFIDENCE, type CheckedCase, type CoordinatePower } from "./cases.js";
import type { CheckParameters } from "./settings.js";
import { controlCount } from "./verdicts.js";

export function checkFigures(cases: readonly CheckedCase[], settings: CheckParameters): readonly Figure[] {
  return [powersFigure(cases, settings), ...axes.map((axis) => movementFigure(axis, cases, settings))];
}

const KINDS = { activation: "activations and outputs", kernel: "feature kernel", weights: "weights" } as const;

function powersFigure(cases: readonly CheckedCase[], { tolerance }: CheckParameters): Figure {
  const judged = cases.filter(({ isControl }) => !isControl).flatMap(({ powers }) => powers).filter(({ outcome }) => outcome !== "not-promised");
  const holding = judged.filter(({ outcome }) => outcome === "holds").length;
  const failing = judged.filter(({ outcome }) => outcome === "fails").length;
  const controls = cases.filter(({ isControl }) => isControl).map(controlCount);
  const caught = controls.reduce((sum, { fails }) => sum + fails, 0);
  const tried = controls.reduce((sum, { all }) => sum + all, 0);
  return {
    id: "powers",
    title: "Measured powers beside the promised ones",
    finding: `In the mean-field scheme ${holding} of ${judged.length} powers agree with the promise within ${tolerance} and ${failing === 0 ? "none contradicts" : `${failing} contradict`} it; in the NTK scheme ${caught} of ${tried} contradict the same promise: features freeze.`,
    x: { symbol: "i", meaning: "coordinate, by its number in the table", unit: "1", scale: "linear" },
    y: { symbol: "p − p₀", meaning: "power of the movement less the power promised by the mean-field scheme", unit: "1", scale: "linear" },
    panels: cases.map((one) => ({ title: one.title, layers: powerLayers(one, tolerance) })),
  };
}

function powerLayers(one: CheckedCase, tolerance: number): readonly Layer[] {
  const { powers } = one;
  const numbered = powers.map((power, i) => ({ power, i: i + 1, promise: meanFieldPromise(one, i) })).filter(({ promise, power }) => promise !== undefined && power.isTold);
  const confidence = jointConfidence(CONFIDENCE, powers.length);
  const points = (Object.keys(KINDS) as (keyof typeof KINDS)[]).flatMap((kind): Layer[] => {
    const own = numbered.filter(({ power }) => power.coordinate.kind === kind);
    if (own.length === 0) return [];
    return [{ role: "points", label: KINDS[kind], source: "simulation", x: own.map(({ i }) => i), y: own.map(({ power, promise }) => power.power - promise!), lower: own.map(({ power, promise }) => power.interval[0] - promise!), upper: own.map(({ power, promise }) => power.interval[1] - promise!), confidence }];
  });
  const ends = [0.5, powers.length + 0.5];
  return [{ role: "band", label: "tolerance", source: "theory", x: ends, lower: ends.map(() => -tolerance), upper: ends.map(() => tolerance) }, ...points];
}

/** The promise of the mean-field scheme, of a control too. */
function meanFieldPromise({ powers, meanField, isControl }: CheckedCase, i: number): number | undefined {
  return isControl ? meanField[i]?.power : powers[i]!.promised.power;
}

const axes = [
  { axis: "N", id: "width", meaning: "width of the head", title: "Movement along the width of heads" },
  { axis: "H", id: "heads", meaning: "number of heads", title: "Movement along the number of heads" },
  { axis: "L", id: "depth", meaning: "number of blocks", title: "Movement along the number of blocks" },
] as const;

/** Coordinates that are drawn; all are in the table. */
const DRAWN = ["logits", "values", "stream", "output", "weights-query", "weights-value"];

function movementFigure({ axis, id, meaning, title }: (typeof axes)[number], cases: readonly CheckedCase[], { steps }: CheckParameters): Figure {
  const own = cases.filter((one) => one.axis === axis);
  const y: FigureAxis = { symbol: "Δ", meaning: `root mean square movement after ${steps} steps`, unit: "1", scale: "log" };
  return {
    id: `movement-${id}`,
    title,
    finding: findingOf(own, axis),
    x: { symbol: axis, meaning, unit: "1", scale: "log" },
    y,
    panels: own.map(({ title: name, powers }): Panel => ({ title: name, layers: powers.filter(({ coordinate }) => DRAWN.includes(coordinate.id)).flatMap(movementLayers) })),
  };
}

function findingOf(own: readonly CheckedCase[], axis: string): string {
  const stream = own.map(({ title, powers }) => `${powers.find(({ coordinate }) => coordinate.id === "stream")!.power.toFixed(2)} (${title})`);
  return `The residual stream moves with the power ${stream.join(", ")} of ${axis}.`.replaceAll("-", "−").replaceAll("−0.00", "0.00");
}

function movementLayers({ coordinate: { symbol, meaning }, movement }: CoordinatePower): readonly Layer[] {
  const x = movement.map(({ n }) => n);
  return [{ role: "points", label: `${symbol}, ${meaning}`, source: "simulation", x, y: movement.map(({ value }) => value), lower: movement.map(({ interval }) => interval[0]), upper: movement.map(({ interval }) => interval[1]), confidence: CONFIDENCE }];
}
