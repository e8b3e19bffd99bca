/** @file The program of a study's page. The page is whole without it; with it figures answer and numbers can be saved. */
import type { Table } from "@mesoscope/contracts";
import { sharedCursor } from "./cursor.js";
import { tableDownloads } from "./download.js";
import { element } from "./element.js";
import { enliven } from "./figure.js";

const cursor = sharedCursor();
const waiting = [...document.querySelectorAll<HTMLElement>("figure")];

/** One figure at a time, so that the page answers to scrolling in between. */
function next(): void {
  const figure = waiting.shift();
  if (figure === undefined) {
    document.documentElement.dataset["ready"] = "";
    return;
  }
  enliven(figure, cursor);
  setTimeout(next);
}

for (const block of document.querySelectorAll(".table > .table-data")) {
  const controls = element("div", { class: "controls" });
  controls.append(...tableDownloads(JSON.parse(block.textContent) as Table));
  block.after(controls);
}
setTimeout(next);
