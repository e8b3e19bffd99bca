import { open } from "node:fs/promises";

const piece = 1 << 20;

/**
 * The text of a file, read no further than `most` bytes: sizes are told of files on disks only, and a pipe or a device may have no end.
 * @returns undefined if there are more
 * @throws what the system says if it cannot be read
 */
export async function readBounded(path: string, most: number): Promise<string | undefined> {
  const file = await open(path, "r");
  try {
    const found = await file.stat();
    if (found.isFile() && found.size > most) return undefined;
    const pieces: Uint8Array[] = [];
    for (let sum = 0; ; ) {
      const { bytesRead, buffer } = await file.read(new Uint8Array(Math.min(piece, most + 1)), 0, null, null);
      if (bytesRead === 0) return Buffer.concat(pieces).toString("utf8");
      sum += bytesRead;
      if (sum > most) return undefined;
      pieces.push(buffer.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
}
