/**
 * @file The figure grammar: what a figure *says*, never how a chart library draws it.
 * A figure is one or more panels over shared axes; a panel is a stack of layers; a layer has a role.
 */

export interface FigureAxis {
  /** Plain Unicode, "T" or "γₖ". */
  readonly symbol: string;
  readonly meaning: string;
  /** "1" for a dimensionless quantity. */
  readonly unit: string;
  readonly scale: "linear" | "log";
}

/** Whose numbers a layer shows. */
export type Source = "theory" | "simulation" | "reference";

/** A line; `error` is the numerical error of y itself. */
export interface CurveLayer {
  readonly role: "curve";
  readonly label: string;
  readonly source: Source;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly error?: readonly number[];
}

/** A region between two lines: predicted fluctuation, or a tolerance. */
export interface BandLayer {
  readonly role: "band";
  readonly label: string;
  readonly source: Source;
  readonly x: readonly number[];
  readonly lower: readonly number[];
  readonly upper: readonly number[];
}

/** Estimates with their confidence intervals. */
export interface PointsLayer {
  readonly role: "points";
  readonly label: string;
  readonly source: Source;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  /** Confidence of each interval, 0.95 for 95 %. */
  readonly confidence: number;
}

/** Bare samples. */
export interface CloudLayer {
  readonly role: "cloud";
  readonly label: string;
  readonly source: Source;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** `values` is (y.length, x.length) row-major over cell centres. */
export interface HeatMapLayer {
  readonly role: "heat-map";
  readonly label: string;
  readonly source: Source;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly values: readonly number[];
  readonly colour: FigureAxis;
}

/** A distribution as densities between edges: `edges` has one entry more than `density`. */
export interface LawLayer {
  readonly role: "law";
  readonly label: string;
  readonly source: Source;
  readonly edges: readonly number[];
  readonly density: readonly number[];
}

/** Orbits in a plane. */
export interface PhasePortraitLayer {
  readonly role: "phase-portrait";
  readonly label: string;
  readonly source: Source;
  readonly orbits: readonly { readonly x: readonly number[]; readonly y: readonly number[] }[];
}

/** Power against frequency. */
export interface SpectrumLayer {
  readonly role: "spectrum";
  readonly label: string;
  readonly source: Source;
  readonly frequency: readonly number[];
  readonly power: readonly number[];
}

/** Clouds at successive times. */
export interface FramesLayer {
  readonly role: "frames";
  readonly label: string;
  readonly source: Source;
  readonly frames: readonly { readonly time: number; readonly x: readonly number[]; readonly y: readonly number[] }[];
}

/** A line at one value of x or y: where something begins, a tolerance, a transition. */
export interface MarkLayer {
  readonly role: "mark";
  readonly label: string;
  readonly at: number;
  readonly across: "x" | "y";
}

export type Layer =
  | CurveLayer
  | BandLayer
  | PointsLayer
  | CloudLayer
  | HeatMapLayer
  | LawLayer
  | PhasePortraitLayer
  | SpectrumLayer
  | FramesLayer
  | MarkLayer;

export interface Panel {
  readonly title: string;
  readonly layers: readonly Layer[];
}

export interface Figure {
  readonly id: string;
  readonly title: string;
  /** What the figure shows, in one sentence a reader can disagree with. */
  readonly finding: string;
  readonly x: FigureAxis;
  readonly y: FigureAxis;
  readonly panels: readonly Panel[];
}
