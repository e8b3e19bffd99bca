/** Lower-case letters, digits and single hyphens, at most `most` of them: the ids of a record. */
export function slug(text: string, most = 64): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+/, "")
    .slice(0, most)
    .replace(/-+$/, "");
}
