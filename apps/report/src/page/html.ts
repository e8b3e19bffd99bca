/**
 * Text that is markup already. Only `html` and `trusted` make it, so whatever else meets a template is escaped.
 */
export class Html {
  readonly #markup: string;

  constructor(markup: string) {
    this.#markup = markup;
  }

  static is(value: unknown): value is Html {
    return typeof value === "object" && value !== null && #markup in value;
  }

  toString(): string {
    return this.#markup;
  }
}

/** What may stand in a template: markup as it is, lists in order, text and numbers escaped, nothing for null and undefined. */
export type Hole = Html | string | number | null | undefined | readonly Hole[];

/** The one way markup is made: `html\`<p>${text}</p>\`` escapes every hole that is not markup itself. */
export function html(strings: TemplateStringsArray, ...holes: readonly Hole[]): Html {
  let markup = strings[0]!;
  holes.forEach((hole, i) => {
    markup += fill(hole) + strings[i + 1]!;
  });
  return new Html(markup);
}

/** Markup whose maker answers for it: the style sheet, MathML of the TeX setter, a drawing serialised by `svgMarkup`. */
export function trusted(markup: string): Html {
  return new Html(markup);
}

function fill(hole: Hole): string {
  if (hole === null || hole === undefined) return "";
  if (typeof hole === "string") return escapeText(hole);
  if (typeof hole === "number") return escapeText(String(hole));
  if (Html.is(hole)) return hole.toString();
  return hole.map(fill).join("");
}

const longest = 5_000;
const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "\u2028": "&#x2028;", "\u2029": "&#x2029;" };

/**
 * Text as it may stand between tags and inside quoted attributes.
 * Line separators become references; control characters, direction overrides and lone surrogates, which show something
 * other than what they are, become U+FFFD; text beyond 5,000 characters is cut, and says so.
 */
export function escapeText(text: string): string {
  return escaped(text.length > longest ? `${text.slice(0, longest)}… (${text.length - longest} more characters)` : text);
}

/** The same at any length: for the path of a drawing, which nobody reads and which a cut would break. */
export function escaped(text: string): string {
  return withoutDeception(text).replace(/[&<>"'\u2028\u2029]/g, (character) => entities[character]!);
}

/** Text in which control characters, direction overrides and lone surrogates are U+FFFD. */
export function withoutDeception(text: string): string {
  return text.replace(/[\uD800-\uDBFF][\uDC00-\uDFFF]|[\uD800-\uDFFF]/g, (unit) => (unit.length === 2 ? unit : "\uFFFD")).replace(deceptive, "\uFFFD");
}

/** C0 and C1 controls except tab and line feed, and everything that turns the direction of writing around. */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const deceptive = new RegExp("[\\u0000-\\u0008\\u000B-\\u001F\\u007F-\\u009F\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069\\uFEFF]", "g");
