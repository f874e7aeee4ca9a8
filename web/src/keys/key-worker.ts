/**
 * Holds the unlocked private keys, and is the only one that ever does. Ending the worker forgets them.
 * Clear audio leaves it once, to the page that plays it, by transfer and not by copy.
 */
import { config, decrypt, decryptSessionKeys, readMessage, type SessionKey } from 'openpgp';
import { ApiError, errorOf } from '../shared/api-error.ts';
import type { Progress } from '../shared/opener.ts';
import { openFailure } from './failures.ts';
import { make, protect, prove } from './making.ts';
import { openNotes, sealNote } from './notes.ts';
import type { Reply, Request } from './protocol.ts';
import { rewrapAll } from './rewrap-all.ts';
import { makeGroup, share } from './sharing.ts';
import { allKeys, keyOf, unlock } from './unlocked.ts';

// Nothing of a message is handed out before its integrity is proven.
config.allowUnauthenticatedStream = false;

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

async function fetchSealed(address: string, report: (progress: Progress) => void): Promise<Uint8Array> {
  const answer = await fetch(address, { credentials: 'same-origin', cache: 'no-store' }).catch(() => {
    throw new ApiError('unreachable', `no answer from ${new URL(address, location.href).pathname}`);
  });
  if (!answer.ok || !answer.body) throw await errorOf(answer);
  const counted = answer.body.pipeThrough(counter(report));
  const bytes = await new Response(counted).arrayBuffer().catch(() => {
    throw new ApiError('unreachable', 'the connection broke off');
  });
  return new Uint8Array(bytes);
}

/** Passes the bytes on and counts them. */
function counter(
  report: (progress: Progress) => void,
): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  let done = 0;
  return new TransformStream({
    transform(chunk, controller) {
      done += chunk.length;
      report({ step: 'downloading', done });
      controller.enqueue(chunk);
    },
  });
}

/**
 * Fetches a message whole, then decrypts it: nothing may be played before the end has been checked anyway, and whole
 * messages go through the browser's own ciphers and hashes, which are several times faster than streams.
 */
async function open(address: string, report: (progress: Progress) => void): Promise<ArrayBuffer> {
  const decryptionKeys = allKeys();
  const sealed = await fetchSealed(address, report);
  report({ step: 'decrypting', done: sealed.length });
  try {
    const message = await messageOf(sealed);
    sessionKeys = (await decryptSessionKeys({ message, decryptionKeys })) as SessionKey[];
    const { data } = await decrypt({ message, sessionKeys, format: 'binary' });
    return (data as Uint8Array<ArrayBuffer>).slice().buffer;
  } catch (error) {
    throw openFailure(error);
  }
}

/** Recordings come in binary form; a message that is also meant for other tools comes as text. */
function messageOf(sealed: Uint8Array) {
  const armored = sealed[0] === '-'.charCodeAt(0);
  return armored
    ? readMessage({ armoredMessage: new TextDecoder().decode(sealed) })
    : readMessage({ binaryMessage: sealed });
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
