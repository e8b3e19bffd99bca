import type { Figure, Layer } from "@mesoscope/contracts";

const longestText = 2000;

/** A figure without what no drawing has room for: of texts their first 2,000 characters. */
export function withShortTexts(figure: Figure): Figure {
  const cut = (text: string): string => text.slice(0, longestText);
  const axis = (of: Figure["x"]): Figure["x"] => ({ ...of, symbol: cut(of.symbol), meaning: cut(of.meaning), unit: cut(of.unit) });
  const layer = (of: Layer): Layer => (of.role === "heat-map" ? { ...of, label: cut(of.label), colour: axis(of.colour) } : { ...of, label: cut(of.label) });
  const panels = figure.panels.map((panel) => ({ title: cut(panel.title), layers: panel.layers.map(layer) }));
  return { ...figure, title: cut(figure.title), finding: cut(figure.finding), x: axis(figure.x), y: axis(figure.y), panels };
}
