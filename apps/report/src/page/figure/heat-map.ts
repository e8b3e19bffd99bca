import type { FigureAxis, HeatMapLayer } from "@mesoscope/contracts";
import { scale, type RenderFunction } from "@observablehq/plot";
import { html, type Html } from "../html.js";
import { showNumber } from "../number.js";
import type { Role } from "./role.js";
import { axisLabel, hasPlace, withinReach } from "./scale.js";
import { summary } from "./series.js";

const levels = 48;

/**
 * A value at every cell of a grid, as colour in 48 steps: cells of one step become one path with runs along x joined,
 * which keeps a map of 200 x 200 cells below 100 kB.
 */
export const heatMap: Role<HeatMapLayer> = {
  extent: (layer, x, y) => ({ x: edgesAround(layer.x, x), y: edgesAround(layer.y, y) }),
  marks(layer, look) {
    const colours = colourSteps(layer);
    const xEdges = edgesAround(layer.x, look.x.axis).map((edge) => withinReach(look.x, edge));
    const yEdges = edgesAround(layer.y, look.y.axis).map((edge) => withinReach(look.y, edge));
    const render: RenderFunction = (_index, scales, _values, _dimensions, context) => {
      const group = context.document.createElementNS("http://www.w3.org/2000/svg", "g");
      group.setAttribute("shape-rendering", "crispEdges");
      const toX = (edge: number): number => scales.x!(edge) as number;
      const toY = (edge: number): number => scales.y!(edge) as number;
      stepPaths(layer, colours, xEdges.map(toX), yEdges.map(toY)).forEach((path, step) => {
        if (path === "") return;
        const element = context.document.createElementNS("http://www.w3.org/2000/svg", "path");
        element.setAttribute("d", path);
        element.setAttribute("fill", colours.steps[step]!);
        group.append(element);
      });
      return group;
    };
    return [render];
  },
  sign: () => undefined,
  data: (layer, x, y) => ({
    columns: [x.symbol, y.symbol, layer.colour.symbol],
    rows: layer.y.flatMap((yValue, i) => layer.x.map((xValue, j) => [xValue, yValue, layer.values[i * layer.x.length + j]!])),
  }),
  places: (layer) => layer.y.flatMap((y, i) => layer.x.map((x, j) => ({ x, y, row: i * layer.x.length + j }))),
  describe: (layer) => `a map of ${layer.x.length} by ${layer.y.length} cells coloured by ${axisLabel(layer.colour)}, ${summary(layer.values)}`,
};

/** The colour scale of a map as a bar with its ends named. */
export function colourBar(layer: HeatMapLayer): Html {
  const { from, to } = colourSteps(layer);
  const bars = colourBars(layer);
  return html`<div class="colour-bar"><span>${axisLabel(layer.colour)}</span> <span class="ends">${showNumber(from, 3)}
    <svg viewBox="0 0 ${levels * 4} 12" width="${levels * 3}" height="12" aria-hidden="true" focusable="false">${bars}</svg>
    ${showNumber(to, 3)}</span></div>`;
}

/** The steps of a colour scale side by side, 192 x 12 pixels. */
export function colourBars(layer: HeatMapLayer): readonly Html[] {
  return colourSteps(layer).steps.map((fill, step) => html`<rect x="${step * 4}" y="0" width="4.5" height="12" fill="${fill}"></rect>`);
}

interface ColourSteps {
  readonly steps: readonly string[];
  readonly from: number;
  readonly to: number;
  stepOf(value: number): number | undefined;
}

/** The colours of a map from the least to the largest value, and which is whose. */
export function colourSteps(layer: HeatMapLayer): ColourSteps {
  const [from, to] = colourDomain(layer.colour, layer.values);
  const isLogarithmic = layer.colour.scale === "log";
  const hasBothSigns = !isLogarithmic && from < 0 && to > 0;
  const position = scale({ x: { type: layer.colour.scale, domain: [from, to], range: [0, levels] } });
  const colour = scale({ color: { type: "linear", domain: [0, levels - 1], scheme: hasBothSigns ? "PuOr" : "viridis" } });
  return {
    from,
    to,
    steps: Array.from({ length: levels }, (_, step) => colour.apply(step) as string),
    stepOf: (value) =>
      hasPlace(layer.colour, value) ? Math.min(levels - 1, Math.max(0, Math.floor(position.apply(value) as number))) : undefined,
  };
}

/** Symmetric about zero where both signs occur, so that the middle colour is zero. */
function colourDomain(axis: FigureAxis, values: readonly number[]): readonly [number, number] {
  const shown = values.filter((value) => hasPlace(axis, value));
  if (shown.length === 0) return axis.scale === "log" ? [1, 10] : [0, 1];
  const least = shown.reduce((a, b) => Math.min(a, b));
  const most = shown.reduce((a, b) => Math.max(a, b));
  if (axis.scale === "linear" && least < 0 && most > 0) {
    const reach = Math.max(-least, most);
    return [-reach, reach];
  }
  if (least < most) return [least, most];
  return axis.scale === "log" ? [least / 2, least * 2] : [least - 0.5, least + 0.5];
}

function stepPaths(layer: HeatMapLayer, colours: ColourSteps, x: readonly number[], y: readonly number[]): readonly string[] {
  const paths = Array.from({ length: levels }, () => "");
  const columns = layer.x.length;
  for (let i = 0; i < layer.y.length; i++) {
    let j = 0;
    while (j < columns) {
      const step = colours.stepOf(layer.values[i * columns + j]!);
      let end = j + 1;
      while (end < columns && colours.stepOf(layer.values[i * columns + end]!) === step) end++;
      if (step !== undefined) paths[step]! += `M${x[j]!.toFixed(1)},${y[i]!.toFixed(1)}H${x[end]!.toFixed(1)}V${y[i + 1]!.toFixed(1)}H${x[j]!.toFixed(1)}Z`;
      j = end;
    }
  }
  return paths;
}

/** Cell borders half-way between the centres, as the eye sees it: on a logarithmic axis half-way in ratio. The outer cells are as wide as their neighbours. */
function edgesAround(centres: readonly number[], axis: FigureAxis): readonly number[] {
  const [first, last] = [centres[0], centres.at(-1)];
  if (first === undefined || last === undefined) return [];
  const isLogarithmic = axis.scale === "log";
  if (centres.length === 1) return isLogarithmic ? [first / 2, first * 2] : [first - halfOfOne(first), first + halfOfOne(first)];
  const between = centres.slice(1).map((centre, i) => (isLogarithmic ? middleOnLog(centres[i]!, centre) : centre / 2 + centres[i]! / 2));
  const [second, lastButOne] = [between[0]!, between.at(-1)!];
  return isLogarithmic
    ? [first > 0 ? first * (first / second) : 0, ...between, last > 0 ? last * (last / lastButOne) : 0]
    : [first - (second - first), ...between, last + (last - lastButOne)];
}

/** Half the width of a cell without neighbours. */
function halfOfOne(centre: number): number {
  return Math.max(0.5, Math.abs(centre) / 1000);
}

/** The border of two cells on a logarithmic axis; a centre at or below zero has no cell there, and its neighbour reaches down by half. */
function middleOnLog(a: number, b: number): number {
  if (a > 0 && b > 0) return Math.sqrt(a) * Math.sqrt(b);
  return Math.max(0, a, b) / 2;
}
