import { z } from "zod";
import type { Equation } from "../pair/pair.js";
import type { Figure, Layer } from "./figure.js";
import type { MesoscopeRecord, OutcomeTally, ParameterEntry, Reference, Table, Verdict } from "./record.js";

const text = z.string();
/** zod refuses NaN and infinities here, which JSON could not carry anyway. */
const number = z.number();
const numbers = z.array(number);
const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "lower-case letters, digits and single hyphens").max(64);
const source = z.enum(["theory", "simulation", "reference"]);
const axis = z.strictObject({ symbol: text, meaning: text, unit: text, scale: z.enum(["linear", "log"]) });
const common = { label: text, source };

const layer: z.ZodType<Layer> = z.discriminatedUnion("role", [
  z.strictObject({ role: z.literal("curve"), ...common, x: numbers, y: numbers, error: numbers.exactOptional() }).refine(sameLengths("x", "y"), "x and y differ in length"),
  z.strictObject({ role: z.literal("band"), ...common, x: numbers, lower: numbers, upper: numbers }).refine(sameLengths("x", "lower", "upper"), "x, lower and upper differ in length"),
  z
    .strictObject({ role: z.literal("points"), ...common, x: numbers, y: numbers, lower: numbers, upper: numbers, confidence: number.gt(0).lt(1) })
    .refine(sameLengths("x", "y", "lower", "upper"), "x, y, lower and upper differ in length"),
  z.strictObject({ role: z.literal("cloud"), ...common, x: numbers, y: numbers }).refine(sameLengths("x", "y"), "x and y differ in length"),
  z
    .strictObject({ role: z.literal("heat-map"), ...common, x: numbers, y: numbers, values: numbers, colour: axis })
    .refine((map) => map.values.length === map.x.length * map.y.length, "values is not (y.length, x.length)"),
  z
    .strictObject({ role: z.literal("law"), ...common, edges: numbers, density: numbers })
    .refine((law) => law.edges.length === law.density.length + 1, "edges has not one entry more than density"),
  z.strictObject({ role: z.literal("phase-portrait"), ...common, orbits: z.array(z.strictObject({ x: numbers, y: numbers })) }),
  z.strictObject({ role: z.literal("spectrum"), ...common, frequency: numbers, power: numbers }).refine(sameLengths("frequency", "power"), "frequency and power differ in length"),
  z.strictObject({ role: z.literal("frames"), ...common, frames: z.array(z.strictObject({ time: number, x: numbers, y: numbers })) }),
  z.strictObject({ role: z.literal("mark"), label: text, at: number, across: z.enum(["x", "y"]) }),
]);

const figure: z.ZodType<Figure> = z.strictObject({
  id: slug,
  title: text,
  finding: text,
  x: axis,
  y: axis,
  panels: z.array(z.strictObject({ title: text, layers: z.array(layer) })).min(1),
});

const verdict: z.ZodType<Verdict> = z
  .strictObject({
    id: slug,
    subject: text,
    outcome: z.enum(["holds", "fails", "undecided"]),
    rule: text,
    value: number.exactOptional(),
    interval: z.tuple([number, number]).exactOptional(),
    confidence: number.gt(0).lt(1).exactOptional(),
    unit: text.exactOptional(),
    at: text.exactOptional(),
    because: text,
    reason: z
      .enum(["amplification", "selection", "symmetry-breaking", "escape", "saturation", "no-limit", "numerical", "finite-size", "unexplained"])
      .exactOptional(),
  })
  .refine((it) => it.outcome !== "fails" || it.reason !== undefined, "a verdict that fails names its reason");

const parameter: z.ZodType<ParameterEntry> = z.strictObject({
  name: text,
  symbol: text,
  meaning: text,
  unit: text,
  value: z.union([number, text, z.boolean(), numbers]),
});

const table: z.ZodType<Table> = z
  .strictObject({
    id: slug,
    title: text,
    columns: z.array(z.strictObject({ id: text, title: text })).min(1),
    rows: z.array(z.array(z.union([number, text, z.null()]))),
  })
  .refine((it) => it.rows.every((row) => row.length === it.columns.length), "a row has not one cell per column");

const outcomes: z.ZodType<OutcomeTally> = z.strictObject({
  completed: number,
  diverged: number,
  censored: number,
  notes: z.array(z.strictObject({ where: text, count: number, message: text })),
});

const equation: z.ZodType<Equation> = z.strictObject({ label: text, tex: text, meaning: text, source: text.exactOptional() });
const reference: z.ZodType<Reference> = z.strictObject({ authors: text, title: text, year: number, identifier: text });

/** The shape of a record of the present version; strict, so that what nobody reads is not written. */
export const recordSchema: z.ZodType<MesoscopeRecord> = z.strictObject({
  recordVersion: z.literal(1),
  id: slug,
  title: text,
  question: text,
  narrative: z.strictObject({ headline: text, paragraphs: z.array(text) }),
  level: text,
  seed: text,
  parameters: z.array(parameter),
  verdicts: z.array(verdict).check(distinctIds),
  tables: z.array(table).check(distinctIds),
  figures: z.array(figure).check(distinctIds),
  equations: z.array(equation),
  outcomes,
  reproduce: z.strictObject({ command: text }),
  versions: z.record(text, text),
  backend: z.strictObject({ id: text, deterministic: z.boolean() }),
  references: z.array(reference),
  hash: z.string().regex(/^[0-9a-f]{64}$/, "64 hexadecimal digits"),
});

/** Ids name anchors of a page and are how two records are compared: a second of the same kind would hide behind the first. */
function distinctIds({ value, issues }: z.core.ParsePayload<readonly { readonly id: string }[]>): void {
  const seen = new Set<string>();
  value.forEach(({ id }, at) => {
    if (seen.has(id)) issues.push({ code: "custom", input: value, path: [at, "id"], message: `the id "${id}" is used twice` });
    seen.add(id);
  });
}

function sameLengths(...members: readonly string[]): (layer: object) => boolean {
  return (candidate) => {
    const lengths = members.map((member) => (candidate as Record<string, readonly number[]>)[member]?.length);
    return lengths.every((length) => length === lengths[0]);
  };
}
