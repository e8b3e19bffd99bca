import type { MesoscopeRecord, OutcomeTally, ParameterEntry, Reference } from "@mesoscope/contracts";
import { html, type Html } from "./html.js";
import { showNumber } from "./number.js";
import { scrolling } from "./scrolling.js";
import { tied } from "./tied.js";

/** Symbol, meaning, value and unit of everything that was set. */
export function parameterTable(parameters: readonly ParameterEntry[]): Html {
  return scrolling(
    "Table of parameters",
    html`<table>
      <caption class="hidden">Parameters</caption>
      <thead><tr><th scope="col">Symbol</th><th scope="col">Meaning</th><th scope="col">Value</th><th scope="col">Unit</th><th scope="col">Name in <code>--set</code></th></tr></thead>
      <tbody>${parameters.map(
        (entry) => html`<tr><th scope="row">${entry.symbol}</th><td>${entry.meaning}</td><td>${parameterValue(entry.value)}</td>
          <td>${entry.unit === "1" ? "–" : entry.unit}</td><td><code>${entry.name}</code></td></tr>`,
      )}</tbody>
    </table>`,
  );
}

function parameterValue(value: ParameterEntry["value"]): string {
  if (typeof value === "number") return showNumber(value, 12);
  if (typeof value === "string") return value;
  return typeof value === "boolean" ? (value ? "yes" : "no") : value.map((entry) => showNumber(entry, 12)).join(", ");
}

/** How the replicas ended: what diverged or had not come to its event is told, never averaged in. */
export function outcomeTally(outcomes: OutcomeTally): Html {
  const notes = outcomes.notes.map((note) => html`<li>${tied(note.where)}: ${note.count} × ${note.message}</li>`);
  return html`<p>${showNumber(outcomes.completed)} replicas completed, ${showNumber(outcomes.diverged)} diverged,
    ${showNumber(outcomes.censored)} censored (their event had not come when the run ended).</p>
    ${notes.length > 0 ? html`<ul>${notes}</ul>` : undefined}`;
}

/** Everything that is needed to make these bytes again, and to cite them. */
export function reproduction(record: MesoscopeRecord): Html {
  const versions = Object.entries(record.versions).sort(([a], [b]) => (a < b ? -1 : 1));
  return html`<p>This command makes the same record, byte for byte, on any number of workers:</p>
    <pre><code>${record.reproduce.command}</code></pre>
    <dl class="facts">
      <div><dt>Level</dt><dd>${record.level}</dd></div>
      <div><dt>Seed</dt><dd>${record.seed}</dd></div>
      <div><dt>Backend</dt><dd>${record.backend.id}${record.backend.deterministic ? " (deterministic)" : " (not deterministic)"}</dd></div>
      <div><dt>Versions</dt><dd>${versions.map(([name, version]) => `${name} ${version}`).join(", ")}</dd></div>
      <div><dt>SHA-256 of the record</dt><dd><code>${record.hash}</code></dd></div>
      <div><dt>Record file</dt><dd><a href="../records/${record.id}.record.json"><code>records/${record.id}.record.json</code></a></dd></div>
    </dl>`;
}

/** The papers a record rests on, linked where the identifier is one of a known form. */
export function referenceList(references: readonly Reference[]): Html {
  return html`<ol class="references">${references.map(
    (reference) => html`<li>${reference.authors} (${String(reference.year)}). <cite>${reference.title}</cite>. ${identifier(reference.identifier)}</li>`,
  )}</ol>`;
}

function identifier(text: string): Html {
  const arxiv = /^arXiv:(\d{4}\.\d{4,5}(?:v\d+)?)$/.exec(text)?.[1];
  if (arxiv !== undefined) return html`<a href="https://arxiv.org/abs/${arxiv}" rel="noreferrer">${text}</a>`;
  const doi = /^(?:doi:)?(10\.\d{4,9}\/[A-Za-z0-9./()_-]+)$/i.exec(text)?.[1];
  return doi === undefined ? html`${text}` : html`<a href="https://doi.org/${doi}" rel="noreferrer">${text}</a>`;
}
