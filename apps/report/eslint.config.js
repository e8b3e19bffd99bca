import { packageConfig } from "@mesoscope/config/eslint";
import { builtinModules } from "node:module";

export default [
  ...packageConfig(import.meta.dirname),
  {
    // The page must also be made in a browser one day: it knows no Node.
    files: ["src/page/**/*.ts"],
    rules: {
      "no-restricted-imports": ["error", { paths: builtinModules, patterns: [{ group: ["node:*", "@mesoscope/backend-*"], message: "The page knows records, not Node and no backend." }] }],
      "no-restricted-globals": ["error", "process", "Buffer", "global", "__dirname", "setImmediate"],
    },
  },
];
