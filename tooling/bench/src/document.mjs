/** @file A document whose sections are renewed one by one, each between two comments that name it. */

const opening = (id) => `<!-- bench ${id}: written by \`npm run bench -- --only ${id} --write\` -->`;
const closing = (id) => `<!-- /bench ${id} -->`;

/** The section as it stands in the document. */
export const written = ({ id, title }, body) => `## ${title}\n\n${opening(id)}\n${body}\n${closing(id)}`;

/**
 * The document with this section renewed in its place, or added at the end.
 * @throws RangeError when its end is missing
 */
export function withSection(document, section, body) {
  const heading = `## ${section.title}\n\n${opening(section.id)}`;
  const from = document.indexOf(heading);
  if (from < 0) return `${document.trimEnd()}\n\n${written(section, body)}\n`;
  const end = document.indexOf(closing(section.id), from);
  if (end < 0) throw new RangeError(`document: section ${section.id} has no ${closing(section.id)}; put it where the section ends`);
  return document.slice(0, from) + written(section, body) + document.slice(end + closing(section.id).length);
}
