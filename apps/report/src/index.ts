export { renderPage, type PageOptions, type Unreadable } from "./page/page.js";
export { renderFigure } from "./page/figure/figure.js";
export { escapeText, html, Html, type Hole } from "./page/html.js";
