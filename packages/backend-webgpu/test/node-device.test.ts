/**
 * @file The laws on a device in Node. They need the npm package `webgpu`, which nothing here depends on, and a Vulkan driver; where either is
 * missing they are skipped. With Debian's chromium and its software driver:
 *
 *   npm install --prefix /tmp/webgpu webgpu@0.6.2
 *   LD_LIBRARY_PATH=/usr/lib/chromium VK_ICD_FILENAMES=/usr/lib/chromium/vk_swiftshader_icd.json WEBGPU_PACKAGE=/tmp/webgpu/node_modules/webgpu/index.js npx vitest run node-device
 */
import { pathToFileURL } from "node:url";
import { backendLaws, KernelError, type Backend } from "@mesoscope/kernels";
import { afterAll, describe, expect, test } from "vitest";
import { webgpuBackend } from "../src/index.js";
import type { Gpu } from "../src/web-gpu.js";

async function device(): Promise<Backend | string> {
  const path = process.env["WEBGPU_PACKAGE"];
  try {
    const { create } = (await import(path === undefined ? "webgpu" : pathToFileURL(path).href)) as { create: (options: string[]) => Gpu };
    return await webgpuBackend({ gpu: create([]) });
  } catch (error) {
    // A device that is there and wrong is no reason to skip.
    if (error instanceof KernelError && !error.message.includes("found no adapter")) throw error;
    return error instanceof Error ? error.message.split("\n")[0]! : String(error);
  }
}

const found = await device();
if (typeof found === "string") console.info(`laws on a device in Node skipped: ${found}`);

describe.skipIf(typeof found === "string")("the webgpu backend keeps the laws of the seam on a device in Node", () => {
  const backend = found as Backend;
  afterAll(() => {
    backend.close();
  });

  test.each(backendLaws.map((law) => [law.name, law] as const))("%s", async (_, law) => {
    await expect(law.check(backend)).resolves.toBeUndefined();
  });
});
