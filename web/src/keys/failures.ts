/** OpenPGP.js speaks in sentences; this turns those that a person can act on into codes. */
import { ApiError } from '../shared/api-error.ts';

const unlocking: [RegExp, string][] = [
  [/passphrase|key is encrypted with/i, 'wrong-passphrase'],
  [/argon2|gnu-dummy|wasm|webassembly|unsupported s2k/i, 'key-unsuitable'],
];

const opening: [RegExp, string][] = [
  [/session key decryption failed|no decryption key packets/i, 'sealed-to-others'],
  [/modification|integrity|corrupt|malformed|misformed|premature|unknown packet|parsing/i, 'message-damaged'],
];

function named(table: [RegExp, string][], fallback: string) {
  return (error: unknown): ApiError => {
    if (error instanceof ApiError) return error;
    const message = error instanceof Error ? error.message : String(error);
    return new ApiError(table.find(([pattern]) => pattern.test(message))?.[1] ?? fallback, message);
  };
}

export const unlockFailure = named(unlocking, 'key-unsuitable');
export const openFailure = named(opening, 'message-damaged');
