import { html, trusted, type Html } from "./html.js";

/** What a page is made with besides records; given from outside, since the page knows no Node. */
export interface PageTools {
  /** SHA-256 of a text in UTF-8 as base64: what a content security policy asks for. */
  readonly sha256Base64: (text: string) => string;
  /** The programs that bring the pages to life, bundled; a page without its program shows everything and moves nothing. */
  readonly scripts: { readonly index: string; readonly study: string };
}

/** One page: what stands between its head and its end. */
export interface PageContent {
  readonly title: string;
  readonly style: string;
  readonly script: string;
  readonly body: Html;
}

/**
 * A document that needs nothing else: no network, one style sheet and at most one program, each known to the content security policy
 * by its hash. A program may not contain "</": its bundler sees to that, and here it is looked at again.
 */
export function renderShell({ title, style, script, body }: PageContent, { sha256Base64 }: PageTools): string {
  const program = script.replace(/<\/(?=script)/gi, "<\\/").replaceAll("<!--", "<\\!--");
  const hash = (text: string): string => `'sha256-${sha256Base64(text)}'`;
  const policy = [
    "default-src 'none'",
    `style-src ${hash(style)}`,
    ...(program === "" ? [] : [`script-src ${hash(program)}`]),
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const page = html`<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="Mesoscope">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${trusted(style)}</style>
</head>
<body id="top">
${body}
${program === "" ? undefined : html`<script>${trusted(program)}</script>`}
</body>
</html>
`;
  return `<!doctype html>\n${page.toString()}`;
}
