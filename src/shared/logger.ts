// The journal names calls by their opaque id, never people: no number, no name, no path to audio (C31).

import { type Logger, pino } from 'pino';

export type { Logger };

/** A logger that writes JSON lines for systemd's journal; level by what an operator has to see. */
export function createLogger(level: 'info' | 'silent' = 'info'): Logger {
  return pino({
    level,
    base: null,
    timestamp: false,
    redact: ['*.password', '*.secret', '*.totp', 'req.headers.cookie', 'req.headers.authorization'],
    formatters: { level: (label) => ({ level: label }) },
  });
}
