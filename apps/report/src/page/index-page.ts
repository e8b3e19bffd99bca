import type { MesoscopeRecord } from "@mesoscope/contracts";
import { html, type Html } from "./html.js";
import { sentences } from "./sentences.js";
import { renderShell, type PageTools } from "./shell.js";
import { indexSheet } from "./style/sheet.js";
import { thumbnail } from "./thumbnail.js";
import { tied } from "./tied.js";
import { countVerdicts, outcomeCounts } from "./verdicts.js";

/** A record that could not be shown, and why: a page never drops one silently. */
export interface Unreadable {
  readonly file: string;
  readonly message: string;
}

/** Where the page of a study lies, from the index. */
export function studyPath(id: string): string {
  return `studies/${id}.html`;
}

/**
 * The index of a report: a card for each record, in their order, with the verdict, a picture and a link to its page.
 * Equal records, equal bytes.
 */
export function renderIndex(records: readonly MesoscopeRecord[], tools: PageTools, unreadable: readonly Unreadable[] = []): string {
  const body = html`<a class="skip" href="#studies">Skip to the studies</a>
<header class="masthead">
  <h1>Mesoscope</h1>
  <p>Where the mean-field theory of transformers holds, and where it breaks, at the size one actually runs.
    Each study sets a finite system beside the theory of its infinite limit, and judges.</p>
</header>
${unreadableList(unreadable)}
<main id="studies" tabindex="-1">${
    records.length === 0 ? html`<p class="note">No records yet. <code>mesoscope run</code> makes them.</p>` : html`<ol class="overview">${records.map(card)}</ol>`
  }</main>`;
  return renderShell({ title: "Mesoscope: where mean-field theory holds", style: indexSheet, script: records.length === 0 ? "" : tools.scripts.index, body }, tools);
}

function card(record: MesoscopeRecord): Html {
  const outcomes = [...new Set(record.verdicts.map(({ outcome }) => outcome))].sort().join(" ");
  return html`<li id="${record.id}" data-outcomes="${outcomes}">${thumbnail(record)}
    <div class="card"><h2><a href="${studyPath(record.id)}">${tied(record.title)}</a></h2>
    <p class="headline">${sentences(tied(record.narrative.headline))[0]}</p>
    <p class="tally">${record.verdicts.length > 0 ? outcomeCounts(record.verdicts) : countVerdicts([])}</p></div></li>`;
}

function unreadableList(unreadable: readonly Unreadable[]): Html | undefined {
  if (unreadable.length === 0) return undefined;
  return html`<section class="unreadable" aria-labelledby="unreadable"><h2 id="unreadable">Not shown</h2>
    <p>These files lie among the records but cannot be read as records:</p>
    <ul>${unreadable.map(({ file, message }) => html`<li><code>${file}</code>: ${message}</li>`)}</ul></section>`;
}
