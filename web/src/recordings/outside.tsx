/** Who was outside: masked while the key is locked, whole once the sealed part was opened here. */
import type { Recording } from '../shared/api-types.ts';
import { Masked } from '../shared/call-words.tsx';
import { phoneNumber } from '../shared/format.ts';
import { numbers } from './numbers.ts';
import { searchWords } from './words.ts';

export function Outside({ row }: { row: Recording }) {
  const details = numbers.value.get(row.id);
  if (details?.outsideNumber)
    return (
      <span class="figures whole" title={details.outsideName || undefined} data-testid="whole-number">
        {phoneNumber(details.outsideNumber)}
        {details.outsideName && <span class="did muted">{details.outsideName}</span>}
      </span>
    );
  return (
    <span title={details === null ? searchWords.value.otherKey : undefined}>
      <Masked last4={row.outside.last4} />
    </span>
  );
}
