export { renderIndex, type Unreadable } from "./page/index-page.js";
export { renderStudyPage } from "./page/study-page.js";
export type { PageTools } from "./page/shell.js";
export { renderFigure } from "./page/figure/figure.js";
export { escapeText, html, Html, type Hole } from "./page/html.js";
