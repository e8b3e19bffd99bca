/** What the exit status of the command says; documented in its help. */
export const exitStatus = { done: 0, internal: 1, badInput: 2, partial: 3, interrupted: 130 } as const;

const longest = 400;

/** The command was asked for something it cannot do: what was found, the rule, the remedy. No stack belongs to it. */
export class InputError extends Error {
  override readonly name = "InputError";
  readonly rule: string;
  readonly remedy: string;

  constructor(parts: { readonly what: string; readonly rule: string; readonly remedy: string }) {
    // Names come from files, and may be of any length.
    const what = parts.what.length > longest ? `${parts.what.slice(0, longest)}...` : parts.what;
    super(`${what}: ${parts.rule}. ${parts.remedy}`);
    this.rule = parts.rule;
    this.remedy = parts.remedy;
  }
}

/** The disk refused to take or to give what belongs there. What was valid on it still is. */
export class DiskRefused extends Error {
  override readonly name = "DiskRefused";
  readonly rule: string;
  readonly remedy: string;
  /** What the system said: "ENOSPC", "EROFS", ... */
  readonly code: string;

  constructor(path: string, error: unknown, what: "written" | "read" = "written") {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    const rule = `it cannot be ${what} (${code}${meanings[code] === undefined ? "" : `: ${meanings[code]}`})`;
    const remedy = remedies[code] ?? "Check that the folder may be written to and the disk has room; other files are untouched.";
    super(`${path}: ${rule}. ${remedy}`);
    this.rule = rule;
    this.remedy = remedy;
    this.code = code;
  }
}

const meanings: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full",
  EDQUOT: "your quota of the disk is used up",
  EROFS: "the file system is read-only",
  EACCES: "you may not write there",
  EPERM: "you may not write there",
  EIO: "the disk fails",
  ENOENT: "it, or its folder, was moved or removed",
  EISDIR: "a folder is in its place",
  ENOTFILE: "it is no file",
};

const remedies: Readonly<Record<string, string>> = {
  ENOSPC: "Make room; everything that was finished is kept.",
  EDQUOT: "Make room; everything that was finished is kept.",
  EROFS: "Mount it for writing, or choose another folder with --out.",
  ENOENT: "Put the folder back, or go on where it is now.",
  EISDIR: "Move that folder away.",
  ENOTFILE: "Move it away.",
  EIO: "Look at the system's log and copy the folder to a sound disk; everything that was finished is kept.",
};

/** Somebody pressed Ctrl-C. What was finished is on disk. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

/** Whether an error explains itself (value, rule, remedy): those of every package do, whichever copy of its class made them. */
export function explainsItself(error: unknown): error is Error & { readonly rule: string; readonly remedy: string } {
  return error instanceof Error && "rule" in error && "remedy" in error && typeof error.rule === "string" && typeof error.remedy === "string";
}

/**
 * The parts of an error that explains itself, whatever class it is of.
 * @throws the error, if it does not
 */
export function partsOf(error: unknown): { readonly what: string; readonly rule: string; readonly remedy: string } {
  if (!explainsItself(error)) throw error;
  const { message, rule, remedy } = error;
  // "what: rule. remedy" is how errors of the command read, "what; rule. remedy" those of a broken contract.
  const end = [`: ${rule}`, `; ${rule}`].map((mark) => message.indexOf(mark)).find((at) => at >= 0);
  return { what: end === undefined ? message : message.slice(0, end), rule, remedy };
}

/** An error as one paragraph: its message if it explains itself, else that it is a fault of the program. */
export function failureParagraph(error: unknown): string {
  if (explainsItself(error)) return error.message;
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return `${message.replace(/\.\s*$/, "")}. This is a fault of Mesoscope or of the module that was run, not of your input; --debug shows where.`;
}
