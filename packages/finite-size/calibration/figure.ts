/** @file The little of SVG that the figures need: readable by light and by dark, told in words for who does not see it. */

export interface Drawing {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly width: number;
  readonly height: number;
  readonly body: readonly string[];
}

const STYLE = [
  "text{font:12px system-ui,sans-serif;fill:#1f2328}.quiet{fill:#59636e}.axis{stroke:#59636e;fill:none}.grid{stroke:#59636e;stroke-opacity:.25}.band{fill:#1a7f37;fill-opacity:.12}",
  ".a{stroke:#0550ae;fill:#0550ae}.b{stroke:#9a6700;fill:#9a6700}.c{stroke:#cf222e;fill:#cf222e}.d{stroke:#1a7f37;fill:#1a7f37}.e{stroke:#8250df;fill:#8250df}.f{stroke:#1f2328;fill:none}.whisker{stroke-opacity:.55}.line{fill:none;stroke-width:2.2}.thin{fill:none;stroke-width:1;stroke-opacity:.55}.b.line,.b.thin{stroke-dasharray:7 3}.c.line,.c.thin{stroke-dasharray:2 3}",
  "@media (prefers-color-scheme:dark){text{fill:#e6edf3}.quiet{fill:#9198a1}.axis{stroke:#9198a1}.grid{stroke:#9198a1}.band{fill:#3fb950;fill-opacity:.16}.a{stroke:#79c0ff;fill:#79c0ff}.b{stroke:#d29922;fill:#d29922}.c{stroke:#ff7b72;fill:#ff7b72}.d{stroke:#3fb950;fill:#3fb950}.e{stroke:#d2a8ff;fill:#d2a8ff}.f{stroke:#e6edf3}.line,.thin{fill:none}}",
];

export function toSvg({ id, title, description, width, height, body }: Drawing): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="${id}-title ${id}-desc">`,
    `<title id="${id}-title">${escape(title)}</title>`,
    `<desc id="${id}-desc">${escape(description)}</desc>`,
    `<style>${STYLE.join("")}</style>`,
    ...body,
    "</svg>",
    "",
  ].join("\n");
}

export function text(x: number, y: number, words: string, more = ""): string {
  return `<text x="${at(x)}" y="${at(y)}"${more === "" ? "" : ` ${more}`}>${escape(words)}</text>`;
}

export function line(className: string, x1: number, y1: number, x2: number, y2: number): string {
  return `<line class="${className}" x1="${at(x1)}" y1="${at(y1)}" x2="${at(x2)}" y2="${at(y2)}"/>`;
}

export function rectangle(className: string, x: number, y: number, width: number, height: number): string {
  return `<rect class="${className}" x="${at(x)}" y="${at(y)}" width="${at(width)}" height="${at(height)}"/>`;
}

export function polyline(className: string, points: readonly (readonly [number, number])[]): string {
  return `<polyline class="${className}" points="${points.map(([x, y]) => `${at(x)},${at(y)}`).join(" ")}"/>`;
}

/** Marks that differ in shape as well as in colour. */
export const SHAPES = ["disc", "square", "triangle", "diamond", "cross", "ring", "bar"] as const;

export function mark(shape: (typeof SHAPES)[number], className: string, x: number, y: number): string {
  const r = 4;
  switch (shape) {
    case "disc":
      return `<circle class="${className}" cx="${at(x)}" cy="${at(y)}" r="3.5"/>`;
    case "ring":
      return `<circle class="${className}" stroke-width="1.5" cx="${at(x)}" cy="${at(y)}" r="3.5"/>`;
    case "bar":
      return rectangle(className, x - 1, y - 4, 2, 8);
    case "square":
      return rectangle(className, x - 3, y - 3, 6, 6);
    case "triangle":
      return `<path class="${className}" d="M${at(x)} ${at(y - r)}l${r} 7h${-2 * r}z"/>`;
    case "diamond":
      return `<path class="${className}" d="M${at(x)} ${at(y - r)}l${r} ${r}l${-r} ${r}l${-r} ${-r}z"/>`;
    case "cross":
      return `<path class="${className}" stroke-width="2" d="M${at(x - 3)} ${at(y - 3)}l6 6m0 -6l-6 6"/>`;
  }
}

function at(x: number): string {
  return String(Number(x.toFixed(1)));
}

function escape(words: string): string {
  return words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
