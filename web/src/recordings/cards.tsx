/** The rows as cards, for a phone. */
import type { Recording } from '../shared/api-types.ts';
import { Direction, Due, Duration, Purpose, Started, StateTag } from '../shared/call-words.tsx';
import { phoneNumber } from '../shared/format.ts';
import { words } from '../shared/i18n.ts';
import { addressOf, follow } from '../shared/router.ts';
import { Bone } from '../shared/ui.tsx';
import { Outside } from './outside.tsx';

export function RecordingCards({ rows }: { rows: Recording[] | undefined }) {
  return (
    <ul
      class="recording-cards"
      aria-busy={!rows}
      aria-label={words.value.recordings.title}
      data-testid="recordings-cards"
    >
      {rows ? rows.map((row) => <Card key={row.id} row={row} />) : placeholders()}
    </ul>
  );
}

function Card({ row }: { row: Recording }) {
  const gone = row.state === 'destroyed';
  const c = words.value.recordings.columns;
  return (
    <li class={gone ? 'card row destroyed' : 'card row'}>
      <div class="card-line">
        <a
          href={addressOf(row.id)}
          class="row-link"
          data-testid="recording-row"
          data-id={row.id}
          onClick={follow}
        >
          <Direction />
          <Started iso={row.startedAt} />
        </a>
        {!gone && <Duration seconds={row.durationSeconds} />}
      </div>
      <div class="card-line">
        <span>{row.line.name || phoneNumber(row.line.did)}</span>
        {!gone && <Outside row={row} />}
      </div>
      <div class="card-line small">
        <span>
          <Purpose purpose={row.purpose} /> <StateTag recording={row} />{' '}
          {row.extension && (
            <span class="muted">
              {c.extension} {row.extension}
            </span>
          )}
        </span>
        <span class="due">
          {!gone && <span class="for-ears">{c.due} </span>}
          <Due recording={row} />
        </span>
      </div>
    </li>
  );
}

function placeholders() {
  return Array.from({ length: 6 }, (_, line) => (
    <li class="card row" key={line}>
      {(
        [
          ['m', 's'],
          ['l', 'm'],
          ['m', 'm'],
        ] as const
      ).map(([left, right], at) => (
        <div class="card-line" key={at}>
          <Bone width={left} />
          <Bone width={right} />
        </div>
      ))}
    </li>
  ));
}
