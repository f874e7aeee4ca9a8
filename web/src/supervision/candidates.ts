/** Where a browser says that its sound can be sent (ICE candidates, RFC 8839). */

const HIDDEN = /^(a=candidate:(?:\S+ ){4})\S+\.local /i;
const BY_IPV4 = /^a=candidate:\S+ 1 udp \d+ (?:\d+\.){3}\d+ /i;

/**
 * Browsers without a microphone hide their addresses behind names that only their own network can look up (mDNS); Asterisk
 * cannot. The box knows the address anyway. Asterisk sends by UDP and IPv4 here: other ways are left out.
 */
export function withAddress(sdp: string, address: string): string {
  const lines = sdp.split('\r\n').map((line) => line.replace(HIDDEN, `$1${address} `));
  return lines.filter((line) => !line.startsWith('a=candidate:') || BY_IPV4.test(line)).join('\r\n');
}
