/**
 * Holds the unlocked private keys, and is the only one that ever does. Ending the worker forgets them.
 * Clear audio leaves it once, to the page that plays it, by transfer and not by copy.
 */
import type { SessionKey } from 'openpgp';
import { ApiError } from '../shared/api-error.ts';
import type { Progress } from '../shared/opener.ts';
import { openFailure } from './failures.ts';
import { make, protect, prove } from './making.ts';
import { openNotes, sealNote } from './notes.ts';
import { openFrom } from './opening.ts';
import type { Reply, Request } from './protocol.ts';
import { rewrapAll } from './rewrap-all.ts';
import { makeGroup, share } from './sharing.ts';
import { allKeys, keyOf, unlock } from './unlocked.ts';

const scope = globalThis as unknown as {
  postMessage(reply: Reply, transfer?: Transferable[]): void;
  onmessage: ((event: MessageEvent<Request>) => void) | null;
};

/** Of the message that was opened last. */
let sessionKeys: SessionKey[] = [];

function theSessionKey(): SessionKey {
  const [key] = sessionKeys;
  if (!key) throw new ApiError('locked', 'no message is open');
  return key;
}

async function open(address: string, report: (progress: Progress) => void): Promise<ArrayBuffer> {
  const opened = await openFrom(address, allKeys(), report);
  ({ sessionKeys } = opened);
  return opened.plain;
}

async function grant(request: Request): Promise<void> {
  const { number } = request;
  try {
    if (request.wish === 'unlock') {
      scope.postMessage({ number, key: await unlock(request) });
    } else if (request.wish === 'rewrap') {
      const { rotation, headers } = request;
      scope.postMessage({ number, rewrapped: await rewrapAll(keyOf(rotation.from), rotation, headers) });
    } else if (request.wish === 'open-notes') {
      scope.postMessage({ number, notes: await openNotes(sessionKeys, request.sealed) });
    } else if (request.wish === 'seal-note') {
      scope.postMessage({ number, note: await sealNote(theSessionKey(), request.text) });
    } else if (request.wish === 'make') {
      scope.postMessage({ number, made: await make(request) });
    } else if (request.wish === 'protect') {
      scope.postMessage({ number, made: await protect(request) });
    } else if (request.wish === 'prove') {
      await prove(request);
      scope.postMessage({ number, proven: true });
    } else if (request.wish === 'make-group') {
      scope.postMessage({ number, group: await makeGroup(request) });
    } else if (request.wish === 'share') {
      scope.postMessage({ number, packet: await share(allKeys(), request) });
    } else {
      const plain = await open(request.address, (progress) => scope.postMessage({ number, progress }));
      scope.postMessage({ number, plain }, [plain]);
    }
  } catch (error) {
    const { code, message, status } = openFailure(error);
    scope.postMessage({ number, error: { code, message, status } });
  }
}

scope.onmessage = ({ data }) => void grant(data);
