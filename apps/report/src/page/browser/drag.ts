import type { Window } from "../figure/panel.js";
import { svgElement } from "./element.js";
import type { Seen } from "./view.js";

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Fewer pixels are a click; along one side they leave that axis as it is. */
const least = 8;

/** Choosing a part of a drawing by dragging a mouse or a pen over it; fingers scroll. */
export function dragWindow(box: HTMLElement, overlay: SVGElement, at: (event: PointerEvent) => Point, seen: () => Seen, chose: (window: Window) => void): { isUnderWay(): boolean } {
  let from: Point | undefined;
  let shape: SVGElement | undefined;
  const end = (): void => {
    from = undefined;
    shape?.remove();
    shape = undefined;
  };
  box.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "touch" || event.button !== 0) return;
    from = at(event);
    // A pointer that is not the browser's own, as of a test, cannot be held.
    try {
      box.setPointerCapture(event.pointerId);
    } catch {
      return;
    }
  });
  box.addEventListener("pointermove", (event) => {
    if (from === undefined) return;
    const { left, top, right, bottom } = rectangle(from, at(event), seen());
    if (shape === undefined && right - left < least && bottom - top < least) return;
    shape ??= overlay.appendChild(svgElement("rect", { class: "chosen" }));
    for (const [name, value] of [["x", left], ["y", top], ["width", right - left], ["height", bottom - top]] as const) shape.setAttribute(name, String(value));
  });
  box.addEventListener("pointerup", (event) => {
    if (from === undefined) return;
    const { left, top, right, bottom } = rectangle(from, at(event), seen());
    const { xAt, yAt } = seen().projection;
    const { x, y } = seen().axes;
    const [isWide, isTall] = [right - left >= least, bottom - top >= least];
    end();
    if (isWide || isTall) chose({ x: isWide ? [xAt(left), xAt(right)] : x.domain, y: isTall ? [yAt(bottom), yAt(top)] : y.domain });
  });
  box.addEventListener("pointercancel", end);
  return { isUnderWay: () => shape !== undefined };
}

function rectangle(a: Point, b: Point, { frame }: Seen): { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number } {
  const within = (value: number, from: number, to: number): number => Math.min(to, Math.max(from, value));
  const [xs, ys] = [[a.x, b.x].map((x) => within(x, frame.left, frame.right)), [a.y, b.y].map((y) => within(y, frame.top, frame.bottom))];
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}
