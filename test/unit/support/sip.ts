// SIP as a browser writes it, for tests of what it may say.

export interface Said {
  from?: string;
  to?: string;
  lines?: string[];
  body?: string;
}

/** A request of that extension; parts of it may be said otherwise. */
export function sipOf(method: string, extension: string, said: Said = {}): string {
  return message(`${method} sip:browser.invalid SIP/2.0`, extension, said);
}

/** An answer of that extension. */
export function answerOf(extension: string, said: Said = {}): string {
  return message('SIP/2.0 200 OK', extension, said);
}

function message(first: string, extension: string, { from, to, lines = [], body = '' }: Said): string {
  const own = `<sip:${extension}@browser.invalid>`;
  return [
    first,
    'Via: SIP/2.0/WSS browser.invalid;branch=z9hG4bK1',
    `To: ${to ?? own}`,
    `From: ${from ?? `${own};tag=abc`}`,
    'Call-ID: 1',
    'CSeq: 1 X',
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...lines,
    '',
    body,
  ].join('\r\n');
}
