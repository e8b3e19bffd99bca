import { describe, expect, it } from "vitest";
import { checkInstance, checkPair, checkSize, ContractError, PAIR_VERSION } from "../../src/index.js";
import { coinPair } from "../coin.js";

const pair = coinPair();

const property = { type: "number", symbol: "K", description: "coupling", unit: "1" };

describe("checkPair", () => {
  it("takes a pair as it is", () => {
    expect(checkPair(pair)).toBe(pair);
  });

  it.each([
    [undefined, "it is undefined"],
    [null, "it is null"],
    [{ ...pair, pairVersion: undefined }, "pairVersion is missing"],
    [{ ...pair, pairVersion: "1" }, 'pairVersion is "1"'],
    [{ ...pair, pairVersion: PAIR_VERSION + 1 }, `Install a Mesoscope that runs version ${PAIR_VERSION + 1}`],
    [{ ...pair, id: "" }, "`id` is empty"],
    [{ ...pair, id: "../escape" }, "an id names files"],
    [{ ...pair, at: undefined }, "`at` is missing"],
    [{ ...pair, axes: [] }, "`axes` is empty"],
    [{ ...pair, axes: [{ ...pair.axes[0], least: 0 }] }, "least is 0"],
    [{ ...pair, parameters: null }, "`parameters` is object"],
    [{ ...pair, parameters: {} }, "parameters.type is missing"],
    [{ ...pair, parameters: { ...pair.parameters, type: "array" } }, 'parameters.type is "array"'],
    [{ ...pair, parameters: { type: "object" } }, "parameters.properties: it is undefined"],
    [{ ...pair, parameters: { type: "object", properties: [] } }, "parameters.properties: it is a list"],
    [{ ...pair, parameters: { type: "object", properties: { K: null } } }, 'parameter "K": it is null'],
    [{ ...pair, parameters: { type: "object", properties: { K: { ...property, symbol: undefined } } } }, 'parameter "K": `symbol` is missing'],
    [{ ...pair, parameters: { type: "object", properties: { K: { ...property, description: "" } } } }, 'parameter "K": `description` is empty'],
    [{ ...pair, parameters: { type: "object", properties: { K: { ...property, unit: 1 } } } }, 'parameter "K": `unit` is number'],
    [{ ...pair, axes: [undefined] }, "axes[0]: it is undefined"],
    [{ ...pair, axes: [{ ...pair.axes[0], name: "" }] }, "axes[0]: `name` is empty"],
    [{ ...pair, axes: [{ ...pair.axes[0], symbol: undefined }] }, 'axis "n": `symbol` is missing'],
    [{ ...pair, axes: [{ ...pair.axes[0], meaning: undefined }] }, 'axis "n": `meaning` is missing'],
  ])("refuses %o", (candidate, message) => {
    expect(() => checkPair(candidate)).toThrow(ContractError);
    expect(() => checkPair(candidate)).toThrow(message);
  });
  it("takes parameters that say what they are", () => {
    expect(() => checkPair({ ...pair, parameters: { type: "object", properties: { K: property } } })).not.toThrow();
  });
});

describe("checkInstance", () => {
  const instance = pair.at({});
  const observable = instance.observables[0]!;
  const theory = instance.theories[0]!;
  const grid = { symbol: "t", meaning: "time", unit: "s", values: [0, 1] };
  const series = { ...observable, kind: "series", grid };

  it("takes an instance as it is, and a series with its grid", () => {
    expect(checkInstance(instance, "pair")).toBe(instance);
    for (const kind of ["series", "per-unit", "law"]) expect(() => checkInstance({ ...instance, observables: [{ ...series, kind }] }, "pair")).not.toThrow();
  });

  it.each<[string, object, string]>([
    ["no sampler", { sample: undefined }, "`sample` is missing"],
    ["no observables", { observables: [] }, "`observables` is empty"],
    ["an observable that is none", { observables: [null] }, "observables[0]: it is null"],
    ["an observable without id", { observables: [observable, { ...observable, id: "" }] }, "observables[1]: `id` is empty"],
    ["an id that names no file", { observables: [{ ...observable, id: "M²" }] }, "an id names files"],
    ["two observables of one id", { observables: [observable, series] }, 'two observables have the id "mean"'],
    ["no symbol", { observables: [{ ...observable, symbol: undefined }] }, 'observable "mean": `symbol` is missing'],
    ["no meaning", { observables: [{ ...observable, meaning: undefined }] }, 'observable "mean": `meaning` is missing'],
    ["no unit", { observables: [{ ...observable, unit: undefined }] }, 'observable "mean": `unit` is missing'],
    ["no kind", { observables: [{ ...observable, kind: undefined }] }, "kind is missing; a kind is one of scalar, series, law, per-unit"],
    ["another kind", { observables: [{ ...observable, kind: "vector" }] }, 'kind is "vector"'],
    ["a series without a grid", { observables: [{ ...observable, kind: "series" }] }, "a series has one number per grid value"],
    ["units without a grid", { observables: [{ ...observable, kind: "per-unit" }] }, "its grid holds the unit indices"],
    ["a grid without a unit", { observables: [{ ...series, grid: { ...grid, unit: undefined } }] }, "grid: `unit` is missing"],
    ["a grid without values", { observables: [{ ...series, grid: { ...grid, values: undefined } }] }, "grid: `values` is missing"],
    ["an empty grid", { observables: [{ ...series, grid: { ...grid, values: [] } }] }, "grid: `values` is empty"],
    ["times that go back", { observables: [{ ...series, grid: { ...grid, isTime: true, values: [0, 2, 1] } }] }, "values[2] is 1, after 2; times ascend"],
    ["a grid of no numbers", { observables: [{ ...series, grid: { ...grid, values: [0, Number.NaN] } }] }, "values[1] is NaN"],
    ["no theories", { theories: [] }, "`theories` is empty"],
    ["a theory that is none", { theories: ["limit"] }, "theories[0]: it is string"],
    ["a theory without id", { theories: [{ ...theory, id: undefined }] }, "theories[0]: `id` is missing"],
    ["a theory without title", { theories: [{ ...theory, title: undefined }] }, 'theory "limit": `title` is missing'],
    ["a theory without equations", { theories: [{ ...theory, equations: "curie-weiss" }] }, 'theory "limit": `equations` is string; `equations` must be a list.'],
    ["a theory that does not say where it applies", { theories: [{ ...theory, applies: true }] }, "`applies` is boolean"],
    ["two theories of one id", { theories: [theory, { ...theory, title: "another" }] }, 'two theories have the id "limit"'],
  ])("refuses %s", (_, change, message) => {
    expect(() => checkInstance({ ...instance, ...change }, "pair")).toThrow(ContractError);
    expect(() => checkInstance({ ...instance, ...change }, "pair")).toThrow(message);
  });
});

describe("what a pair may have besides", () => {
  const transition = { parameter: "p", at: 1, observable: "mean", exponents: { value: 0.25, width: 0.5 } };
  const withParameter = { ...pair, parameters: { ...pair.parameters, properties: { p: { type: "number", symbol: "p", description: "a number", unit: "1" } } } };
  it("takes transitions and a halved step", () => {
    const taken = { ...withParameter, transitions: [transition], halvedStep: (given: object) => given };
    expect(checkPair(taken)).toBe(taken);
  });
  it.each([
    ["a halved step that is no function", { halvedStep: 2 }, "`halvedStep` is number"],
    ["transitions that are no list", { transitions: transition }, "`transitions` must be a list"],
    ["a transition without an observable", { transitions: [{ ...transition, observable: "" }] }, "transitions[0]: `observable` is empty"],
    ["a transition in an unknown parameter", { transitions: [{ ...transition, parameter: "q" }] }, 'it names "q"; the parameters are p'],
    ["a transition where another is unknown", { transitions: [{ ...transition, where: { q: 0 } }] }, 'it names "q"'],
    ["a transition at no number", { transitions: [{ ...transition, at: Number.NaN }] }, "at is NaN"],
    ["a transition without exponents", { transitions: [{ ...transition, exponents: { value: 0.25 } }] }, "exponents.width is undefined"],
  ])("refuses %s", (_, change, message) => {
    expect(() => checkPair({ ...withParameter, ...change })).toThrow(ContractError);
    expect(() => checkPair({ ...withParameter, ...change })).toThrow(message);
  });
});

describe("checkSize", () => {
  const axes = [{ name: "N", symbol: "N", meaning: "width", least: 4, divisibleBy: 4 }];
  it("takes a size that exists", () => {
    expect(() => {
      checkSize(axes, { N: 8 }, "pair");
    }).not.toThrow();
  });
  it.each([[{ N: 3 }], [{ N: 6 }], [{ N: -8 }], [{ N: 8.5 }], [{ N: Number.POSITIVE_INFINITY }], [{}], [{ N: 8, M: 1 }]])("refuses %o", (size) => {
    expect(() => {
      checkSize(axes, size, "pair");
    }).toThrow(ContractError);
  });
});
