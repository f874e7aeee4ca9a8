/** A person's key as it is to be compared: the fingerprint, since when, at whose hand, and whether it is another than before. */
import { day } from '../shared/format.ts';
import { Warn } from '../shared/icons.tsx';
import type { KeyHolder } from '../shared/key-types.ts';
import { Print } from './print.tsx';
import { isOther } from './trust.ts';
import { keyWords } from './words.ts';

export function HolderTrust({ holder }: { holder: KeyHolder }) {
  const t = keyWords.value.members;
  const { fingerprint, since, by, before, user } = holder;
  const last = before.at(-1);
  return (
    <div class="holder-trust" data-testid="holder-trust" data-user={user}>
      <Print hex={fingerprint ?? ''} />
      {since && (
        <p class="small muted">{by === user ? t.since(day(since)) : t.sinceBy(day(since), by ?? '')}</p>
      )}
      {!since && <Alert testId="key-unknown">{t.sinceUnknown}</Alert>}
      {last && (
        <Alert testId="key-changed">{t.changedOnce(day(last.at), last.fingerprint.slice(0, 16))}</Alert>
      )}
      {isOther(holder) && <Alert testId="key-other-here">{t.changedHere}</Alert>}
    </div>
  );
}

function Alert({ children, testId }: { children: string; testId: string }) {
  return (
    <p class="verdict bad small" data-testid={testId}>
      <Warn />
      <span>{children}</span>
    </p>
  );
}
