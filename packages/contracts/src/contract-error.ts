/**
 * A broken contract: something a pair or a record promised and does not keep.
 * The message always says what was found, which rule it breaks and what to do about it.
 */
export class ContractError extends Error {
  override readonly name = "ContractError";
  /** Where it was found, for example `pair "curie-weiss"` or `record.figures[2].panels[0]`. */
  readonly where: string;
  readonly rule: string;
  readonly remedy: string;

  constructor(fault: { where: string; found: string; rule: string; remedy: string }) {
    super(`${fault.where}: ${fault.found}; ${fault.rule}. ${fault.remedy}`);
    this.where = fault.where;
    this.rule = fault.rule;
    this.remedy = fault.remedy;
  }
}
