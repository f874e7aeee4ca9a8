// Where a check of the vault stands, on disk: so that it goes on behind that place after Ctrl-C, kill -9 or a power
// cut; and how the last one ended. What was found is appended before the place moves on, so nothing found is lost; what
// is found twice is kept once.

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { appendDurably, makeFolder, readIfThere, writeDurably } from '../shared/files.ts';
import type { ItemKind } from './walk.ts';

export interface Finding {
  kind: ItemKind;
  id: string;
  /** From the vault's folder. */
  path: string;
  faults: string[];
}

export interface Position {
  format: 'greffier-vault-check-1';
  startedAt: string;
  /** Share of the recordings that is looked at, in percent. */
  sample: number;
  /** Last place that was looked at; empty at the start. */
  after: string;
  /** How many were passed, of each kind; of recordings also how many were looked at. */
  done: Record<ItemKind | 'checked', number>;
}

/** How a check ended. */
export interface LastCheck {
  startedAt: string;
  endedAt: string;
  sample: number;
  recordings: number;
  checked: number;
  tombstones: number;
  calls: number;
  incoming: number;
  findings: number;
}

export type CheckFiles = ReturnType<typeof checkFiles>;

/** The files of checks in the given folder. */
export function checkFiles(folder: string) {
  const [place, found, last] = ['position.json', 'findings.jsonl', 'last.json'].map((name) =>
    join(folder, `vault-${name}`),
  ) as [string, string, string];
  const read = async <T>(path: string) => {
    const text = await readIfThere(path);
    return text === undefined ? undefined : (JSON.parse(text) as T);
  };
  return {
    lock: join(folder, 'vault.lock'),
    prepare: () => makeFolder(folder),
    async position(): Promise<Position | undefined> {
      const position = await read<Position>(place);
      // One that another version of the program has begun is begun anew.
      return position?.format === 'greffier-vault-check-1' ? position : undefined;
    },
    keep: (position: Position) => writeDurably(place, JSON.stringify(position)),
    add: (finding: Finding) => appendDurably(found, JSON.stringify(finding)),
    /** Ends a line that a power cut left in half, so that the next one stands alone. */
    mend: () => appendDurably(found, ''),
    async findings(): Promise<Finding[]> {
      const all = ((await readIfThere(found)) ?? '').split('\n').flatMap(parsed);
      return [...new Map(all.map((finding) => [finding.path, finding])).values()];
    },
    async forget() {
      // The place first: without it, findings are of no run.
      await rm(place, { force: true });
      await rm(found, { force: true });
    },
    last: () => read<LastCheck>(last),
    end: (summary: LastCheck) => writeDurably(last, JSON.stringify(summary)),
  };
}

/** A line in half is of a place that was not kept: it is found again. */
function parsed(line: string): Finding[] {
  try {
    return [JSON.parse(line) as Finding];
  } catch {
    return [];
  }
}
