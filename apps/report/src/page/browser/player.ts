/** @file Panels that move: played, paused and stepped through; on paper and without this program they are a row of stills. */
import type { FramesLayer, Panel } from "@mesoscope/contracts";
import { stillAt } from "../figure/frames.js";
import { showNumber } from "../number.js";
import { button, element } from "./element.js";
import type { LiveFigure } from "./live.js";
import { seePanel } from "./view.js";

/** Milliseconds a frame stays. */
const pace = 250;

/** A player for each panel of a figure that moves. Nothing moves before it is asked to. */
export function addPlayers(root: HTMLElement, live: LiveFigure): void {
  const moving = live.figure.panels.filter((panel) => framesOf(panel) !== undefined);
  if (moving.length === 0) return;
  const stills = root.querySelector(".stills");
  for (const panel of moving) stills?.before(player(panel, live));
  root.classList.add("moving");
}

function framesOf(panel: Panel): FramesLayer["frames"] | undefined {
  const layer = panel.layers.find(({ role }) => role === "frames");
  return layer?.role === "frames" && layer.frames.length > 1 ? layer.frames : undefined;
}

function player(panel: Panel, live: LiveFigure): HTMLElement {
  const times = framesOf(panel)!.map(({ time }) => time);
  let which = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  const box = element("div", { class: "drawing" });
  box.append(element("div", { class: "plot" }));
  const shown = live.add(box, (view) => seePanel(live.figure, stillAt(panel, times[which]!), view, "wide"));
  const slider = element("input", { type: "range", min: "0", max: String(times.length - 1), value: "0" });
  const label = element("label", {}, "Frame");
  label.append(slider);
  const time = element("output");
  const turn = (to: number): void => {
    which = to;
    slider.value = String(to);
    time.textContent = `time ${showNumber(times[to]!)}`;
    slider.setAttribute("aria-valuetext", time.textContent);
    live.refresh(shown);
  };
  const play = button("Play", () => { (timer === undefined ? start : pause)(); }, { "aria-label": `Play ${live.title}` });
  const say = (word: string): void => {
    play.textContent = word;
    play.setAttribute("aria-label", `${word} ${live.title}`);
  };
  const pause = (): void => {
    clearInterval(timer);
    timer = undefined;
    say("Play");
  };
  const start = (): void => {
    if (which === times.length - 1) turn(0);
    say("Pause");
    // Who asked for little motion gets each frame for longer, and no movement between them: frames follow, they never slide.
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    timer = setInterval(() => {
      if (which < times.length - 1) turn(which + 1);
      if (which === times.length - 1) pause();
    }, isCalm ? 4 * pace : pace);
  };
  slider.addEventListener("input", () => {
    pause();
    turn(Number(slider.value));
  });
  const controls = element("div", { class: "controls", role: "group", "aria-label": `Frames of ${live.title}` });
  controls.append(play, label, time);
  const root = element("div", { class: "player" });
  if (panel.title !== "") root.append(element("p", { class: "panel-title" }, panel.title));
  root.append(box, controls);
  turn(0);
  return root;
}
