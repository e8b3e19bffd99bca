import type { MesoscopeRecord } from "@mesoscope/contracts";
import { html, trusted, type Html } from "./html.js";
import { renderStudy } from "./study.js";
import { styleSheet } from "./style.js";
import { countVerdicts, outcomeCounts } from "./verdicts.js";

/** A record that could not be shown, and why: a page never drops one silently. */
export interface Unreadable {
  readonly file: string;
  readonly message: string;
}

export interface PageOptions {
  /** SHA-256 of a text in UTF-8 as base64: what a content security policy asks for. Given from outside, since engines differ in it. */
  readonly sha256Base64: (text: string) => string;
  readonly unreadable?: readonly Unreadable[];
}

/**
 * All records as one page that needs nothing else: no network, no script, one style sheet known by its hash.
 * Equal records, equal bytes; the order is that of the records.
 */
export function renderPage(records: readonly MesoscopeRecord[], options: PageOptions): string {
  const policy = ["default-src 'none'", `style-src 'sha256-${options.sha256Base64(styleSheet)}'`, "img-src data:", "base-uri 'none'", "form-action 'none'"].join("; ");
  const page = html`<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="Mesoscope">
<title>Mesoscope: where mean-field theory holds</title>
<link rel="icon" href="data:,">
<style>${trusted(styleSheet)}</style>
</head>
<body id="top">
<a class="skip" href="#studies">Skip to the studies</a>
<header class="masthead">
  <h1>Mesoscope</h1>
  <p>Where the mean-field theory of transformers holds, and where it breaks, at the size one actually runs.
    Theory is drawn as lines, simulation as points with intervals, predicted fluctuation as bands.</p>
</header>
<nav aria-label="Studies">${overview(records)}</nav>
${unreadableList(options.unreadable ?? [])}
<main id="studies" tabindex="-1">${records.map(renderStudy)}</main>
</body>
</html>
`;
  return `<!doctype html>\n${page.toString()}`;
}

function overview(records: readonly MesoscopeRecord[]): Html {
  if (records.length === 0) return html`<p class="note">No records yet. <code>mesoscope run</code> makes them.</p>`;
  return html`<ol class="overview">${records.map(
    (record) => html`<li><a href="#${record.id}">${record.title}</a>
      <p>${record.narrative.headline}</p>
      <p class="tally">${record.verdicts.length > 0 ? outcomeCounts(record.verdicts) : countVerdicts([])}</p></li>`,
  )}</ol>`;
}

function unreadableList(unreadable: readonly Unreadable[]): Html | undefined {
  if (unreadable.length === 0) return undefined;
  return html`<section class="unreadable" aria-labelledby="unreadable"><h2 id="unreadable">Not shown</h2>
    <p>These files lie among the records but cannot be read as records:</p>
    <ul>${unreadable.map(({ file, message }) => html`<li><code>${file}</code>: ${message}</li>`)}</ul></section>`;
}
