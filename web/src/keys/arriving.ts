/** What comes from the server, counted: all of it when it is there soon, and as a stream from then on. */
import { joined } from '../../../src/shared/packets.ts';
import { ApiError } from '../shared/api-error.ts';
import type { Progress } from '../shared/opener.ts';
import { regrouped } from './regrouping.ts';

export type Bytes = Uint8Array<ArrayBuffer>;

/** Longer than fifty megabytes take over a cable in the house. */
const SOON_MS = 1_500;
/** To show each piece would take as long as to decrypt it. */
const REPORT_MS = 100;

export interface Sealed {
  /** All of it, or what came soon. */
  first: Bytes;
  /** All of it from its beginning, when more is to come. */
  rest: ReadableStream<Bytes> | undefined;
}

/** Throws `unreachable` when it breaks off at once; later the stream does, and broken() says so. */
export async function arriving(
  body: ReadableStream<Bytes>,
  report: (progress: Progress) => void,
): Promise<{ sealed: Sealed; broken(): ApiError | undefined }> {
  const reader = body.getReader();
  let broken: ApiError | undefined;
  let [done, told] = [0, 0];
  const next = async (): Promise<Bytes | undefined> => {
    const { value } = await reader.read().catch(() => {
      broken = new ApiError('unreachable', 'the connection broke off');
      throw broken;
    });
    done += value?.length ?? 0;
    const now = performance.now();
    if (!value) report({ step: 'decrypting', done });
    else if (now - told >= REPORT_MS) {
      told = now;
      report({ step: 'downloading', done });
    }
    return value;
  };

  const pieces: Bytes[] = [];
  const until = performance.now() + SOON_MS;
  let last: Bytes | undefined;
  do {
    last = await next();
    if (last) pieces.push(last);
  } while (last && performance.now() < until);
  const first = joined(pieces);
  const stream = () => {
    const large = regrouped(first, next);
    return new ReadableStream<Bytes>({
      async pull(controller) {
        const { value } = await large.next();
        if (value) controller.enqueue(value);
        else controller.close();
      },
      cancel: (reason) => reader.cancel(reason),
    });
  };
  return { sealed: { first, rest: last && stream() }, broken: () => broken };
}
