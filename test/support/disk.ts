// The box's disk as someone sees it who carries the machine away: the raw image, deleted blocks and all.

import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { openLab } from '../../appliance/lab/lab.ts';
import { inBox, type LabInfo } from './lab.ts';

const CHUNK = 1 << 20;
const ZEROS = Buffer.alloc(CHUNK + 4096);

/** How many of the patterns stand anywhere in the box's disk image, after everything was flushed to it. */
export async function foundOnDisk(lab: LabInfo, name: string, patterns: Buffer[]): Promise<number> {
  await inBox(lab, 'sync');
  const image = await open(join(openLab(name).state, 'disk.img'), 'r');
  const found = new Set<number>();
  const overlap = Math.max(...patterns.map(({ length }) => length));
  try {
    const { size } = await image.stat();
    const buffer = Buffer.alloc(CHUNK + overlap);
    for (let at = 0; at < size; at += CHUNK) {
      const { bytesRead } = await image.read(buffer, 0, buffer.length, at);
      const chunk = buffer.subarray(0, bytesRead);
      // Most of the image was never written: a chunk of zeros cannot hold a pattern.
      if (chunk.equals(ZEROS.subarray(0, bytesRead))) continue;
      patterns.forEach((pattern, index) => {
        if (!found.has(index) && chunk.includes(pattern)) found.add(index);
      });
    }
  } finally {
    await image.close();
  }
  return found.size;
}

/** Pieces of audio that would show it anywhere: 48 bytes every so often, silence left out. */
export function fingerprints(audio: Buffer, count = 8): Buffer[] {
  const step = Math.floor(audio.length / (count + 1));
  return Array.from({ length: count }, (_, i) =>
    Buffer.from(audio.subarray((i + 1) * step, (i + 1) * step + 48)),
  ).filter((piece) => new Set(piece).size > 8);
}
