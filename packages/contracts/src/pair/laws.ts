import { ContractError } from "../contract-error.js";
import { checkInstance, checkPair } from "./check-pair.js";
import { observableLength, type Batch, type KeyWords, type Pair, type Parameters, type PairInstance, type Size } from "./pair.js";

/** One law, runnable in any test framework: it resolves, or it throws and says what broke. */
export interface Law {
  readonly name: string;
  check(): Promise<void>;
}

/**
 * The laws every pair must keep, run on the pair itself at one (small) size:
 * the same bytes for a replica alone or in any batch, in any order; another key, other replicas;
 * complete and finite values; pure and complete predictions; refusal of sizes that do not exist.
 */
export function pairLaws(pair: Pair, parameters: Parameters, size: Size): readonly Law[] {
  const where = `pair "${pair.id}"`;
  const key: KeyWords = [0x6d65736f, 0x73636f70];
  const at = (): PairInstance => checkInstance(pair.at(parameters), where);
  const broken = (law: string, found: string, remedy: string): ContractError =>
    new ContractError({ where, found, rule: `law "${law}"`, remedy });

  const law = (name: string, remedy: string, test: () => Promise<string | undefined>): Law => ({
    name,
    async check() {
      const found = await test();
      if (found !== undefined) throw broken(name, found, remedy);
    },
  });

  return [
    law("shape", "Return what the interface in @mesoscope/contracts asks for.", async () => {
      checkPair(pair, where);
      const instance = at();
      return wrongShape(instance, await instance.sample(size, { key, from: 0, count: 3 }, {}), 3);
    }),
    law("replica alone or in a batch", "Draw all randomness of replica r from (key, r) alone.", async () => {
      const instance = at();
      const together = await instance.sample(size, { key, from: 0, count: 4 }, {});
      const alone = await instance.sample(size, { key, from: 2, count: 1 }, {});
      return rowDifference(instance, together, 2, alone, 0);
    }),
    law("order of replicas", "Keep no state between calls of sample.", async () => {
      const instance = at();
      const late = await instance.sample(size, { key, from: 3, count: 2 }, {});
      const early = await instance.sample(size, { key, from: 0, count: 2 }, {});
      const lateAgain = await at().sample(size, { key, from: 3, count: 2 }, {});
      const earlyAgain = await instance.sample(size, { key, from: 0, count: 2 }, {});
      return rowDifference(instance, late, 1, lateAgain, 1) ?? rowDifference(instance, early, 0, earlyAgain, 0);
    }),
    law("another key, other replicas", "Use both words of the key.", async () => {
      const instance = at();
      const one = await instance.sample(size, { key, from: 0, count: 4 }, {});
      for (const other of [[key[0] ^ 1, key[1]], [key[0], key[1] ^ 1]] as const) {
        const two = await instance.sample(size, { key: other, from: 0, count: 4 }, {});
        const same = [0, 1, 2, 3].every((row) => rowDifference(instance, one, row, two, row) === undefined);
        if (same) return `keys ${key.join(",")} and ${other.join(",")} give the same four replicas`;
      }
      return undefined;
    }),
    law("pure predictions", "Let predict depend on parameters and size only.", async () => {
      const instance = at();
      for (const theory of instance.theories) {
        if (!theory.applies(size).applies) continue;
        const first = JSON.stringify(await theory.predict(size, {}));
        const second = JSON.stringify(await theory.predict(size, {}));
        if (first !== second) return `theory "${theory.id}" predicted twice, differently`;
      }
      return undefined;
    }),
    law("complete predictions", "Give value and numericalError for each entry of an observable of this pair.", async () => {
      const instance = at();
      return wrongPredictions(instance, size);
    }),
    law("halved step", "Let `halvedStep` return parameters of the same system: only its step differs.", async () => {
      if (pair.halvedStep === undefined) return undefined;
      const finer = pair.halvedStep(parameters);
      const instance = checkInstance(pair.at(finer), `${where} with its step halved`);
      const shape = ({ observables }: PairInstance): string => JSON.stringify(observables.map((one) => [one.id, one.grid?.values ?? []]));
      if (shape(instance) !== shape(at())) return "with its step halved it has other observables";
      return wrongShape(instance, await instance.sample(size, { key, from: 0, count: 2 }, {}), 2);
    }),
    law("refusal of impossible sizes", "Call checkSize, or check the size yourself, before sampling.", async () => {
      const instance = at();
      for (const axis of pair.axes) {
        for (const bad of [axis.least - 1, axis.least + 0.5, Number.NaN]) {
          const refused = await instance.sample({ ...size, [axis.name]: bad }, { key, from: 0, count: 1 }, {}).then(
            () => false,
            () => true,
          );
          if (!refused) return `${axis.name} = ${bad} was sampled`;
        }
      }
      return undefined;
    }),
  ];
}

function wrongShape(instance: PairInstance, batch: Batch, count: number): string | undefined {
  if (batch.outcomes.length !== count) return `${batch.outcomes.length} outcomes for ${count} replicas`;
  for (const observable of instance.observables) {
    const values = batch.values[observable.id];
    const length = observableLength(observable);
    if (!(values instanceof Float64Array)) return `values of "${observable.id}" are not a Float64Array`;
    if (values.length !== count * length) return `"${observable.id}" has ${values.length} values instead of ${count} x ${length}`;
    for (let r = 0; r < count; r++) {
      if (batch.outcomes[r]?.kind !== "completed") continue;
      const bad = values.subarray(r * length, (r + 1) * length).findIndex((value) => !Number.isFinite(value));
      if (bad >= 0) return `replica ${r} completed with ${values[r * length + bad]!} in "${observable.id}"[${bad}]`;
    }
  }
  return undefined;
}

function rowDifference(instance: PairInstance, a: Batch, rowA: number, b: Batch, rowB: number): string | undefined {
  if (a.outcomes[rowA]?.kind !== b.outcomes[rowB]?.kind) return "the same replica ended in two ways";
  for (const observable of instance.observables) {
    const length = observableLength(observable);
    for (let i = 0; i < length; i++) {
      const left = a.values[observable.id]?.[rowA * length + i];
      const right = b.values[observable.id]?.[rowB * length + i];
      if (!Object.is(left, right)) return `"${observable.id}"[${i}] is ${String(left)} in one call and ${String(right)} in another`;
    }
  }
  return undefined;
}

async function wrongPredictions(instance: PairInstance, size: Size): Promise<string | undefined> {
  for (const theory of instance.theories) {
    const applicability = theory.applies(size);
    if (!applicability.applies) {
      if (applicability.reason === "" || applicability.remedy === "") return `theory "${theory.id}" does not apply and does not say why and what to do`;
      continue;
    }
    for (const prediction of await theory.predict(size, {})) {
      const observable = instance.observables.find((candidate) => candidate.id === prediction.observable);
      if (observable === undefined) return `theory "${theory.id}" predicts "${prediction.observable}", which is not observed`;
      const length = observableLength(observable);
      if (prediction.value.length !== length || prediction.numericalError.length !== length) {
        return `theory "${theory.id}" gives ${prediction.value.length} values and ${prediction.numericalError.length} errors for "${observable.id}", which has ${length}`;
      }
      if (!prediction.value.every(Number.isFinite)) return `theory "${theory.id}" predicts a value of "${observable.id}" that is not finite`;
      if (!prediction.numericalError.every((error) => error >= 0 && Number.isFinite(error))) return `theory "${theory.id}" gives an error of "${observable.id}" that is not a finite number >= 0`;
    }
  }
  return undefined;
}
