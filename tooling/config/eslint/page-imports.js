import { dirname, resolve, sep } from "node:path";

/**
 * The page (`src/page/` of apps/report) knows records, not code: of this workspace it may import `@mesoscope/contracts`
 * and its own folder only. Types count too: a type of the physics is knowledge of the physics.
 */
export const pageImports = {
  meta: {
    type: "problem",
    schema: [],
    messages: {
      outside: "The page takes a record and gives a page: it may import @mesoscope/contracts and its own folder, not {{source}}.",
    },
  },
  create(context) {
    const marker = `${sep}src${sep}page${sep}`;
    const at = context.filename.lastIndexOf(marker);
    if (at < 0) return {};
    const page = context.filename.slice(0, at + marker.length);
    const check = (node) => {
      const source = node.source?.value;
      if (typeof source !== "string") return;
      const inside = source.startsWith(".")
        ? resolve(dirname(context.filename), source).startsWith(page)
        : !/^(@mesoscope\/|mesoscope(\/|$))/.test(source) || /^@mesoscope\/contracts(\/|$)/.test(source);
      if (!inside) context.report({ node, messageId: "outside", data: { source } });
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    };
  },
};
