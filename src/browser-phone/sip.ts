// Which SIP messages a supervisor's browser may send: it registers its own phone, answers what rings it, and ends that.
// It cannot call, and it cannot speak for another extension. Asterisk asks for the password too; this stands before it.

/** What a browser phone has to ask. There is no INVITE: a second call, and a call to anybody, begin with one. */
const METHODS = new Set(['REGISTER', 'ACK', 'BYE']);
/** The answer to a keep-alive, which is two of these (RFC 5626, 3.5.1). */
const PONG = '\r\n';
const REQUEST = /^([A-Z]+) sips?:[^\s<>]+ SIP\/2\.0$/;
const RESPONSE = /^SIP\/2\.0 [1-6]\d\d [^\r\n]*$/;
/** An address without a display name, which could hide another one: `<sip:213@box;transport=ws>;tag=x`. */
const ADDRESS = /^<sip:([0-9]{2,6})@[A-Za-z0-9.:[\]-]+(?:;[A-Za-z0-9=.:_-]+)*>(?:;tag=[\w.!%*+`'~-]+)?$/;
/** Short forms of the headers that count here (RFC 3261, 7.3.3). */
const SHORT: Record<string, string> = { f: 'from', t: 'to', l: 'content-length' };

/**
 * Whether a message of a browser may go to Asterisk: exactly one message, of a kind that it needs, in which the browser
 * is the given extension. Whatever is written oddly may not: the library that we ship writes none of it so.
 */
export function maySend(message: string, extension: string): boolean {
  if (message === PONG) return true;
  const end = message.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const [first = '', ...lines] = message.slice(0, end).split('\r\n');
  const headers = headersOf(lines);
  if (!headers) return false;
  // Behind the end of one message Asterisk would read another.
  const bytes = Buffer.byteLength(message.slice(end + 4));
  const told = headers['content-length'] ?? [];
  if (told.length > 1 || bytes !== Number(told[0] ?? 0)) return false;
  const isOwn = (name: 'from' | 'to') =>
    headers[name]?.length === 1 && ADDRESS.exec(headers[name][0] ?? '')?.[1] === extension;
  if (RESPONSE.test(first)) return isOwn('to');
  const method = REQUEST.exec(first)?.[1] ?? '';
  if (!METHODS.has(method) || bytes > 0) return false;
  // Whom a REGISTER is for stands in To.
  return isOwn('from') && (method !== 'REGISTER' || isOwn('to'));
}

/** The headers by their long names in lower case; undefined when a line is none, or is folded. */
function headersOf(lines: string[]): Record<string, string[]> | undefined {
  const headers: Record<string, string[]> = {};
  for (const line of lines) {
    const [, name, value = ''] = /^([\w.!%*+`'~-]+)[ \t]*:[ \t]*([^\r\n]*?)[ \t]*$/.exec(line) ?? [];
    if (!name) return undefined;
    const long = SHORT[name.toLowerCase()] ?? name.toLowerCase();
    headers[long] = [...(headers[long] ?? []), value];
  }
  return headers;
}
