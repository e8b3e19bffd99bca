/** @file One drawing that answers: to a pointer, to keys, to the cursor of other drawings. */
import type { Figure } from "@mesoscope/contracts";
import type { Window } from "../figure/panel.js";
import { reading } from "../figure/reading.js";
import { element, svgElement } from "./element.js";
import { nearestSpot, spotByKey, spotsOf, type Spot } from "./nearest.js";
import { dragWindow } from "./drag.js";
import type { Seen } from "./view.js";

/** What a drawing tells its figure. */
export interface Listener {
  /** A value of x is looked at, or none any more. */
  looked(x: number | undefined): void;
  /** A part was chosen. */
  chose(window: Window): void;
  /** A key asks to enlarge by a factor around a place in pixels, or, without one, for the whole. */
  enlarge(factor: number | undefined, at: Spot | undefined): void;
}

export interface Drawing {
  /** Shows what is seen now. */
  show(seen: Seen, isRedrawn: boolean): void;
  readonly cursor: (value: number | undefined) => void;
  readonly isVisible: () => boolean;
}

const hint = "Arrow keys go from point to point, up and down to other layers, plus and minus enlarge and reduce, 0 shows the whole figure.";

/** Makes the box around a drawing answer. */
export function liveDrawing(box: HTMLElement, figure: Figure, title: string, listener: Listener): Drawing {
  let seen: Seen;
  let spots: readonly Spot[] | undefined;
  let current: Spot | undefined;
  const overlay = svgElement("svg", { class: "overlay", "aria-hidden": "true", focusable: "false" });
  const words = element("p", { class: "reading", role: "status" });
  box.classList.add("live");
  for (const [name, value] of [["tabindex", "0"], ["role", "group"], ["aria-label", `Values of ${title}`], ["aria-description", hint]] as const) box.setAttribute(name, value);
  box.append(overlay, words);

  const all = (): readonly Spot[] => (spots ??= spotsOf(seen.panel, seen.projection, seen.frame));

  function point(to: Spot | undefined): void {
    current = to;
    for (const ring of overlay.querySelectorAll(".ring")) ring.remove();
    words.textContent = to === undefined ? "" : reading(figure, seen.panel.layers[to.layer]!, to.row);
    if (to === undefined) return;
    overlay.append(svgElement("circle", { class: "ring", cx: to.x, cy: to.y, r: 6 }));
    place(words, to, seen);
  }

  function cursor(value: number | undefined): void {
    for (const line of overlay.querySelectorAll(".cursor")) line.remove();
    if (value === undefined) return;
    const { frame } = seen;
    const x = seen.projection.toX(value);
    if (!(x >= frame.left && x <= frame.right)) return;
    overlay.append(svgElement("line", { class: "cursor", x1: x, x2: x, y1: frame.top, y2: frame.bottom }));
  }

  function look(to: Spot | undefined): void {
    point(to);
    listener.looked(to === undefined ? undefined : seen.projection.xAt(to.x));
  }

  const at = (event: { readonly clientX: number; readonly clientY: number }): { readonly x: number; readonly y: number } => {
    const { left, top, width, height } = overlay.getBoundingClientRect();
    return { x: ((event.clientX - left) * seen.frame.width) / width, y: ((event.clientY - top) * seen.frame.height) / height };
  };
  const drag = dragWindow(box, overlay, at, () => seen, (window) => { listener.chose(window); });
  box.addEventListener("pointermove", (event) => {
    if (drag.isUnderWay()) return;
    const { x, y } = at(event);
    look(nearestSpot(all(), x, y));
  });
  box.addEventListener("pointerdown", (event) => {
    const { x, y } = at(event);
    look(nearestSpot(all(), x, y));
  });
  box.addEventListener("pointerleave", () => { look(undefined); });
  box.addEventListener("blur", () => { look(undefined); });
  box.addEventListener("dblclick", () => { listener.enlarge(undefined, undefined); });
  box.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !isOurs(event.key)) return;
    event.preventDefault();
    if (event.key === "Escape") look(undefined);
    else if (event.key === "0") listener.enlarge(undefined, undefined);
    else if (event.key === "+" || event.key === "=") listener.enlarge(0.5, current);
    else if (event.key === "-") listener.enlarge(2, current);
    else look(spotByKey(all(), current, event.key));
  });

  return {
    show(now, isRedrawn) {
      seen = now;
      spots = undefined;
      if (isRedrawn) {
        const holder = element("div");
        holder.innerHTML = now.markup();
        box.querySelector(".plot")?.replaceWith(holder.firstElementChild!);
      }
      overlay.setAttribute("viewBox", `0 0 ${now.frame.width} ${now.frame.height}`);
      point(undefined);
    },
    cursor,
    isVisible: () => box.offsetParent !== null,
  };
}

function isOurs(key: string): boolean {
  return key.startsWith("Arrow") || ["Home", "End", "Escape", "0", "+", "=", "-"].includes(key);
}

/** Beside the spot, on the side where there is room. */
function place(words: HTMLElement, spot: Spot, { frame }: Seen): void {
  const isRight = spot.x > frame.width / 2;
  const isLow = spot.y > frame.height / 2;
  words.style.left = isRight ? "auto" : `${(100 * (spot.x + 12)) / frame.width}%`;
  words.style.right = isRight ? `${(100 * (frame.width - spot.x + 12)) / frame.width}%` : "auto";
  words.style.top = isLow ? "auto" : `${(100 * (spot.y + 8)) / frame.height}%`;
  words.style.bottom = isLow ? `${(100 * (frame.height - spot.y + 8)) / frame.height}%` : "auto";
}
