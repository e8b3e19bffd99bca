/** @file One figure for each role: what the gallery in docs shows and what the snapshots hold. Made of formulas, so that anyone can make them again. */
import type { Figure, FigureAxis, Layer } from "@mesoscope/contracts";

/** A role's place in the gallery. */
export interface Entry {
  /** When to choose it, in one sentence. */
  readonly use: string;
  readonly figure: Figure;
}

const axis = (symbol: string, meaning: string, unit = "1", scale: FigureAxis["scale"] = "linear"): FigureAxis => ({ symbol, meaning, unit, scale });
const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
const n = axis("n", "number of tokens", "1", "log");
const t = axis("t", "time", "depth");
const sizes = [64, 128, 256, 512, 1024, 2048];

function figure(id: string, title: string, finding: string, x: FigureAxis, y: FigureAxis, ...layers: readonly Layer[]): Figure {
  return { id, title, finding, x, y, panels: [{ title: "", layers }] };
}

/** The corrected theory 1 + a/n of a ratio whose limit is 1. */
const corrected = (size: number): number => 1 + 12 / size;
/** A fixed scatter in place of chance: multiples of the golden ratio. */
const scatter = (i: number): number => ((i * 0.6180339887498949) % 1) - 0.5;
/** Another, of the square root of two. */
const other = (i: number): number => ((i * 0.4142135623730951) % 1) - 0.5;
const grid = range(61).map((i) => i / 10);
const decay = (time: number): number => Math.exp(-time / 2) * Math.cos(2 * time);

export const entries: Readonly<Record<Layer["role"], Entry>> = {
  curve: {
    use: "a theory as a line over a parameter or over time; what its own numerics may be wrong by is a tint around it",
    figure: figure("curve", "A theory with its numerical error", "The order parameter swings and dies out; the error of the solver grows with time.", t, axis("R", "order parameter"), {
      role: "curve", label: "mean-field equation", source: "theory", x: grid, y: grid.map(decay), error: grid.map((time) => 0.002 * time * time),
    }),
  },
  band: {
    use: "what a theory predicts of fluctuation, or a tolerance, as a region",
    figure: figure("band", "Predicted fluctuation", "Two standard deviations of a single run shrink like one over the square root of n.", n, axis("R/R∞", "order parameter relative to its limit"), {
      role: "band", label: "two standard deviations", source: "theory", x: sizes, lower: sizes.map((size) => 1 - 2 / Math.sqrt(size)), upper: sizes.map((size) => 1 + 2 / Math.sqrt(size)),
    }),
  },
  points: {
    use: "what was measured, each estimate with its confidence interval",
    figure: figure("points", "Measured at six sizes", "The measured ratio comes down to 1 as n grows.", n, axis("R/R∞", "order parameter relative to its limit"), {
      role: "points", label: "mean of 400 replicas", source: "simulation", confidence: 0.95, x: sizes, y: sizes.map((size, i) => corrected(size) + scatter(i) / Math.sqrt(40 * size)),
      lower: sizes.map((size, i) => corrected(size) + (scatter(i) - 1) / Math.sqrt(40 * size)), upper: sizes.map((size, i) => corrected(size) + (scatter(i) + 1) / Math.sqrt(40 * size)),
    }),
  },
  mark: {
    use: "where something begins: the size from which on a theory holds, a horizon, a transition; it carries its own name",
    figure: figure("mark", "Where the limit begins to hold", "From n = 240 on the limit is within 5 % of the finite system.", n, axis("R/R∞", "order parameter relative to its limit"),
      { role: "curve", label: "theory with 1/n correction", source: "theory", x: sizes, y: sizes.map(corrected) },
      { role: "mark", label: "the limit holds within 5 % of the finite system, from n = 240 on", at: 240, across: "x" },
      { role: "mark", label: "5 % above the limit", at: 1.05, across: "y" }),
  },
  cloud: {
    use: "single samples, where their crowd is the message",
    figure: figure("cloud", "Samples of two overlaps", "The samples lie on a ring: the phase is free, the amplitude is not.", axis("m₁", "overlap with the first pattern"), axis("m₂", "overlap with the second pattern"), {
      role: "cloud", label: "400 replicas", source: "simulation",
      x: range(400).map((i) => (0.6 + 0.12 * other(i)) * Math.cos(2 * Math.PI * scatter(i))), y: range(400).map((i) => (0.6 + 0.12 * other(i)) * Math.sin(2 * Math.PI * scatter(i))),
    }),
  },
  "heat-map": {
    use: "one value over two parameters, or over place and time",
    figure: figure("heat-map", "A density over place and time", "Two clusters form out of a uniform density, and stay.", axis("θ", "angle", "rad"), t, {
      role: "heat-map", label: "density", source: "theory", x: range(48).map((i) => (2 * Math.PI * (i + 0.5)) / 48), y: range(30).map((i) => i / 5),
      values: range(30 * 48).map((cell) => {
        const strength = 3 * Math.tanh(Math.floor(cell / 48) / 15);
        return Math.exp(strength * Math.cos(2 * ((2 * Math.PI * ((cell % 48) + 0.5)) / 48)) - strength);
      }),
      colour: axis("ρ", "density relative to its peak"),
    }),
  },
  law: {
    use: "a whole distribution: bars for what was measured, an outline for what was predicted",
    figure: figure("law", "The law of departure times", "Departure times follow the Gumbel law that the theory predicts.", axis("T", "departure time", "depth"), axis("p", "probability density", "1/depth"),
      { role: "law", label: "4,000 replicas", source: "simulation", edges: range(25).map((i) => 2 + i / 3), density: range(24).map((i) => gumbel(2 + (i + 0.5) / 3) * (1 + 0.08 * scatter(3 * i))) },
      { role: "law", label: "Gumbel law", source: "theory", edges: range(25).map((i) => 2 + i / 3), density: range(24).map((i) => gumbel(2 + (i + 0.5) / 3)) }),
  },
  "phase-portrait": {
    use: "orbits in a plane, each from its dot on",
    figure: figure("phase-portrait", "Orbits in the plane of two overlaps", "All orbits spiral into the same cycle, from inside and from outside.", axis("m₁", "overlap with the first pattern"), axis("m₂", "overlap with the second pattern"), {
      role: "phase-portrait", label: "mean-field map", source: "theory",
      orbits: [0.05, 1.1].map((start) => {
        const radius = (i: number): number => 0.6 + (start - 0.6) * Math.exp(-i / 60);
        return { x: range(240).map((i) => radius(i) * Math.cos(i / 9)), y: range(240).map((i) => radius(i) * Math.sin(i / 9)) };
      }),
    }),
  },
  spectrum: {
    use: "power over frequency, with its peaks kept",
    figure: figure("spectrum", "Power of an overlap", "One frequency and its second harmonic stand out of the noise.", axis("f", "frequency", "1/token"), axis("P", "power", "1", "log"), {
      role: "spectrum", label: "4,096 tokens", source: "simulation", frequency: range(250).map((i) => (i + 1) / 500),
      power: range(250).map((i) => {
        const peak = (at: number, height: number): number => height / (1 + ((i + 1) / 500 - at) ** 2 / 1e-6);
        return 1e-4 * (1 + scatter(i)) + peak(0.121, 1) + peak(0.242, 0.03);
      }),
    }),
  },
  frames: {
    use: "samples that move: stills on paper, played on the page",
    figure: figure("frames", "Tokens gather", "Sixty tokens fall into two clusters.", axis("θ", "angle of a token", "rad"), axis("v", "velocity", "rad/depth"), {
      role: "frames", label: "tokens", source: "simulation",
      frames: range(7).map((step) => {
        const angles = range(60).map((i) => {
          const start = (2 * Math.PI * i) / 60;
          return start - 0.95 * Math.tanh(step / 2) ** 2 * Math.sin(2 * start);
        });
        return { time: step, x: angles, y: angles.map((angle) => -0.3 * Math.sin(2 * angle)) };
      }),
    }),
  },
};

function gumbel(time: number): number {
  const z = time - 5;
  return Math.exp(-z - Math.exp(-z));
}
