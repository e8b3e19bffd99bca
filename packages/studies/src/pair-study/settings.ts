/** @file What a user may set of the study that any pair gets, and the designs that follow. */
import { ContractError, type Axis, type Pair, type Parameters, type ParameterSchema, type Size } from "@mesoscope/contracts";
import { geometricSizes, type ControlDesign, type SequentialDesign, type Tolerance, type TransitionDesign } from "@mesoscope/finite-size";
import type { Level } from "../study.js";

/** What a study file may say about the design. */
export interface PairDesign {
  readonly sizes?: readonly number[];
  readonly replicas?: number;
}

export const LEVEL = 0.05;
export const CONFIDENCE = 0.95;
const REPLICAS_PER_CELL = 256;

/** The pair's own parameters, and those of the design. */
export interface PairSettings {
  readonly own: Parameters;
  readonly tolerance: Tolerance;
  readonly design: SequentialDesign;
  /** Undefined where the user asks for no controls. */
  readonly controls: ControlDesign | undefined;
  /** The scan through each transition of the pair; undefined where it has none, or the user asks for none. */
  readonly scan: TransitionDesign | undefined;
}

/** Scaled distances at which a transition is scanned: dense where the curve bends. */
const SCALED: readonly number[] = [-1.5, -1, -0.6, -0.3, 0, 0.3, 0.6, 1, 1.5];
const FEWEST_SCANNED = 8;

const scan: ParameterSchema["properties"][string] = { type: "integer", symbol: "R_s", description: "replicas at each point of the scan through a transition; 0: no scan", unit: "1", default: 400, minimum: 0 };

/**
 * The schema of the pair with the parameters of the design.
 * @throws ContractError if the pair names a parameter like one of the design's
 */
export function schemaOf(pair: Pair): ParameterSchema {
  const own: ParameterSchema["properties"] = {
    sizes: { type: "array", symbol: pair.axes[0]!.symbol, description: "sizes to compare at", unit: "1", items: { type: "integer", minimum: 1 }, minItems: 1 },
    replicas: { type: "integer", symbol: "R", description: "replicas at each size, at the first look", unit: "1", minimum: 2 },
    looks: { type: "integer", symbol: "J", description: "looks at most: replicas double where a test is undecided", unit: "1", default: 1, minimum: 1, maximum: 20 },
    tolerance: { type: "number", symbol: "ε", description: "deviation that does not matter, as a share of the prediction", unit: "1", exclusiveMinimum: 0, exclusiveMaximum: 1 },
    absolute: { type: "number", symbol: "ε₀", description: "deviation that does not matter in any case, in the unit of the observable; 0: none", unit: "unit of the observable", default: 0, minimum: 0 },
    ...(pair.transitions === undefined ? {} : { scan }),
    controls: { type: "integer", symbol: "R_c", description: "replicas of the controls (other seeds, half the step) at the smallest size; 0: no controls", unit: "1", default: 64, minimum: 0 },
  };
  for (const name of Object.keys(own)) {
    if (!Object.hasOwn(pair.parameters.properties, name)) continue;
    throw new ContractError({ where: `pair "${pair.id}"`, found: `it has a parameter "${name}"`, rule: `${Object.keys(own).join(", ")} belong to the design of the study`, remedy: "Rename the parameter." });
  }
  return { ...pair.parameters, properties: { ...pair.parameters.properties, ...own } };
}

/** What each level costs. */
export function levelsOf(pair: Pair, design: PairDesign): Readonly<Record<Level, Parameters>> {
  const least = pair.axes[0]!;
  const chosen = { ...(design.sizes === undefined ? {} : { sizes: design.sizes }), ...(design.replicas === undefined ? {} : { replicas: design.replicas }) };
  return {
    quick: { ...defaultsOf(pair), ...scanOf(pair, 100), sizes: sizesOf(least, 4), replicas: 200, tolerance: 0.1, ...chosen },
    default: { ...defaultsOf(pair), sizes: sizesOf(least, 6), replicas: 1000, tolerance: 0.05, ...chosen },
    full: { ...defaultsOf(pair), ...scanOf(pair, 4000), sizes: sizesOf(least, 8), replicas: 10_000, tolerance: 0.02, ...chosen },
  };
}

/** Splits what was given into what belongs to the pair and what to the design: sizes along the first axis, the others at their least. */
export function settingsOf(pair: Pair, given: Parameters): PairSettings {
  const { sizes, replicas, looks, tolerance, absolute, controls, scan: scanned, ...own } = given as Parameters & {
    readonly sizes: readonly number[];
    readonly replicas: number;
    readonly looks?: number;
    readonly tolerance: number;
    readonly absolute?: number;
    readonly controls?: number;
    readonly scan?: number;
  };
  const [axis, ...others] = pair.axes;
  const fixed: Size = Object.fromEntries(others.map(({ name, least }) => [name, least]));
  // Looks end with whole cells; a single look may end with a shorter one.
  const block = (looks ?? 1) > 1 ? largestDivisor(replicas, REPLICAS_PER_CELL) : Math.min(REPLICAS_PER_CELL, replicas);
  const tried = Math.min(controls ?? 0, replicas);
  return {
    own,
    tolerance: { relative: tolerance, ...(absolute === undefined || absolute === 0 ? {} : { absolute }) },
    design: { axis: axis!.name, sizes, fixed, first: replicas, looks: looks ?? 1, block },
    scan: pair.transitions === undefined || (scanned ?? 0) < FEWEST_SCANNED || sizes.length < 2 ? undefined : { axis: axis!.name, sizes, fixed, replicas: scanned!, block: Math.min(REPLICAS_PER_CELL, scanned!), scaled: SCALED },
    controls: tried < 2 ? undefined : { axis: axis!.name, n: sizes[0]!, fixed, replicas: tried, block: Math.min(block, tried) },
  };
}

/** The longest block up to `most` of which `replicas` is a multiple, if it is not much shorter; else all replicas are one block. */
function largestDivisor(replicas: number, most: number): number {
  for (let block = Math.min(most, replicas); block >= most / 4; block--) if (replicas % block === 0) return block;
  return replicas;
}

function scanOf({ transitions }: Pair, replicas: number): Parameters {
  return transitions === undefined ? {} : { scan: replicas };
}

function defaultsOf(pair: Pair): Parameters {
  return Object.fromEntries(Object.entries(pair.parameters.properties).flatMap(([name, property]) => (property.default === undefined ? [] : [[name, property.default]])));
}

/** Doublings from 16, or from the least size if that is larger, rounded up to what divides. */
function sizesOf({ least, divisibleBy = 1 }: Axis, count: number): readonly number[] {
  const from = Math.ceil(Math.max(16, least) / divisibleBy) * divisibleBy;
  return geometricSizes(from, from * 2 ** (count - 1));
}
