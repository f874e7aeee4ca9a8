// What is being sealed: incoming/<id>/. Beside the files that will be the recording lies what a power cut would need
// to make a recording of them: how the body would end (`ends`), and what the sheet in RAM knows of the call (`draft`).

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isCallId } from '../shared/call-id.ts';
import { readIfThere, writeDurably } from '../shared/files.ts';
import { absent } from './days.ts';

const DRAFT = 'draft.json';
/** Files that do not stay. */
export const SCAFFOLDING = [DRAFT, 'ends'];

export interface Arriving {
  /** Ids of all that is there. */
  ids(): Promise<string[]>;
  folder(id: string): string;
  /** Writes the draft, or replaces it; durable when it returns. */
  putDraft(id: string, draft: Uint8Array): Promise<void>;
  draft(id: string): Promise<string | undefined>;
  /** The manifest, once it is signed. */
  signed(id: string): Promise<string | undefined>;
}

/** What lies in that folder. */
export function arrivingIn(root: string): Arriving {
  const folder = (id: string) => join(root, id);
  return {
    ids: async () => ((await readdir(root).catch(absent)) ?? []).filter(isCallId),
    folder,
    putDraft: (id, draft) => writeDurably(join(folder(id), DRAFT), draft),
    draft: (id) => readIfThere(join(folder(id), DRAFT)),
    async signed(id) {
      // The signature is written after the manifest.
      const signature = await readIfThere(join(folder(id), 'manifest.json.asc'));
      return signature?.includes('END PGP SIGNATURE')
        ? readIfThere(join(folder(id), 'manifest.json'))
        : undefined;
    },
  };
}
