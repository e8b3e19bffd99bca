import js from "@eslint/js";
import { defineConfig } from "eslint/config";
import n from "eslint-plugin-n";
import globals from "globals";
import ts from "typescript-eslint";
import {
  noChanceNoInexactness,
  noDevDependencyInSource,
  noInheritance,
  noInheritanceNoBareErrorNoPower,
  noMathRandom,
  noStaticBackend,
} from "./house-rules.js";
import { pageImports } from "./page-imports.js";

/**
 * The flat config of one package: type-checked rules at their strictest, then the house rules.
 * @param {string} root the package's folder (`import.meta.dirname`)
 */
export function packageConfig(root) {
  return defineConfig(
    // A package's *.config.ts is one line that points here; fixtures are data.
    { ignores: ["dist/", "api/", "coverage/", "test-results/", "*.config.ts", "**/fixtures/**"] },
    {
      files: ["**/*.ts"],
      extends: [js.configs.recommended, ts.configs.strictTypeChecked, ts.configs.stylisticTypeChecked],
      languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: root } },
      rules: {
        ...noMathRandom,
        ...noInheritance,
        eqeqeq: "error",
        "no-shadow": "off",
        "@typescript-eslint/no-shadow": "error",
        // Typed arrays are read by index under noUncheckedIndexedAccess: `x[i]!` there is a statement about a loop bound.
        "@typescript-eslint/no-non-null-assertion": "off",
        // Coefficients stand as their table prints them; the nearest double is meant.
        "no-loss-of-precision": "off",
        // Numbers belong in messages: errors name the value.
        "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
        // The argument names of an interface are its documentation.
        "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      },
    },
    {
      files: ["src/**/*.ts"],
      plugins: { n, house: { rules: { "page-imports": pageImports } } },
      settings: { node: { version: ">=20.19" } },
      rules: {
        ...noChanceNoInexactness,
        ...noInheritanceNoBareErrorNoPower,
        ...noDevDependencyInSource,
        ...noStaticBackend,
        "house/page-imports": "error",
        "max-lines": ["error", { max: 350, skipComments: true, skipBlankLines: true }],
      },
    },
    {
      files: ["**/*.js", "**/*.mjs"],
      extends: [js.configs.recommended],
      languageOptions: { globals: globals.node },
      rules: noMathRandom,
    },
  );
}
