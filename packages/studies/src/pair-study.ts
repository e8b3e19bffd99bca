/** @file The study that any pair gets without writing one: every theory, every observable, along its first axis. */
import { ContractError, type Axis, type Pair, type Parameters, type ParameterSchema, type Size } from "@mesoscope/contracts";
import { compare, geometricSizes, planSimulation, toVerdicts, type Comparison, type Design } from "@mesoscope/finite-size";
import { equations } from "./equations.js";
import { deviationAgainstSize, meanAgainstSize, seriesAtLargestSize, type Titled } from "./findings/comparison-figures.js";
import { comparisonTable } from "./findings/comparison-table.js";
import { parameterEntries } from "./findings/parameter-entries.js";
import type { Findings, Study, StudyRequest } from "./study.js";

/** What a study file may say about the design. */
export interface PairDesign {
  readonly sizes?: readonly number[];
  readonly replicas?: number;
}

const LEVEL = 0.05;
const CONFIDENCE = 0.95;
const REPLICAS_PER_CELL = 256;

/**
 * A study of one pair: sizes along its first axis, the other axes at their least size.
 * @throws ContractError if the pair names a parameter like one of the design's
 */
export function studyOfPair(pair: Pair, design: PairDesign = {}): Study {
  const parameters = withDesign(pair);
  const least = pair.axes[0]!;
  const chosen = { ...(design.sizes === undefined ? {} : { sizes: design.sizes }), ...(design.replicas === undefined ? {} : { replicas: design.replicas }) };
  return {
    id: pair.id,
    title: pair.title,
    question: `From which ${least.symbol} on (${least.meaning}) do the theories of this pair hold?`,
    parameters,
    levels: {
      quick: { ...defaultsOf(pair), sizes: sizesOf(least, 4), replicas: 200, tolerance: 0.1, ...chosen },
      default: { ...defaultsOf(pair), sizes: sizesOf(least, 6), replicas: 1000, tolerance: 0.05, ...chosen },
      full: { ...defaultsOf(pair), sizes: sizesOf(least, 8), replicas: 10_000, tolerance: 0.02, ...chosen },
    },
    plan: ({ parameters: given, seed }) => {
      const { own, design: line } = splitParameters(pair, given);
      return planSimulation(pair, own, line, seed);
    },
    run: (request) => runPair(pair, parameters, request),
  };
}

function withDesign(pair: Pair): ParameterSchema {
  const own: ParameterSchema["properties"] = {
    sizes: { type: "array", symbol: pair.axes[0]!.symbol, description: "sizes to compare at", unit: "1", items: { type: "integer", minimum: 1 }, minItems: 1 },
    replicas: { type: "integer", symbol: "R", description: "replicas at each size", unit: "1", minimum: 2 },
    tolerance: { type: "number", symbol: "ε", description: "deviation that does not matter, as a share of the prediction", unit: "1", exclusiveMinimum: 0, exclusiveMaximum: 1 },
  };
  for (const name of Object.keys(own)) {
    if (!Object.hasOwn(pair.parameters.properties, name)) continue;
    throw new ContractError({ where: `pair "${pair.id}"`, found: `it has a parameter "${name}"`, rule: `${Object.keys(own).join(", ")} belong to the design of the study`, remedy: "Rename the parameter." });
  }
  return { ...pair.parameters, properties: { ...pair.parameters.properties, ...own } };
}

function defaultsOf(pair: Pair): Parameters {
  return Object.fromEntries(Object.entries(pair.parameters.properties).flatMap(([name, property]) => (property.default === undefined ? [] : [[name, property.default]])));
}

/** Doublings from 16, or from the least size if that is larger, rounded up to what divides. */
function sizesOf({ least, divisibleBy = 1 }: Axis, count: number): readonly number[] {
  const from = Math.ceil(Math.max(16, least) / divisibleBy) * divisibleBy;
  return geometricSizes(from, from * 2 ** (count - 1));
}

/** What belongs to the pair, and what to the design of its study. */
function splitParameters(pair: Pair, given: Parameters): { readonly own: Parameters; readonly design: Design; readonly tolerance: number } {
  const { sizes, replicas, tolerance, ...own } = given as Parameters & { sizes: readonly number[]; replicas: number; tolerance: number };
  const [axis, ...others] = pair.axes;
  const fixed: Size = Object.fromEntries(others.map(({ name, least }) => [name, least]));
  return { own, tolerance, design: { axis: axis!.name, sizes, fixed, replicas, block: Math.min(REPLICAS_PER_CELL, replicas) } };
}

async function runPair(pair: Pair, schema: ParameterSchema, request: StudyRequest): Promise<Findings> {
  const { own, design, tolerance } = splitParameters(pair, request.parameters);
  const comparison = await compare(
    pair,
    own,
    design,
    {
      seed: request.seed,
      tolerance: { relative: tolerance, spread: tolerance },
      level: LEVEL,
      confidence: CONFIDENCE,
      runCells: request.runCells,
      context: request.context,
    },
  );
  const verdicts = toVerdicts(comparison);
  const panels: readonly Titled[] = [{ title: pair.title, comparison }];
  return {
    narrative: { headline: headlineOf(comparison), paragraphs: comparison.statements.filter(({ judged }) => judged).map((statement) => `${statement.theory.title}, ${statement.quantity} of ${meaningOf(comparison, statement.observable)}: ${statement.outcome}. ${statement.because.replace(/\.?$/, ".")}`) },
    parameters: parameterEntries(schema, request.parameters),
    verdicts,
    tables: [comparisonTable("comparison", "Every theory at every size", panels)],
    figures: figuresOf(comparison, panels),
    equations: [...pair.equations, ...equations("tost", "exponent-fit", "n-star")],
    outcomes: comparison.tally,
    references: [],
  };
}

/** One clause for each theory: what holds from where, and what does not. */
function headlineOf(comparison: Comparison): string {
  const theories = [...new Set(comparison.statements.map(({ theory }) => theory.title))];
  const clauses = theories.map((title) => {
    const own = comparison.statements.filter(({ theory, judged }) => judged && theory.title === title);
    const holding = own.filter(({ outcome }) => outcome === "holds");
    if (own.length > 0 && holding.length === own.length) return `${title} holds from ${comparison.axis.symbol} = ${Math.max(...own.map(({ certifiedFrom = 0 }) => certifiedFrom))} on`;
    const failing = own.filter(({ outcome }) => outcome === "fails").map(({ observable, quantity }) => `${quantity} of ${meaningOf(comparison, observable)}`);
    if (failing.length > 0) return `${title} fails for the ${failing.join(", ")}`;
    return `${title} is undecided`;
  });
  const sentence = `${clauses.join("; ")}.`;
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

function meaningOf({ observables }: Comparison, id: string): string {
  return observables.find((observable) => observable.id === id)?.meaning ?? id;
}

function figuresOf(comparison: Comparison, panels: readonly Titled[]): Findings["figures"] {
  return comparison.observables.flatMap((observable) => {
    const statements = comparison.statements.filter((statement) => statement.observable === observable.id);
    if (statements.length === 0) return [];
    const finding = statements.filter(({ judged }) => judged).map(({ theory, quantity, because }) => `${theory.title}, ${quantity}: ${because.replace(/\.?$/, ".")}`).join(" ");
    const words = { id: `observable-${slug(observable.id)}`, title: observable.meaning, finding };
    if (observable.grid !== undefined) return [seriesAtLargestSize(words, observable.id, panels)];
    const own = (it: Comparison): Comparison["statements"] => it.statements.filter((statement) => statement.observable === observable.id && statement.quantity !== "law");
    return [
      meanAgainstSize(words, observable.id, panels),
      deviationAgainstSize({ id: `deviation-${slug(observable.id)}`, title: `${observable.meaning}: deviation from each theory`, finding }, own, panels),
    ];
  });
}

function slug(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, "-").slice(0, 50).replace(/^-+|-+$/g, "");
}
