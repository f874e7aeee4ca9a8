/** The calls as cards, for a phone. */

import type { ListedCall } from '../shared/call-list-types.ts';
import { Masked } from '../shared/call-words.tsx';
import { phoneNumber } from '../shared/format.ts';
import { Bone } from '../shared/ui.tsx';
import { Arrived, Ended, Recorded, Waited } from './parts.tsx';
import { callWords } from './words.ts';

export function CallCards({ rows }: { rows: ListedCall[] | undefined }) {
  return (
    <ul
      class="recording-cards"
      aria-busy={!rows}
      aria-label={callWords.value.title}
      data-testid="calls-cards"
    >
      {rows ? rows.map((call) => <Card key={call.id} call={call} />) : placeholders()}
    </ul>
  );
}

function Card({ call }: { call: ListedCall }) {
  const { columns } = callWords.value;
  return (
    <li class="card row" data-testid="call-row" data-id={call.id}>
      <div class="card-line">
        <Arrived call={call} />
        <Ended call={call} />
      </div>
      <div class="card-line">
        <span>{call.line.name || phoneNumber(call.line.did)}</span>
        <Masked last4={call.outside.last4} />
      </div>
      <div class="card-line small">
        <Recorded call={call} />
        <span class="muted">
          {call.extension && `${columns.extension} ${call.extension}`}{' '}
          {call.waitingSeconds !== null && (
            <>
              {columns.waited} <Waited call={call} />
            </>
          )}
        </span>
      </div>
    </li>
  );
}

function placeholders() {
  return Array.from({ length: 6 }, (_, at) => (
    <li class="card row" key={at}>
      {(['m', 'l', 'm'] as const).map((width, line) => (
        <div class="card-line" key={line}>
          <Bone width={width} />
          <Bone width="s" />
        </div>
      ))}
    </li>
  ));
}
