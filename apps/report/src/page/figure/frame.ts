import type { Figure } from "@mesoscope/contracts";
import { scale } from "@observablehq/plot";
import { axisLabel, type ShownAxis } from "./scale.js";
import { wrapped } from "./wrap.js";

/** The outside measures of a drawing in pixels, before its axes' names ask for more lines. */
export interface Measure {
  readonly width: number;
  readonly height: number;
}

/** Where the data of a drawing lie, in pixels from its upper left corner, and the names of its axes in lines. */
export interface Frame extends Measure {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly xLabel: readonly string[];
  readonly yLabel: readonly string[];
}

const lineHeight = 15;
const characterWidth = 6.6;

/** The frame of a figure's drawings of one measure. */
export function frameOf(figure: Figure, measure: Measure): Frame {
  const most = Math.floor((measure.width - 20) / characterWidth);
  const xLabel = wrapped(axisLabel(figure.x), most);
  const yLabel = wrapped(axisLabel(figure.y), most);
  const height = measure.height + lineHeight * (yLabel.length + xLabel.length - 2);
  return {
    width: measure.width,
    height,
    left: 52,
    right: measure.width - 14,
    top: 16 + lineHeight * yLabel.length,
    bottom: height - (30 + lineHeight * xLabel.length),
    xLabel,
    yLabel,
  };
}

/** From values to pixels and back, on both axes of a drawing. */
export interface Projection {
  readonly toX: (value: number) => number;
  readonly toY: (value: number) => number;
  readonly xAt: (pixel: number) => number;
  readonly yAt: (pixel: number) => number;
}

/** How a drawing with these axes places values in its frame. */
export function projection(axes: { readonly x: ShownAxis; readonly y: ShownAxis }, frame: Frame): Projection {
  const along = ({ axis, domain }: ShownAxis, range: [number, number]): ReturnType<typeof scale> => scale({ x: { type: axis.scale, domain: [...domain], range } });
  const x = along(axes.x, [frame.left, frame.right]);
  const y = along(axes.y, [frame.bottom, frame.top]);
  const inverse = (of: typeof x, pixel: number): number => of.invert!(pixel) as number;
  return {
    toX: (value) => x.apply(value) as number,
    toY: (value) => y.apply(value) as number,
    xAt: (pixel) => inverse(x, pixel),
    yAt: (pixel) => inverse(y, pixel),
  };
}
