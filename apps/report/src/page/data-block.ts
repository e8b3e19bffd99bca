import { html, trusted, type Html } from "./html.js";

/** What markup could stumble over, and what shows something other than it is. */
const escaped = /[<>&\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF]/g;

/**
 * Data as a script of a type that no browser runs: JSON, with escapes for the characters above. Lone surrogates are escaped already,
 * by JSON.stringify.
 */
export function dataBlock(name: string, data: unknown): Html {
  const text = JSON.stringify(data).replace(escaped, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return html`<script type="application/json" class="${name}">${trusted(text)}</script>`;
}
