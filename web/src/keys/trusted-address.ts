/** The one address of a script that this UI makes at run time: its own worker, from its own origin. */

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(address: string): string },
  ): {
    createScriptURL(address: string): unknown;
  };
}

function own(address: string): string {
  const url = new URL(address, location.href);
  if (url.origin !== location.origin || !url.pathname.startsWith('/assets/')) {
    throw new Error(`not a worker of this site: ${url.href}`);
  }
  return url.href;
}

const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
const policy = trustedTypes?.createPolicy('greffier-worker', { createScriptURL: own });

/** The address as the browser's trusted type, or as text where the browser knows none. */
export function trustedWorkerAddress(address: string): unknown {
  return policy ? policy.createScriptURL(address) : own(address);
}
