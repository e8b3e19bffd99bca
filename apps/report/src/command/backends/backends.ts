import { checkBackendVersion, kernelNames, type BackendSupport, type KernelLimits, type SelfCheck } from "@mesoscope/kernels";
import { loadCatalogue, type Catalogue } from "../../catalogue.js";
import { exitStatus, failureParagraph } from "../../failure.js";
import type { World } from "../../world.js";
import { forTerminal } from "../../words.js";
import { terminalTable } from "../table.js";
import { speedInWords, speedOf, type Speed } from "./speed.js";

/** A backend as it is found here: what it can do, or why it cannot be loaded. */
type Found =
  | { readonly name: string; readonly available: false; readonly fault: boolean; readonly why: string }
  | { readonly name: string; readonly available: true; readonly id: string; readonly supports: BackendSupport; readonly selfCheck: SelfCheck; readonly speed: readonly Speed[] };

/** `mesoscope backends`: the backends of the composition, the default first. */
export async function backends(options: { readonly json?: boolean }, world: World): Promise<number> {
  const catalogue = await loadCatalogue(world.catalogue);
  const found: Found[] = [];
  for (const name of catalogue.backendNames) found.push(await find(name, catalogue));
  const text = options.json === true ? `${JSON.stringify(found.map(described), null, 2)}\n` : tables(found, world.stdout.columns ?? 110);
  world.stdout.write(text);
  return found.some((one) => (one.available ? !one.selfCheck.passed : one.fault)) ? exitStatus.partial : exitStatus.done;
}

async function find(name: string, catalogue: Catalogue): Promise<Found> {
  try {
    const backend = checkBackendVersion(await catalogue.loadBackend(name));
    try {
      const selfCheck = await backend.selfCheck();
      return { name, available: true, id: backend.id, supports: backend.supports, selfCheck, speed: selfCheck.passed ? await speedOf(backend) : [] };
    } finally {
      backend.close();
    }
  } catch (error) {
    // What a machine does not have is no fault of it; an implementation of another version is.
    return { name, available: false, fault: (error as { readonly code?: unknown }).code !== "unsupported", why: failureParagraph(error) };
  }
}

function described(found: Found, place: number): object {
  const isDefault = place === 0;
  if (!found.available) return { name: found.name, available: false, why: found.why, default: isDefault };
  const { name, available, id, selfCheck, supports, speed } = found;
  return { name, available, default: isDefault, id, ...supports, selfCheck, speed };
}

function tables(found: readonly Found[], width: number): string {
  const rows = found.map((one) => {
    if (!one.available) return [one.name, "", "", "", forTerminal(`not available: ${one.why}`)];
    const { name, supports, selfCheck, speed } = one;
    return [name, supports.deterministic ? "yes" : "no", supports.dtypes.join(", "), speed.map(speedInWords).join(", "), forTerminal(checkInWords(selfCheck))];
  });
  const here = found.filter((one) => one.available);
  const kernels = kernelNames.map((kernel) => [kernel, ...here.map(({ supports }) => limitsInWords(supports.kernels[kernel]))]);
  const flexible = here.map((_, i) => i + 1);
  return terminalTable(["backend", "deterministic", "dtypes", "10^6 pairs/s", "self-check"], rows, [4], width) + terminalTable(["kernel", ...here.map(({ name }) => name)], kernels, flexible, width);
}

function checkInWords({ passed, lines }: SelfCheck): string {
  if (passed) return `passed (${lines.length} ${lines.length === 1 ? "check" : "checks"})`;
  return `failed: ${lines.filter((line) => !line.passed).map(({ name, message }) => `${name}: ${message}`).join("; ")}`;
}

/** Dtypes, then limits; where none is named, memory is the limit. */
function limitsInWords(limits: KernelLimits | undefined): string {
  if (limits === undefined) return "no";
  const { dtypes, maxBatch, maxTokens, maxDimension, maxOrder } = limits;
  const upTo = Object.entries({ batch: maxBatch, n: maxTokens, d: maxDimension, order: maxOrder }).flatMap(([name, most]) => (most === undefined ? [] : [`${name} <= ${most}`]));
  return [dtypes.join(", "), ...(upTo.length === 0 ? [] : [upTo.join(", ")])].join("; ");
}
