// What the audit log says in the end of a supervisor's session, from the sheet that the dialplan wrote of it: so that it is
// told even when the daemon was killed meanwhile (C13).

import type { NewEntry } from '../audit/entry.ts';
import type { Settings } from '../policies/schema.ts';
import type { Sheet } from '../spool/sheet.ts';
import { secondsOf, sessionOf } from '../supervision/session.ts';

/** The one entry on the end of a session, with its duration and modes, or on its refusal; undefined for other calls. */
export function sessionEntry(sheet: Sheet, { people }: Settings): NewEntry | undefined {
  const session = sessionOf(sheet);
  if (!session) return undefined;
  const { extension, agent, code, call, why, turns } = session;
  const person = people.find(({ extensions }) => extensions.includes(extension));
  const entry = {
    actor: person?.id ?? `extension ${extension}`,
    subject: sheet.id,
    ...(code && { code }),
    ...(call && { recording: call }),
    ...(agent && { extensions: agent }),
  };
  if (turns.length === 0 && !why) return undefined;
  if (turns.length === 0) return { ...entry, action: 'supervision-refused', reason: why };
  const how = `${turns.map(({ mode }) => mode).join(', ')}: ${secondsOf(session)} s`;
  return { ...entry, action: 'supervision-end', reason: why ? `${how}, ${why}` : how };
}
