import type { FigureAxis, Layer } from "@mesoscope/contracts";
import type { Markish } from "@observablehq/plot";
import type { ShownAxis } from "./scale.js";
import type { Html } from "../html.js";

/** How a layer looks among its neighbours: layers with one label have one number, hence one colour, dash and symbol. */
export interface Look {
  readonly series: number;
  readonly x: ShownAxis;
  readonly y: ShownAxis;
  /** Room for the data in pixels. */
  readonly width: number;
  readonly height: number;
  /** How many marks before this one stand so near to it that their names would lie on each other. */
  readonly neighbours?: number;
}

/** The numbers of one layer as a table. */
export interface LayerData {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (number | string)[])[];
}

/** A place in a drawing where a pointer finds a row of the layer's data. */
export interface Place {
  readonly x: number;
  readonly y: number;
  /** Which row of `data`. */
  readonly row: number;
}

/** Everything that is known about one role of the figure grammar; one file each, collected in `roles.ts`. */
export interface Role<L extends Layer> {
  /** The values which the axes must have room for. */
  extent(layer: L, x: FigureAxis, y: FigureAxis): { readonly x: readonly number[]; readonly y: readonly number[] };
  /** What is drawn, from back to front. */
  marks(layer: L, look: Look): readonly Markish[];
  /** The sign of this layer in the key, 28 x 14 pixels, or nothing if the layer names itself in the drawing. */
  sign(layer: L, series: number): Html | undefined;
  data(layer: L, x: FigureAxis, y: FigureAxis): LayerData;
  /** Where a pointer finds the rows of `data`; none for a layer that carries its own name. */
  places(layer: L): readonly Place[];
  /** One clause for those who do not see the drawing. */
  describe(layer: L): string;
}

/** A place for each row of two columns. */
export function placesAt(x: readonly number[], y: readonly number[]): readonly Place[] {
  return x.map((value, row) => ({ x: value, y: y[row] ?? Number.NaN, row }));
}

/** Class names of a series: colour by number, form by whose numbers they are. */
export function seriesClass(series: number, ...further: readonly string[]): string {
  return [`s${series % 8}`, ...(series >= 8 ? ["second-round"] : []), ...further].join(" ");
}
