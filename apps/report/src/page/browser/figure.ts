/** @file One figure that answers: enlarged, its layers switched on and off, its moving panels played, its numbers saved. */
import type { Figure } from "@mesoscope/contracts";
import { shownPanels, type MeasureName } from "../figure/figure.js";
import { keyEntries, numberSeries } from "../figure/key.js";
import type { Window } from "../figure/panel.js";
import type { SharedCursor } from "./cursor.js";
import { figureDownloads } from "./download.js";
import { liveDrawing, type Listener } from "./drawing.js";
import { button, element } from "./element.js";
import type { Shown } from "./live.js";
import type { Spot } from "./nearest.js";
import { addPlayers } from "./player.js";
import { isDrawable, see, wholeView, zoomed, type Seen, type View } from "./view.js";

/** Makes a figure of the page answer. */
export function enliven(root: HTMLElement, cursor: SharedCursor): void {
  const figure = readData(root);
  const title = root.querySelector("h3")?.textContent ?? figure.title;
  let view = wholeView;
  const all: Shown[] = [];

  const change = (next: Partial<View>): void => {
    view = { ...view, ...next };
    for (const shown of all) shown.drawing.show(shown.see(view), true);
    for (const one of [out, whole]) one.disabled = view.window === undefined;
  };
  const choose = (window: Window | undefined): void => {
    if (window === undefined || isDrawable(window)) change({ window });
  };
  const first = (): Seen => (all.find(({ drawing }) => drawing.isVisible()) ?? all[0]!).see(view);
  const enlarge = (factor: number | undefined, seen: Seen, at: Spot | undefined): void => {
    const window = factor === undefined ? undefined : zoomed(seen, factor, at);
    choose(window === undefined || holdsWhole(window) ? undefined : window);
  };
  const holdsWhole = ({ x, y }: Window): boolean => {
    const { axes } = see(figure, wholeView, 0, "wide");
    return x[0] <= axes.x.domain[0] && x[1] >= axes.x.domain[1] && y[0] <= axes.y.domain[0] && y[1] >= axes.y.domain[1];
  };

  function add(box: HTMLElement, seeing: (view: View) => Seen, panel = ""): Shown {
    const listener: Listener = {
      looked: (x) => { cursor.move(figure.x, x); },
      chose: choose,
      enlarge: (factor, at) => { enlarge(factor, seeing(view), at); },
    };
    const shown = { drawing: liveDrawing(box, figure, panel === "" ? title : `${title}: ${panel}`, listener), see: seeing };
    shown.drawing.show(seeing(view), false);
    cursor.join(figure.x, shown.drawing.cursor);
    all.push(shown);
    return shown;
  }

  const panels = shownPanels(figure);
  for (const box of root.querySelectorAll<HTMLElement>(".drawing")) {
    const [which, measure] = [Number(box.dataset["panel"]), box.dataset["measure"] as MeasureName];
    add(box, (now) => see(figure, now, which, measure), panels[which]!.title);
  }
  const closer = button("Enlarge", () => { enlarge(0.5, first(), undefined); }, { "aria-label": `Enlarge ${title}` });
  const out = button("Reduce", () => { enlarge(2, first(), undefined); }, { "aria-label": `Reduce ${title}`, disabled: "" });
  const whole = button("Whole", () => { choose(undefined); }, { "aria-label": `Whole figure: ${title}`, disabled: "" });
  const controls = element("div", { class: "controls", role: "group", "aria-label": `Controls of ${title}` });
  controls.append(closer, out, whole, ...figureDownloads(() => figure, title));
  root.querySelector("figcaption")?.before(controls);
  switches(root, figure, (hidden) => { change({ hidden }); });
  addPlayers(root, { figure, title, add, refresh: (shown) => { shown.drawing.show(shown.see(view), true); } });
}

function readData(root: HTMLElement): Figure {
  return JSON.parse(root.querySelector(".figure-data")!.textContent) as Figure;
}

/** Makes each entry of the key a switch of its layers. */
function switches(root: HTMLElement, figure: Figure, change: (hidden: ReadonlySet<string>) => void): void {
  const panels = shownPanels(figure);
  const entries = keyEntries(panels, numberSeries(panels));
  const hidden = new Set<string>();
  root.querySelectorAll(".key > li").forEach((item, i) => {
    const { name } = entries[i]!;
    const toggle = button("", () => {
      if (!hidden.delete(name)) hidden.add(name);
      toggle.setAttribute("aria-pressed", String(!hidden.has(name)));
      change(new Set(hidden));
    }, { "aria-pressed": "true" });
    toggle.append(...item.childNodes);
    item.append(toggle);
  });
}
