import { html, type Html } from "./html.js";
import { shortened } from "./figure/wrap.js";

/** What may be wider than the page scrolls in its own box, which the keyboard can reach. */
export function scrolling(label: string, content: Html): Html {
  return html`<div class="scrolling" role="group" tabindex="0" aria-label="${shortened(label, 200)}">${content}</div>`;
}
