import type { ParameterProperty } from "@mesoscope/contracts";
import type { Level, Study } from "@mesoscope/studies";
import { defaultSeed } from "./job.js";
import { completeParameters } from "./parameters.js";

/** A study file in YAML to start from: every parameter with its value at the level, its meaning, unit and range as comments. */
export function studyFileText(study: Study, level: Level, file: string): string {
  const values = completeParameters(study, level, {});
  const parameters = Object.entries(study.parameters.properties).flatMap(([name, property]) => [
    `  # ${inWords(property)}`,
    Object.hasOwn(values, name) ? `  ${name}: ${JSON.stringify(values[name])}` : `  # ${name}:`,
  ]);
  return [
    `# ${study.title}. ${study.question}`,
    `# Run it with \`mesoscope run ${file}\`; \`mesoscope check ${file}\` says what is wrong with it.`,
    `study: ${study.id}`,
    "# quick, default or full. The values below are those of this level: a line that is removed follows the level again.",
    `level: ${level}`,
    "# Any text; equal seeds, equal numbers.",
    `seed: ${JSON.stringify(defaultSeed)}`,
    ...(parameters.length === 0 ? [] : ["parameters:", ...parameters]),
    "",
  ].join("\n");
}

function inWords({ symbol, description, unit, items, ...own }: ParameterProperty): string {
  const range = [...rangeOf(own), ...(items === undefined ? [] : rangeOf(items).map((rule) => `each ${rule}`))];
  return [`${symbol}: ${description}`, `unit ${unit}`, ...range].join("; ").replace(/\s+/g, " ");
}

type Range = Pick<ParameterProperty, "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "enum">;

function rangeOf({ minimum, exclusiveMinimum, maximum, exclusiveMaximum, enum: choices }: Range): readonly string[] {
  const bound = (sign: string, value: number | undefined): readonly string[] => (value === undefined ? [] : [`${sign} ${value}`]);
  const bounds = [...bound(">=", minimum), ...bound(">", exclusiveMinimum), ...bound("<=", maximum), ...bound("<", exclusiveMaximum)];
  return [...(bounds.length === 0 ? [] : [bounds.join(" and ")]), ...(choices === undefined ? [] : [`one of ${choices.join(", ")}`])];
}
