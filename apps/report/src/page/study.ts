import type { MesoscopeRecord } from "@mesoscope/contracts";
import { renderEquations } from "./equations.js";
import { renderFigure } from "./figure/figure.js";
import { html, type Hole, type Html } from "./html.js";
import { outcomeTally, parameterTable, referenceList, reproduction } from "./provenance.js";
import { renderTable } from "./tables.js";
import { countVerdicts, verdictTable } from "./verdicts.js";

/** One record as an article: the verdict in words first, then what it rests on, then how to make it again. */
export function renderStudy(record: MesoscopeRecord): Html {
  const { id } = record;
  return html`<article id="${id}" aria-labelledby="${id}-title">
    <header>
      <h2 id="${id}-title">${record.title}</h2>
      <p class="question">${record.question}</p>
      <p class="headline">${record.narrative.headline}</p>
      <p class="tally">${countVerdicts(record.verdicts)} · level ${record.level} · seed ${record.seed}</p>
    </header>
    ${narrative(record.narrative.paragraphs)}
    ${section(id, "verdicts", "Verdicts", verdictTable(record))}
    ${record.figures.length > 0 ? section(id, "figures", "Figures", record.figures.map((figure) => renderFigure(figure, id))) : undefined}
    ${record.tables.length > 0 ? section(id, "tables", "Tables", record.tables.map(renderTable)) : undefined}
    ${record.equations.length > 0 ? section(id, "equations", "Equations", renderEquations(record.equations)) : undefined}
    ${record.parameters.length > 0 ? section(id, "parameters", "Parameters", parameterTable(record.parameters)) : undefined}
    ${section(id, "outcomes", "How the replicas ended", outcomeTally(record.outcomes))}
    ${section(id, "reproduce", "Make it again", reproduction(record))}
    ${record.references.length > 0 ? section(id, "references", "References", referenceList(record.references)) : undefined}
    <p class="up"><a href="#top">Back to all studies</a></p>
  </article>`;
}

const paragraphsShown = 4;

/** The first paragraphs; what goes beyond is folded away, since the table of verdicts says it again. */
function narrative(paragraphs: readonly string[]): Html {
  const set = (some: readonly string[]): readonly Html[] => some.map((paragraph) => html`<p>${paragraph}</p>`);
  const isLong = paragraphs.length > paragraphsShown + 1;
  const rest = isLong ? paragraphs.slice(paragraphsShown) : [];
  return html`<div class="narrative">${set(isLong ? paragraphs.slice(0, paragraphsShown) : paragraphs)}${
    rest.length > 0 ? html`<details><summary>${rest.length} more paragraphs</summary>${set(rest)}</details>` : undefined
  }</div>`;
}

function section(record: string, name: string, title: string, content: Hole): Html {
  return html`<section aria-labelledby="${record}--${name}"><h3 id="${record}--${name}">${title}</h3>${content}</section>`;
}
