/** What the exit status of the command says; documented in its help. */
export const exitStatus = { done: 0, internal: 1, badInput: 2, partial: 3, interrupted: 130 } as const;

/** The command was asked for something it cannot do: what was found, the rule, the remedy. No stack belongs to it. */
export class InputError extends Error {
  override readonly name = "InputError";
  readonly rule: string;
  readonly remedy: string;

  constructor(parts: { readonly what: string; readonly rule: string; readonly remedy: string }) {
    super(`${parts.what}: ${parts.rule}. ${parts.remedy}`);
    this.rule = parts.rule;
    this.remedy = parts.remedy;
  }
}

/** Somebody pressed Ctrl-C. What was finished is on disk. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

/** Whether an error explains itself (value, rule, remedy): those of every package do, whichever copy of its class made them. */
export function explainsItself(error: unknown): error is Error & { readonly rule: string; readonly remedy: string } {
  return error instanceof Error && "rule" in error && "remedy" in error && typeof error.rule === "string" && typeof error.remedy === "string";
}

/** An error as one paragraph: its message if it explains itself, else that it is a fault of the program. */
export function failureParagraph(error: unknown): string {
  if (explainsItself(error)) return error.message;
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return `${message}. This is a fault of Mesoscope or of the module that was run, not of your input; --debug shows where.`;
}
