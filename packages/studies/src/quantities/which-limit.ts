/** @file "Which limit am I in?" as a quantity. */
import { whichLimit } from "@mesoscope/dmft/transformer";
import { C1, C2, C3, C4, WEIGHT_GROUPS, type Architecture, type Optimiser, type WeightGroup } from "@mesoscope/transformer";
import { equations } from "../equations.js";
import { quantity, type JsonSchema, type Quantity } from "../quantity.js";
import { object } from "./inputs.js";

/** Models by name; single switches override theirs. */
const models: Readonly<Record<string, Architecture>> = { heads: C1, block: C2, "nonlinear-block": C3, residual: C4 };

type Switches = Partial<Omit<Architecture, "trained">>;

interface AdvisorInput extends Switches {
  readonly N?: number;
  readonly H?: number;
  readonly L?: number;
  readonly alphaA: number;
  readonly alphaL?: number;
  readonly model: string;
  readonly trained?: readonly WeightGroup[];
  readonly scheme?: "mean-field" | "ntk" | "standard";
  readonly optimiser?: "sgd" | "momentum" | "adam";
  readonly gamma0?: number;
  readonly eta0?: number;
  readonly largestEigenvalue?: number;
}

const activation = { enum: ["relu", "erf", "gelu", "tanh", "none"] };
const flag = (description: string): JsonSchema => ({ type: "boolean", description: `${description}; that of the model unless given` });
const size = (description: string): JsonSchema => ({ type: "integer", minimum: 1, description: `${description}; infinite unless given` });
const positive = (description: string): JsonSchema => ({ type: "number", minimum: 0, description });

const switches: Readonly<Record<string, JsonSchema>> = {
  readIn: { enum: ["trained", "frozen", "identity"], description: "embedding; that of the model unless given" },
  positions: flag("learned positions"),
  attention: { enum: ["softmax", "shaped", "linear"], description: "that of the model unless given" },
  causal: flag("causal mask"),
  outputProjection: flag("W_O"),
  skip: flag("skip connections"),
  mlp: { ...activation, description: "perceptron in every block; that of the model unless given" },
  layerNorm: flag("layer norm"),
  siteNonlinearity: { ...activation, description: "function before the tokens are averaged; that of the model unless given" },
};

const optional: Readonly<Record<string, JsonSchema>> = {
  N: size("N, width of a head"),
  H: size("H, number of heads"),
  L: { ...size("L, blocks"), description: "L, blocks; 1 unless given" },
  alphaL: { type: "number", minimum: 0.5, maximum: 1, description: "alpha_L, branches weigh L^-alpha_L; 1/2 unless given" },
  trained: { type: "array", items: { enum: WEIGHT_GROUPS }, description: "groups that learn: all but a frozen embedding unless given; none asks about initialisation" },
  scheme: { enum: ["mean-field", "ntk", "standard"], description: "how scales depend on sizes; mean-field unless given" },
  optimiser: { enum: ["sgd", "momentum", "adam"], description: "sgd unless given" },
  gamma0: positive("gamma_0, richness, if known"),
  eta0: positive("eta_0, learning rate, if known"),
  largestEigenvalue: positive("of the tangent kernel over P, if known: with eta_0 it tells whether steps are too long"),
};

const text: JsonSchema = { type: "string" };
const nothing: JsonSchema = { type: ["string", "null"] };
const errorTerm = object({ kind: text, order: text, scale: { type: "number", description: "at these sizes; 0 for the limit itself" }, constant: text });

export const whichLimitQuantity: Quantity = quantity<AdvisorInput>({
  id: "which-limit",
  title: "Which limit am I in? The theory that describes a transformer, its expected error, and warnings where none does",
  equations: equations("size-orders", "transformer-scales"),
  input: object(
    { model: { enum: Object.keys(models), description: "heads read out directly, one block, the same with a function before pooling, or residual blocks" }, alphaA: { type: "number", minimum: 0.5, maximum: 1, description: "alpha_A, logits are N^-alpha_A q.k" }, ...optional, ...switches },
    [...Object.keys(optional), ...Object.keys(switches)],
  ),
  output: object({
    headline: { ...text, description: "the answer in a sentence" },
    theories: { type: "array", items: object({ id: text, label: text, applies: { enum: ["yes", "no", "not-here"] }, reason: text, solver: nothing, equations: { type: "array", items: text }, errors: { type: "array", items: errorTerm } }), description: "all theories, those that apply first" },
    warnings: { type: "array", items: { type: "object" }, description: "what speaks against a limit, with what to do" },
    answers: { type: "array", items: object({ id: text, question: text, answer: text }), description: "what is often asked, answered for this network" },
  }),
  example: { model: "residual", N: 64, H: 8, L: 4, alphaA: 0.5 },
  compute({ N, H, L = 1, alphaA, alphaL = 0.5, model, trained, scheme = "mean-field", optimiser = "sgd", gamma0, eta0, largestEigenvalue, ...changed }) {
    const known = Object.fromEntries(Object.entries({ gamma0, eta0, largestEigenvalue }).filter(([, value]) => value !== undefined));
    const { headline, theories, warnings, answers } = whichLimit({
      N: N ?? "infinite",
      H: H ?? "infinite",
      L,
      alphaA,
      alphaL,
      architecture: { ...models[model]!, ...changed, ...(trained === undefined ? {} : { trained }) },
      scheme,
      optimiser: optimisers[optimiser],
      ...known,
    });
    return { headline, theories: theories.map((theory) => ({ ...theory })), warnings: warnings.map((warning) => ({ ...warning })), answers: answers.map((answer) => ({ ...answer })) };
  },
});

const optimisers: Readonly<Record<"sgd" | "momentum" | "adam", Optimiser>> = { sgd: "sgd", momentum: { momentum: 0.9 }, adam: { adam: { beta1: 0.9, beta2: 0.999, epsilon: 1e-20 } } };
