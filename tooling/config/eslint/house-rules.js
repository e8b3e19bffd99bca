/**
 * @file The rules of this house, each with its reason. `tooling/checks` proves that each can fail.
 * Flat config does not merge the options of one rule: each rule's whole list is built here.
 */

const chance = [
  {
    object: "Math",
    property: "random",
    message: "Chance is keyed here: take a stream from @mesoscope/numerics (key(seed).fold(...).stream()).",
  },
];

/** What the language leaves "implementation-approximated": the engine's choice of bits would reach a record. */
const inexact = [
  ...["exp", "expm1", "log", "log1p", "log2", "log10", "pow", "cbrt", "hypot"],
  ...["sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh"],
].map((property) => ({
  object: "Math",
  property,
  message: `Math.${property} has other bits in other engines: take the function from @mesoscope/numerics (for powers: multiply).`,
}));

/** Seeded, keyed streams are the only source of chance: see `@mesoscope/numerics`. */
export const noMathRandom = { "no-restricted-properties": ["error", ...chance] };

/** In sources also the engine's transcendental functions are out. */
export const noChanceNoInexactness = { "no-restricted-properties": ["error", ...chance, ...inexact] };

const inheritance = [
  {
    selector: ":matches(ClassDeclaration, ClassExpression)[superClass]:not([superClass.name=/Error$/])",
    message: "No class inheritance except errors: compose by wrapping, describe variants as data.",
  },
];

const bareError = [
  {
    selector: ":matches(NewExpression, CallExpression)[callee.name='Error']",
    message: "An error names the value, the rule and the remedy: DomainError of @mesoscope/numerics or the package's own class, not a bare Error.",
  },
];

const power = [
  {
    // 2 ** k is exact; every other power is the engine's.
    selector: "BinaryExpression[operator='**']:not([left.value=2])",
    message: "a ** b has other bits in other engines unless a is 2: multiply, or use exp and log of @mesoscope/numerics.",
  },
  { selector: "AssignmentExpression[operator='**=']", message: "a **= b has other bits in other engines: multiply." },
];

/** Numeric code composes by wrapping; the one hierarchy a reader must know is that of errors. */
export const noInheritance = { "no-restricted-syntax": ["error", ...inheritance] };

/** In sources also bare errors and powers are out. */
export const noInheritanceNoBareErrorNoPower = { "no-restricted-syntax": ["error", ...inheritance, ...bareError, ...power] };

/** What is imported from src must be installed with the package. */
export const noDevDependencyInSource = { "n/no-unpublished-import": "error", "n/no-extraneous-import": "error" };

/** Backends are chosen where the program is put together, at run time: `import()` there, never a static import. */
export const noStaticBackend = {
  "no-restricted-imports": [
    "error",
    { patterns: [{ group: ["@mesoscope/backend-*"], message: "Backends come in by dynamic import() in the one place that composes the program." }] },
  ],
};
