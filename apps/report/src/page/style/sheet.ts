/** @file The style sheets. None may contain "<", since it stands inside the page. */
import { controls } from "./controls.js";
import { figures } from "./figures.js";
import { overview } from "./overview.js";
import { print } from "./print.js";
import { rounds } from "./series.js";
import { tables } from "./tables.js";
import { text } from "./text.js";
import { themes } from "./themes.js";

const joined = (parts: readonly string[]): string => parts.map((part) => part.trim()).join("\n");

/** Of a page that shows one study. */
export const studySheet: string = joined([themes, text, tables, figures, rounds, controls, print]);

/** Of the index of all studies. */
export const indexSheet: string = joined([themes, text, figures, rounds, overview, print]);
