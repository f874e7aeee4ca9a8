// What is known of a rotation, durable: how far it is can always be told from this file and from the headers.

import { join } from 'node:path';
import { GreffierError } from '../shared/errors.ts';
import { appendDurably, makeFolder, readIfThere, readJsonLines, writeDurably } from '../shared/files.ts';
import { whileLocked } from '../shared/lock.ts';

/** Under way, being ended one way or the other, or ended. */
export type RotationState = 'running' | 'completing' | 'rolling-back' | 'completed' | 'rolled-back';

export interface Rotation {
  id: string;
  /** Fingerprints. */
  from: string;
  to: string;
  fromArmored: string;
  toArmored: string;
  fromKeyIds: string[];
  toKeyIds: string[];
  startedAt: string;
  endedAt: string | null;
  /** Folders of the key that goes, where the new one was laid beside it and was not before. */
  laid: string[];
  state: RotationState;
}

const PATIENCE_SECONDS = 30;

/** True when a rotation is neither complete nor rolled back. */
export function isOpen(rotation: Rotation | undefined): rotation is Rotation {
  return rotation !== undefined && !['completed', 'rolled-back'].includes(rotation.state);
}

/** The rotations below the folder of all keys. */
export function rotations(folder: string) {
  const [root, current, history] = [
    join(folder, 'rotation'),
    join(folder, 'rotation', 'current.json'),
    join(folder, 'rotation', 'history.jsonl'),
  ];
  return {
    /** The last rotation, ended or not. */
    async last(): Promise<Rotation | undefined> {
      const text = await readIfThere(current);
      return text === undefined ? undefined : JSON.parse(text);
    },
    /** The rotation under way. Throws `no-rotation`. */
    async open(): Promise<Rotation> {
      const last = await this.last();
      if (isOpen(last)) return last;
      throw new GreffierError('no-rotation', 'no rotation is under way', {
        hint: 'greffier keys rotate begins one',
        status: 404,
      });
    },
    async write(rotation: Rotation): Promise<Rotation> {
      await makeFolder(root);
      await writeDurably(current, `${JSON.stringify(rotation, null, 2)}\n`);
      return rotation;
    },
    /** Rotations that were completed, in short: what late recordings are sealed to one key too many by. */
    completed: () => readJsonLines<Pick<Rotation, 'id' | 'fromKeyIds' | 'toKeyIds'>>(history),
    /** Remembers a completed rotation, once. */
    async remember({ id, fromKeyIds, toKeyIds }: Rotation): Promise<void> {
      if ((await this.completed()).some((one) => one.id === id)) return;
      await appendDurably(history, JSON.stringify({ id, fromKeyIds, toKeyIds }));
    },
    /** One step at a time, whoever takes it. Throws `busy`. */
    async exclusively<T>(work: () => Promise<T>): Promise<T> {
      await makeFolder(root);
      return whileLocked(join(root, '.lock'), PATIENCE_SECONDS, work);
    },
  };
}
