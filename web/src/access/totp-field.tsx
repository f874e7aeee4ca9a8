/** The second factor; it appears when the server asks for it, and takes the focus. */
import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import { words } from '../shared/i18n.ts';
import { CodeField } from './new-password.tsx';

export function TotpField({ field }: { field: RefObject<HTMLInputElement | null> }) {
  const t = words.value.access;
  useEffect(() => field.current?.focus(), [field]);
  return <CodeField field={field} label={t.totp} id="login-totp" hint={t.totpHint} />;
}
