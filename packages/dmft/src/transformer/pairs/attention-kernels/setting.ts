import type { Parameters, ParameterSchema } from "@mesoscope/contracts";
import { DomainError } from "@mesoscope/numerics";
import { C4 } from "@mesoscope/transformer";
import type { Architecture } from "@mesoscope/transformer";
import { readParameters } from "../../../pairs/read-parameters.js";
import type { Embedding } from "../../finite-size/depth-cumulants.js";
import type { Activation } from "../../initialisation/activations.js";
import type { Precision } from "../../initialisation/precision.js";
import type { ResidualModel } from "../../initialisation/residual-model.js";
import { inputKernel } from "../../initialisation/token-kernel.js";
import type { TokenInputs, TokenKernel } from "../../initialisation/token-kernel.js";
import { KERNEL_INPUTS_NAMES, kernelInputs } from "./inputs.js";
import type { KernelInputsName } from "./inputs.js";

/** Parameters of the pair "attention-kernels". */
export const kernelParameters: ParameterSchema = {
  type: "object",
  properties: {
    inputs: { type: "string", symbol: "x", description: `Tokens by name, or "given" with x, tokens and features. ${KERNEL_INPUTS_NAMES.map((name) => `"${name}": ${kernelInputs[name].title}`).join("; ")}.`, unit: "1", enum: [...KERNEL_INPUTS_NAMES, "given"], default: "two-tokens" },
    x: { type: "array", symbol: "x", description: "Given tokens, row-major (inputs, tokens, features).", unit: "1", items: { type: "number", minimum: -100, maximum: 100 } },
    tokens: { type: "integer", symbol: "S", description: "Tokens of a given input.", unit: "1", minimum: 2, maximum: 16 },
    features: { type: "integer", symbol: "D", description: "Features of a given token.", unit: "1", minimum: 1, maximum: 64 },
    alphaA: { type: "number", symbol: "α_A", description: "Power of N in the logits N^-α_A q·k: at 1/2 heads have random attention, at 1 uniform attention as N grows.", unit: "1", minimum: 0.5, maximum: 1, default: 1 },
    alphaL: { type: "number", symbol: "α_L", description: "Power of L in the weight β₀ L^-α_L of a branch.", unit: "1", minimum: 0.5, maximum: 1, default: 1 },
    beta0: { type: "number", symbol: "β₀", description: "Weight of a branch of a network with one block.", unit: "1", exclusiveMinimum: 0, maximum: 10, default: 1 },
    L: { type: "integer", symbol: "L", description: "Blocks.", unit: "1", minimum: 1, maximum: 256, default: 1 },
    mlp: { type: "string", symbol: "φ", description: "Nonlinearity of the second branch of every block; none: attention only.", unit: "1", enum: ["none", "relu", "erf", "gelu", "tanh"], default: "none" },
    norm: { type: "string", symbol: "LN", description: "Layer norm before each branch, or none.", unit: "1", enum: ["none", "layer"], default: "none" },
    mask: { type: "string", symbol: "M", description: "Whether a token sees all tokens, or itself and those before it.", unit: "1", enum: ["none", "causal"], default: "none" },
    embedding: { type: "string", symbol: "W₀", description: 'Kernel below the first block: "random", that of a random read-in of n = NH neurons, or "fixed", that of the inputs.', unit: "1", enum: ["random", "fixed"], default: "random" },
    sampler: { type: "string", symbol: "W", description: 'How a network is drawn: "chain", its kernels block by block, which has the same law at a cost that does not grow with N; "networks", all its weights.', unit: "1", enum: ["chain", "networks"], default: "chain" },
    tolerance: { type: "number", symbol: "ε_q", description: "Error of an entry at which a quadrature of the theories stops.", unit: "1", exclusiveMinimum: 0, maximum: 1, default: 1e-4 },
    points: { type: "integer", symbol: "M", description: "Points that a quadrature may take for one pair of tokens.", unit: "1", minimum: 512, maximum: 100_000_000, default: 40_000 },
  },
  additionalProperties: false,
};

/** The parameters as samplers and theories use them. */
export interface KernelSetting {
  readonly start: TokenKernel;
  readonly tokens: TokenInputs;
  /** Its head has no width yet: see {@link modelOfWidth}. */
  readonly model: Omit<ResidualModel, "head">;
  readonly alphaA: number;
  readonly causal: boolean;
  readonly embedding: Embedding;
  readonly isExplicit: boolean;
  readonly precision: Precision;
  readonly architecture: Architecture;
}

const EPSILON = 1e-6;

/** @throws DomainError for parameters that break their schema, tokens that are not given in full, and a fixed embedding of explicit networks */
export function kernelSetting(parameters: Parameters): KernelSetting {
  const read = readParameters(kernelParameters, parameters);
  const tokens = tokensFrom(read.text("inputs") as KernelInputsName | "given", read.numbers("x"), read.number("tokens"), read.number("features"));
  const mlp = read.text("mlp") as Activation | "none";
  const layerNorm = read.text("norm") === "layer";
  const causal = read.text("mask") === "causal";
  const embedding = read.text("embedding") as Embedding;
  const isExplicit = read.text("sampler") === "networks";
  if (isExplicit && embedding === "fixed") {
    throw new DomainError({ name: "embedding", value: embedding, rule: 'must be "random" where networks are drawn with all their weights', remedy: "A network reads its inputs in by random weights; take the chain for a fixed kernel." });
  }
  return {
    start: inputKernel(tokens),
    tokens,
    model: { L: read.number("L")!, alphaL: read.number("alphaL")!, beta0: read.number("beta0")!, ...(mlp === "none" ? {} : { mlp }), ...(layerNorm ? { layerNorm: { epsilon: EPSILON } } : {}) },
    alphaA: read.number("alphaA")!,
    causal,
    embedding,
    isExplicit,
    precision: { tolerance: read.number("tolerance")!, budget: read.number("points")!, seed: "attention-kernels" },
    architecture: { ...C4, mlp, layerNorm, causal },
  };
}

/** The model with heads of this width. */
export function modelOfWidth({ model, alphaA, causal }: KernelSetting, N: number | "infinite"): ResidualModel {
  return { ...model, head: { alphaA, N, ...(causal ? { mask: "causal" } : {}) } };
}

function tokensFrom(name: KernelInputsName | "given", x: readonly number[] | undefined, tokens: number | undefined, features: number | undefined): TokenInputs {
  if (name !== "given") return { ...kernelInputs[name], x: Float64Array.from(kernelInputs[name].x) };
  for (const [missing, value] of Object.entries({ x, tokens, features })) {
    if (value === undefined) throw new DomainError({ name: missing, value, rule: 'must be given for inputs "given"', remedy: "Give x row by row, (inputs, tokens, features), and the numbers of tokens and features." });
  }
  const inputs = x!.length / (tokens! * features!);
  if (!Number.isInteger(inputs) || inputs < 1) {
    throw new DomainError({ name: "x", value: x!.length, rule: `must be a multiple of tokens × features = ${tokens! * features!} numbers`, remedy: "Give all tokens of every input." });
  }
  return { inputs, tokens: tokens!, features: features!, x: Float64Array.from(x!) };
}
