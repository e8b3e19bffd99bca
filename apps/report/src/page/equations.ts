import type { Equation } from "@mesoscope/contracts";
import katex from "katex";
import { html, trusted, type Html } from "./html.js";

const longestTex = 10_000;

/** The equations a record rests on, each with its label, its meaning and where it stands. */
export function renderEquations(equations: readonly Equation[]): Html {
  return html`<dl class="equations">${equations.map(
    (equation) => html`<div class="equation">
      <dt><span class="label">[eq:${equation.label}]</span> ${equation.meaning}${equation.source === undefined ? undefined : html` <small>${equation.source}</small>`}</dt>
      <dd>${setTex(equation.tex)}</dd></div>`,
  )}</dl>`;
}

/**
 * TeX as MathML. Commands that could reach outside (\href, \includegraphics, \htmlStyle) are not trusted;
 * what cannot be set is shown as it was written.
 */
export function setTex(tex: string): Html {
  if (tex.length > longestTex) return html`<code>${tex}</code>`;
  try {
    const markup = katex.renderToString(tex, {
      output: "mathml",
      displayMode: true,
      throwOnError: true,
      trust: false,
      strict: "ignore",
      maxSize: 10,
      maxExpand: 200,
    });
    // A style attribute would be blocked by the page's content security policy, and reported by the browser.
    return trusted(markup.replace(/ style="[^"]*"/g, ""));
  } catch {
    return html`<code>${tex}</code>`;
  }
}
