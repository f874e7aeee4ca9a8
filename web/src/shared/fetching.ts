/**
 * What every request of this page goes through. A machine that changes its network (a dock, a VPN, another Wi-Fi) drops
 * all requests under way, those to a server that it still reaches too: what only reads is then asked again, so that nobody
 * is shown a log in page or an empty card for it. What acts is asked once; whether it took effect is the server's to say.
 */

/** Milliseconds before it is asked again. */
const PAUSES = [200, 800];

/** Throws what `fetch` throws once nothing answers any more; at once when it was given up meanwhile. */
export async function answerTo(path: string, init: RequestInit = {}): Promise<Response> {
  const pauses = (init.method ?? 'GET') === 'GET' ? PAUSES : [];
  const once = () => fetch(path, { ...init, credentials: 'same-origin', cache: 'no-store' });
  for (const pause of pauses) {
    try {
      return await once();
    } catch (cause) {
      if (init.signal?.aborted) throw cause;
      await new Promise((go) => setTimeout(go, pause));
    }
  }
  return once();
}
