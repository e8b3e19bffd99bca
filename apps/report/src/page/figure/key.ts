import type { Layer, Panel } from "@mesoscope/contracts";
import { html, type Html } from "../html.js";
import { showPercent } from "../number.js";
import { hasVisibleError } from "./curve.js";
import { colourBar } from "./heat-map.js";
import { roleOf } from "./roles.js";
import { shortened } from "./wrap.js";

/** Numbers the labels of a figure in the order of their first appearance: one label, one colour, in all its panels. */
export function numberSeries(panels: readonly Panel[]): (label: string) => number {
  const numbers = new Map<string, number>();
  for (const panel of panels) {
    for (const layer of panel.layers) {
      const takesColour = layer.role !== "mark" && layer.role !== "heat-map";
      if (takesColour && !numbers.has(layer.label)) numbers.set(layer.label, numbers.size);
    }
  }
  return (label) => numbers.get(label) ?? 0;
}

/** One line of a key. */
export interface KeyEntry {
  /** 28 x 14 pixels. */
  readonly sign: Html;
  readonly label: string;
  /** In parentheses, or empty. */
  readonly qualifier: string;
  /** Which layers it stands for. */
  readonly name: string;
}

/** Layers of one name share an entry of the key; a mark names itself in the drawing. */
export function nameOfLayer(layer: Layer): string {
  return layer.role === "mark" ? "" : `${layer.role}|${layer.source}|${layer.label}`;
}

/** Each sign once, with its label and whose numbers it shows. */
export function keyEntries(panels: readonly Panel[], seriesOf: (label: string) => number): readonly KeyEntry[] {
  const entries = new Map<string, KeyEntry>();
  for (const layer of panels.flatMap((panel) => panel.layers)) {
    const sign = roleOf(layer).sign(layer, seriesOf(layer.label));
    if (sign === undefined || layer.role === "mark") continue;
    const name = nameOfLayer(layer);
    entries.set(name, { sign, label: shortened(layer.label, 200), qualifier: qualifier(layer), name });
  }
  return [...entries.values()];
}

/** The key of a figure: its signs and the scales of its maps. */
export function figureKey(panels: readonly Panel[], seriesOf: (label: string) => number): Html | undefined {
  const entries = keyEntries(panels, seriesOf).map(
    (entry) => html`<li><svg class="sign" viewBox="0 0 28 14" width="28" height="14" aria-hidden="true" focusable="false">${entry.sign}</svg>
        <span>${entry.label} <small>${entry.qualifier}</small></span></li>`,
  );
  const bars = panels.flatMap((panel) => panel.layers).flatMap((layer) => (layer.role === "heat-map" ? [colourBar(layer)] : []));
  if (entries.length === 0 && bars.length === 0) return undefined;
  return html`${entries.length > 0 ? html`<ul class="key">${entries}</ul>` : undefined}${bars}`;
}

/** Whose numbers, unless the label says so itself, and what the sign stands for beyond them. */
function qualifier(layer: Exclude<Layer, { readonly role: "mark" }>): string {
  const whose = layer.label.toLowerCase().includes(layer.source) ? "" : layer.source;
  const parts = [whose, furtherMeaning(layer)].filter((part) => part !== "");
  return parts.length === 0 ? "" : `(${parts.join(", ")})`;
}

function furtherMeaning(layer: Exclude<Layer, { readonly role: "mark" }>): string {
  if (layer.role === "points") return `${showPercent(layer.confidence)} intervals`;
  if (layer.role === "curve" && hasVisibleError(layer)) return "tint: its numerical error";
  return layer.role === "band" ? "band" : "";
}
