import type { RecordBody } from "../../src/index.js";

/** A record that uses every role of the figure grammar once. Frozen as fixtures/record-v1.json: never change it. */
export const exampleBody: RecordBody = {
  recordVersion: 1,
  id: "frozen-example",
  title: "A frozen example",
  question: "Can a record of version 1 still be read?",
  narrative: { headline: "Yes, for ever.", paragraphs: ["Text may hold </script>, \u2028 and \u{1d6fd}."] },
  level: "quick",
  seed: "7",
  parameters: [
    { name: "beta", symbol: "β", meaning: "inverse temperature", unit: "1", value: 0.5 },
    { name: "sizes", symbol: "n", meaning: "tokens", unit: "1", value: [256, 512] },
  ],
  verdicts: [
    { id: "mean", subject: "mean", outcome: "holds", rule: "within 2 %", value: 0.001, interval: [-0.01, 0.012], confidence: 0.9, unit: "1", because: "The interval lies inside." },
    { id: "spread", subject: "spread", outcome: "fails", rule: "within 2 %", because: "It lies outside.", reason: "selection" },
    { id: "tail", subject: "tail", outcome: "undecided", rule: "within 2 %", because: "Too few replicas." },
  ],
  tables: [{ id: "times", title: "Times", columns: [{ id: "n", title: "n" }, { id: "T", title: "T" }], rows: [[256, 1.5e-7], [512, null]] }],
  figures: [
    {
      id: "every-role",
      title: "Every role",
      finding: "All ten roles are read.",
      x: { symbol: "t", meaning: "time", unit: "depth", scale: "linear" },
      y: { symbol: "y", meaning: "value", unit: "1", scale: "log" },
      panels: [
        {
          title: "one",
          layers: [
            { role: "curve", label: "limit", source: "theory", x: [0, 1], y: [1, 2], error: [0, 1e-12] },
            { role: "band", label: "spread", source: "theory", x: [0, 1], lower: [0.5, 1], upper: [1.5, 3] },
            { role: "points", label: "n = 256", source: "simulation", x: [0.5], y: [1.4], lower: [1.3], upper: [1.5], confidence: 0.95 },
            { role: "cloud", label: "replicas", source: "simulation", x: [0.1, 0.2], y: [1, 1.1] },
            { role: "mark", label: "horizon", at: 0.7, across: "x" },
          ],
        },
        {
          title: "two",
          layers: [
            { role: "heat-map", label: "density", source: "theory", x: [0, 1], y: [0], values: [0.25, 0.75], colour: { symbol: "ρ", meaning: "density", unit: "1/rad", scale: "linear" } },
            { role: "law", label: "law", source: "reference", edges: [0, 1, 2], density: [0.5, 0.5] },
            { role: "phase-portrait", label: "orbits", source: "theory", orbits: [{ x: [0, 1], y: [1, 0] }] },
            { role: "spectrum", label: "power", source: "simulation", frequency: [0, 0.5], power: [1, 0.1] },
            { role: "frames", label: "tokens", source: "simulation", frames: [{ time: 0, x: [0], y: [1] }] },
          ],
        },
      ],
    },
  ],
  equations: [{ label: "departure-law", tex: "T = \\ln N", meaning: "departure time", source: "docs/equations.md" }],
  outcomes: { completed: 3, diverged: 1, censored: 0, notes: [{ where: "n = 512", count: 1, message: "left the finite numbers at step 3" }] },
  reproduce: { command: "mesoscope run frozen-example --seed 7" },
  versions: { "@mesoscope/contracts": "0.0.0" },
  backend: { id: "reference", deterministic: true },
  references: [{ authors: "A. Author", title: "A title", year: 2024, identifier: "arXiv:0000.00000" }],
};
