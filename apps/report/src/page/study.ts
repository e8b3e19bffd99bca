import type { MesoscopeRecord } from "@mesoscope/contracts";
import { renderEquations } from "./equations.js";
import { renderFigure } from "./figure/figure.js";
import { fairShare, roomOf } from "./figure/thin.js";
import { html, type Hole, type Html } from "./html.js";
import { outcomeTally, parameterTable, referenceList, reproduction } from "./provenance.js";
import { sentences } from "./sentences.js";
import { renderTable } from "./tables.js";
import { tied } from "./tied.js";
import { countVerdicts, outcomeCounts, verdictTable } from "./verdicts.js";

/** A part of a study with a heading of its own; `name` is the end of its id. */
export interface Section {
  readonly name: string;
  readonly title: string;
  readonly content: Hole;
}

/** One record as an article: the verdict in words first, then what shows it, then how to make it again. */
export function renderStudy(record: MesoscopeRecord): Html {
  const { id } = record;
  return html`<article id="${id}" aria-labelledby="${id}-title" tabindex="-1">
    <header>
      <h1 id="${id}-title">${tied(record.title)}</h1>
      <p class="question">${tied(record.question)}</p>
      ${headline(record.narrative.headline)}
      <p class="tally">${record.verdicts.length > 0 ? outcomeCounts(record.verdicts) : countVerdicts([])} · level ${record.level} · seed ${record.seed}</p>
    </header>
    ${narrative(record.narrative.paragraphs)}
    ${sectionsOf(record).map(({ name, title, content }) => html`<section aria-labelledby="${id}--${name}"><h2 id="${id}--${name}">${title}</h2>${content}</section>`)}
  </article>`;
}

/** The answer: its first sentence large, what it adds beneath. */
function headline(text: string): Html {
  const [first, ...rest] = sentences(tied(text));
  return html`<p class="headline">${first}</p>${rest.length === 0 ? undefined : html`<p class="more">${rest.join(" ")}</p>`}`;
}

/** The sections of a record in the order in which one asks for them; what is empty is left out. */
export function sectionsOf(record: MesoscopeRecord): readonly Section[] {
  const { figures, verdicts, tables, equations, parameters, references } = record;
  return [
    ...(figures.length > 0 ? [{ name: "figures", title: "What shows it", content: figuresOf(record) }] : []),
    { name: "verdicts", title: verdicts.length === 1 ? "The verdict" : "Every verdict", content: verdictTable(record) },
    ...(tables.length > 0 ? [{ name: "tables", title: "Tables", content: tables.map(renderTable) }] : []),
    ...(equations.length > 0 ? [{ name: "equations", title: "Equations", content: renderEquations(equations) }] : []),
    ...(parameters.length > 0 ? [{ name: "parameters", title: "Parameters", content: parameterTable(parameters) }] : []),
    { name: "outcomes", title: "How the replicas ended", content: outcomeTally(record.outcomes) },
    { name: "reproduce", title: "Make it again", content: reproduction(record) },
    ...(references.length > 0 ? [{ name: "references", title: "References", content: referenceList(references) }] : []),
  ];
}

/** With more, a page would be larger than 2 MB: the numbers stand in it twice, drawn and for the tables behind the figures. */
const pointsAtMost = 12_000;
/** A drawing takes room and time, however little it shows. */
const panelsAtMost = 120;

function figuresOf({ figures, id }: MesoscopeRecord): readonly Html[] {
  const most = fairShare(figures.map(roomOf), pointsAtMost);
  const panels = Math.max(1, Math.floor(panelsAtMost / figures.length));
  return figures.map((figure) => renderFigure(figure, id, most, panels));
}

const paragraphsShown = 4;

/** The first paragraphs; what goes beyond is folded away, since the table of verdicts says it again. */
function narrative(paragraphs: readonly string[]): Html {
  const set = (some: readonly string[]): readonly Html[] => some.map((paragraph) => html`<p>${tied(paragraph)}</p>`);
  const isLong = paragraphs.length > paragraphsShown + 1;
  const rest = isLong ? paragraphs.slice(paragraphsShown) : [];
  return html`<div class="narrative">${set(isLong ? paragraphs.slice(0, paragraphsShown) : paragraphs)}${
    rest.length > 0 ? html`<details><summary>${rest.length} more paragraphs</summary>${set(rest)}</details>` : undefined
  }</div>`;
}
