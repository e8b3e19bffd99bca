/** @file The program of the index: a search among the studies. The index is whole without it. */
import { element } from "./element.js";

const list = document.querySelector(".overview")!;
const cards = [...list.querySelectorAll<HTMLElement>(":scope > li")].map((card) => ({ card, text: card.textContent.toLowerCase(), outcomes: (card.dataset["outcomes"] ?? "").split(" ") }));

const form = element("form", { class: "search", role: "search", "aria-label": "Search the studies" });
const label = element("label", {}, "Search");
const words = element("input", { type: "search", autocomplete: "off", spellcheck: "false" });
label.append(words);
const choices = element("fieldset");
choices.append(element("legend", {}, "With a verdict that"));
const boxes = (["holds", "fails", "undecided"] as const).map((outcome) => {
  const box = element("input", { type: "checkbox", value: outcome });
  const name = element("label", { class: `outcome ${outcome}` });
  name.append(box, ` ${outcome === "undecided" ? "is undecided" : outcome}`);
  choices.append(name);
  return box;
});
const found = element("p", { class: "found", role: "status" });
form.append(label, choices, found);
list.before(form);

/** Shows the cards that have every word, and one of the chosen verdicts if any is chosen. */
function search(): void {
  const wanted = words.value.toLowerCase().split(/\s+/).filter((word) => word !== "");
  const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
  let count = 0;
  for (const { card, text, outcomes } of cards) {
    const isFound = wanted.every((word) => text.includes(word)) && (chosen.length === 0 || chosen.some((outcome) => outcomes.includes(outcome)));
    card.hidden = !isFound;
    if (isFound) count++;
  }
  found.textContent = count === cards.length ? `${count} ${count === 1 ? "study" : "studies"}` : `${count} of ${cards.length} studies`;
}

form.addEventListener("input", search);
form.addEventListener("submit", (event) => { event.preventDefault(); });
search();
document.documentElement.dataset["ready"] = "";
