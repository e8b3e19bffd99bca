/**
 * @file The rules of this house, each with its reason. `tooling/checks` proves that each can fail.
 */

/** Seeded, keyed streams are the only source of chance: see `@mesoscope/numerics`. */
export const noMathRandom = {
  "no-restricted-properties": [
    "error",
    {
      object: "Math",
      property: "random",
      message: "Chance is keyed here: take a stream from @mesoscope/numerics (key(seed).fold(...).stream()).",
    },
  ],
};

/** Numeric code composes by wrapping; the one hierarchy a reader must know is that of errors. */
export const noInheritance = {
  "no-restricted-syntax": [
    "error",
    {
      selector: "ClassDeclaration[superClass]:not([superClass.name=/Error$/])",
      message: "No class inheritance except errors: compose by wrapping, describe variants as data.",
    },
    {
      selector: "ClassExpression[superClass]:not([superClass.name=/Error$/])",
      message: "No class inheritance except errors: compose by wrapping, describe variants as data.",
    },
    {
      selector: "ThrowStatement > NewExpression[callee.name='Error']",
      message: "Throw an error class that names the value, the rule and the remedy, not a bare Error.",
    },
  ],
};

/** What is imported from src must be installed with the package. */
export const noDevDependencyInSource = { "n/no-unpublished-import": "error", "n/no-extraneous-import": "error" };

/** The page knows records, not code. */
export const pageImportsContractsOnly = {
  "no-restricted-imports": [
    "error",
    {
      patterns: [
        {
          group: ["@mesoscope/*", "!@mesoscope/contracts", "../*", "!../page/*"],
          message: "The page takes a record and gives a page: it may import @mesoscope/contracts and its own folder only.",
        },
      ],
    },
  ],
};
