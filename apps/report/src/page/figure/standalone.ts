import type { Figure, HeatMapLayer, Panel } from "@mesoscope/contracts";
import { html, trusted, type Html } from "../html.js";
import { showNumber } from "../number.js";
import { stills } from "./frames.js";
import { colourBars, colourSteps } from "./heat-map.js";
import { keyEntries, numberSeries } from "./key.js";
import type { Measure } from "./frame.js";
import { drawPanel, sharedAxes } from "./panel.js";
import { placelessNote } from "./placeless.js";
import { axisLabel } from "./scale.js";
import { withShortTexts } from "./short-texts.js";
import { standaloneStyle } from "./standalone-style.js";
import { shortened, wrapped } from "./wrap.js";

const margin = 20;
const gap = 24;
const characterWidth = 6.6;
const oneOf = { alone: { width: 720, height: 400 }, several: { width: 360, height: 280 } } as const;

/**
 * A figure as an SVG document that stands by itself: title, key, drawings and finding, its colours and fonts inside, on white.
 * Letters are what the reader's system has for "sans-serif"; nothing is loaded, nothing runs.
 * @param provenance where it comes from, for its description: a record and its hash
 */
export function renderStandalone(figure: Figure, provenance: string): string {
  const shown = withShortTexts(figure);
  const panels = shown.panels.flatMap(stills);
  const measure = panels.length === 1 ? oneOf.alone : oneOf.several;
  const columns = panels.length === 1 ? 1 : panels.length % 2 === 0 && panels.length < 6 ? 2 : Math.min(3, panels.length);
  const inner = columns * measure.width + (columns - 1) * gap;
  const parts = [titleLines(shown, inner), key(panels, inner), ...bars(panels), drawings(shown, panels, columns, measure), findingLines(shown, inner)];
  let y = margin;
  const placed = parts.map((part) => {
    const at = html`<g transform="translate(${margin},${y})">${part.content}</g>`;
    y += part.height;
    return at;
  });
  const [width, height] = [inner + 2 * margin, Math.ceil(y + margin)];
  const description = [figure.finding.slice(0, 4000), `Across: ${axisLabel(shown.x)}. Up: ${axisLabel(shown.y)}.`, provenance].join(" ");
  const document = html`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title desc" class="ink">
<title id="title">${shown.title}</title>
<desc id="desc">${description}</desc>
<style>${trusted(standaloneStyle)}</style>
<rect width="${width}" height="${height}" fill="#ffffff"/>
${placed}
</svg>
`;
  // XML has no way at all to write these two.
  return `<?xml version="1.0" encoding="UTF-8"?>\n${document.toString().replace(/[\uFFFE\uFFFF]/g, "\uFFFD")}`;
}

/** Something of the width of the drawing. */
interface Part {
  readonly content: readonly Html[];
  readonly height: number;
}

function titleLines({ title }: Figure, width: number): Part {
  const lines = wrapped(title, Math.floor(width / 9));
  return { content: lines.map((line, i) => html`<text class="title" x="0" y="${16 + 21 * i}">${line}</text>`), height: 21 * lines.length + 10 };
}

function findingLines(figure: Figure, width: number): Part {
  const lines = [figure.finding, placelessNote(figure) ?? ""].flatMap((text) => (text === "" ? [] : wrapped(text, Math.floor(width / 7))));
  return { content: lines.map((line, i) => html`<text class="finding" x="0" y="${14 + 18 * i}">${line}</text>`), height: 18 * lines.length };
}

/** Signs with their labels, in as many rows as they need. */
function key(panels: readonly Panel[], width: number): Part {
  let [x, row] = [0, 0];
  const entries = keyEntries(panels, numberSeries(panels));
  const content = entries.map(({ sign, label, qualifier }) => {
    const text = shortened(`${label} ${qualifier}`.trim(), Math.floor((width - 36) / characterWidth));
    const needed = 36 + characterWidth * text.length + 20;
    if (x > 0 && x + needed > width + 20) [x, row] = [0, row + 1];
    const entry = html`<g transform="translate(${x.toFixed(1)},${row * 19})">${sign}<text class="label" x="36" y="11">${text}</text></g>`;
    x += needed;
    return entry;
  });
  return { content, height: entries.length === 0 ? 0 : 19 * (row + 1) + 8 };
}

function bars(panels: readonly Panel[]): readonly Part[] {
  const maps = panels.flatMap(({ layers }) => layers.filter((layer): layer is HeatMapLayer => layer.role === "heat-map"));
  return maps.map((map) => {
    const { from, to } = colourSteps(map);
    const content = html`<g>${colourBars(map)}</g><text class="label" x="0" y="26">${showNumber(from, 3)}</text><text class="label" x="192" y="26" text-anchor="end">${showNumber(to, 3)}</text
      ><text class="label" x="206" y="11">${shortened(axisLabel(map.colour), 70)}</text>`;
    return { content: [content], height: 40 };
  });
}

function drawings(figure: Figure, panels: readonly Panel[], columns: number, measure: Measure): Part {
  const seriesOf = numberSeries(panels);
  const axes = sharedAxes(figure, panels, measure);
  const drawn = panels.map((panel) => drawPanel(figure, panel, axes, seriesOf, measure));
  const heading = panels.some(({ title }) => title !== "") ? 20 : 0;
  const each = drawn.reduce((most, drawing) => Math.max(most, heightOf(drawing)), 0) + heading + 14;
  const content = drawn.map((drawing, i) => {
    const title = shortened(panels[i]!.title, Math.floor(measure.width / 7));
    const [x, y] = [(i % columns) * (measure.width + gap), Math.floor(i / columns) * each];
    return html`<g transform="translate(${x},${y})">${title === "" ? undefined : html`<text class="panel-title" x="0" y="13">${title}</text>`}<g transform="translate(0,${heading})">${drawing}</g></g>`;
  });
  return { content, height: each * Math.ceil(drawn.length / columns) };
}

/** Drawings grow with the lines of their axes' names, and say so on their root. */
function heightOf(drawing: Html): number {
  return Number(/^<svg[^>]* height="([\d.]+)"/.exec(drawing.toString())?.[1] ?? 0);
}
