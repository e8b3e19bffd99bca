import type { Figure, Layer } from "@mesoscope/contracts";

const longestText = 2000;

/** As much of a text as a page has room for. */
export function shortText(text: string): string {
  return text.slice(0, longestText);
}

/** A figure without what no drawing has room for: of texts their first 2,000 characters. */
export function withShortTexts(figure: Figure): Figure {
  const axis = (of: Figure["x"]): Figure["x"] => ({ ...of, symbol: shortText(of.symbol), meaning: shortText(of.meaning), unit: shortText(of.unit) });
  const layer = (of: Layer): Layer => (of.role === "heat-map" ? { ...of, label: shortText(of.label), colour: axis(of.colour) } : { ...of, label: shortText(of.label) });
  const panels = figure.panels.map((panel) => ({ title: shortText(panel.title), layers: panel.layers.map(layer) }));
  return { ...figure, title: shortText(figure.title), finding: shortText(figure.finding), x: axis(figure.x), y: axis(figure.y), panels };
}
