/**
 * @file What the text of a kernel must keep, checked before gpu.js sees it. Each rule excludes a case in which gpu.js or a driver was seen to give
 * wrong numbers without a word:
 * - a name is declared once. The `webasm` mode of gpu.js 2.24.1 ignores block scopes, so that an inner variable of the same name overwrites the outer
 *   one (minifiers make such names); the GPU modes refuse to compile them.
 * - a loop counts from 0 to a number that stands there. gpu.js ends every other loop after `loopMaxIterations`.
 * - one thread makes at most {@link MAX_ITERATIONS} iterations in all its loops. Mesa 22.3's llvmpipe, for one, stops after 65,535.
 */
import { KernelError } from "@mesoscope/kernels";
import { textOf, type Source } from "./sources/source.js";

/** Iterations of all loops of one thread, inner ones counted as often as they run. */
export const MAX_ITERATIONS = 40_000;

const LOOP = /\bfor\s*\(\s*let\s+(\w+)\s*=\s*0\s*;\s*(\w+)\s*<\s*(\d+)\s*;\s*(\w+)\s*\+\+\s*\)\s*\{/y;

/**
 * The text of a source that keeps the rules.
 * @throws KernelError (`unsupported`) that names the rule, with the name or the loop that breaks it.
 */
export function checkedText(source: Source): string {
  const text = textOf(source);
  checkNames(source);
  const iterations = countIterations(source.body);
  if (iterations > MAX_ITERATIONS) throw broken(`makes ${iterations} iterations`, `a thread makes at most ${MAX_ITERATIONS}, for some drivers stop silently at 65,535`, "Divide the loop over more threads.");
  return text;
}

function checkNames({ parameters, body }: Source): void {
  const seen = new Set(Object.keys(parameters));
  for (const [, kind, name, after] of body.matchAll(/\b(let|const|var|function|class)\b\s*([A-Za-z_$][\w$]*)?\s*([^\s])?/g)) {
    if ((kind !== "let" && kind !== "const") || name === undefined || after !== "=") {
      throw broken(`has ${[kind, name, after].join(" ")}`, "a declaration is let or const of one name with its value", "Write `let name = value;`.");
    }
    if (seen.has(name)) throw broken(`declares ${name} again`, "a name is declared once, for gpu.js's webasm mode ignores block scopes and would mix the two up silently", "Give the inner one a name of its own.");
    seen.add(name);
  }
  for (const statement of body.split(";")) {
    const declared = /\b(?:let|const)\b([\s\S]*)/.exec(statement)?.[1];
    if (declared !== undefined && hasBareComma(declared)) throw broken(`has let${declared}`, "a declaration is of one name", "Write one declaration for each name.");
  }
}

/** True where a comma stands outside all brackets. */
function hasBareComma(text: string): boolean {
  let depth = 0;
  for (const sign of text) {
    if ("([{".includes(sign)) depth += 1;
    else if (")]}".includes(sign)) depth -= 1;
    else if (sign === "," && depth <= 0) return true;
  }
  return false;
}

/** Iterations of all loops of one call. */
function countIterations(body: string): number {
  const factors: number[] = [1];
  let total = 0;
  for (let at = 0; at < body.length; at += 1) {
    const sign = body[at]!;
    if (sign === "}") factors.pop();
    if (sign === "{") factors.push(factors.at(-1)!);
    if (!/[dfw]/.test(sign) || /\w/.test(body[at - 1] ?? " ") || !/^(?:for|while|do)\b/.test(body.slice(at, at + 6))) continue;
    LOOP.lastIndex = at;
    const found = LOOP.exec(body);
    if (found === null || found[1] !== found[2] || found[1] !== found[4]) {
      throw broken(`has the loop ${body.slice(at, at + 60).split("\n")[0]!}`, "a loop is `for (let j = 0; j < 64; j++) {` with a number, for gpu.js cuts every other loop at loopMaxIterations", "Count to a literal number and clamp inside.");
    }
    factors.push(factors.at(-1)! * Number(found[3]));
    total += factors.at(-1)!;
    at = LOOP.lastIndex - 1;
  }
  return total;
}

function broken(what: string, rule: string, remedy: string): KernelError {
  return new KernelError({ code: "unsupported", what: `a kernel's source ${what}`, rule, remedy });
}
