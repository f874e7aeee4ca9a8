// Who listened to whose calls, when and why: told from the audit log, to those who were listened to and to those who watch
// over it (C30).

export interface LogEntry {
  at: string;
  actor: string;
  action: string;
  recording?: string;
  code?: string;
  reason?: string;
  extensions?: string;
}

export interface Listen {
  at: string;
  by: string;
  /** play, or the way in which it was handed out. */
  how: string;
  recording: string;
  code: string;
  reason: string;
}

/** What of the log is listening, or handing out what can be listened to. */
const LISTENS =
  /^(play|export|export-evidence|export-evidence-with-details|extract-play|supervision-begin|supervision-mode)$/;

/** Listening to recordings in which one of the extensions took part; newest first. */
export function listensTo(entries: LogEntry[], extensions: string[]): Listen[] {
  const ours = new Set(extensions);
  return entries
    .filter(
      ({ action, extensions = '' }) =>
        LISTENS.test(action) && extensions.split(' ').some((one) => ours.has(one)),
    )
    .map(({ at, actor, action, recording = '', code = '', reason = '' }) => ({
      at,
      by: actor,
      how: action,
      recording,
      code,
      reason,
    }))
    .reverse();
}

/** Whether an entry is of that kind. */
export function isListen({ action }: Pick<LogEntry, 'action'>): boolean {
  return LISTENS.test(action);
}
