import type { Figure } from "@mesoscope/contracts";
import type { Drawing } from "./drawing.js";
import type { Seen, View } from "./view.js";

/** One drawing with what it shows under a view. */
export interface Shown {
  readonly drawing: Drawing;
  readonly see: (view: View) => Seen;
}

/** A figure that answers, as those know it who add drawings to it. */
export interface LiveFigure {
  readonly figure: Figure;
  readonly title: string;
  /** Takes in a drawing that this figure shows. */
  add(box: HTMLElement, see: (view: View) => Seen): Shown;
  /** Draws again what has changed by itself. */
  refresh(shown: Shown): void;
}
