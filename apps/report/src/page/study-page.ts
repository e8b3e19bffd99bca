import type { MesoscopeRecord } from "@mesoscope/contracts";
import { html } from "./html.js";
import { renderShell, type PageTools } from "./shell.js";
import { renderStudy, sectionsOf } from "./study.js";
import { studySheet } from "./style/sheet.js";
import { shortened } from "./figure/wrap.js";

/** The page of one record. Equal records, equal bytes. */
export function renderStudyPage(record: MesoscopeRecord, tools: PageTools): string {
  const body = html`<a class="skip" href="#${record.id}">Skip to the verdict</a>
<header class="masthead way"><p><a href="../index.html">Mesoscope: all studies</a></p></header>
<main>${renderStudy(record)}</main>
<nav class="contents" aria-label="Parts of this study"><ul>${sectionsOf(record).map(({ name, title }) => html`<li><a href="#${record.id}--${name}">${title}</a></li>`)}</ul>
<p><a href="#top">Back to the top</a></p></nav>`;
  return renderShell({ title: `${shortened(record.title, 200)} · Mesoscope`, style: studySheet, script: tools.scripts.study, body }, tools);
}
