/** The rows as a table. The link of a row covers it whole. Without rows yet, grey bars hold their place. */
import type { Recording } from '../shared/api-types.ts';
import { Direction, Due, Duration, Nothing, Purpose, Started, StateTag } from '../shared/call-words.tsx';
import { phoneNumber } from '../shared/format.ts';
import { words } from '../shared/i18n.ts';
import { addressOf, follow } from '../shared/router.ts';
import { Bone } from '../shared/ui.tsx';
import { Outside } from './outside.tsx';

export function RecordingTable({ rows }: { rows: Recording[] | undefined }) {
  const t = words.value.recordings;
  const c = t.columns;
  const names = ['date', 'duration', 'line', 'outside', 'extension', 'purpose', 'due'] as const;
  return (
    <div class="card table-card">
      <table class="recordings" aria-busy={!rows} data-testid="recordings-table">
        <caption class="for-ears">{t.title}</caption>
        <thead>
          <tr>
            {names.map((name) => (
              <th scope="col" key={name} class={name}>
                {c[name]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{rows ? rows.map((row) => <Row key={row.id} row={row} />) : placeholders()}</tbody>
      </table>
    </div>
  );
}

function Row({ row }: { row: Recording }) {
  const gone = row.state === 'destroyed';
  return (
    <tr class={gone ? 'row destroyed' : 'row'}>
      <td>
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
      </td>
      <td>
        {gone ? <Nothing /> : <Duration seconds={row.durationSeconds} />} <StateTag recording={row} />
      </td>
      <td class="line" title={row.line.name}>
        {row.line.name}
        <span class="did muted figures">{phoneNumber(row.line.did)}</span>
      </td>
      <td class="outside">{gone ? <Nothing /> : <Outside row={row} />}</td>
      <td class="figures">{row.extension || <Nothing />}</td>
      <td>
        <Purpose purpose={row.purpose} />
      </td>
      <td class="due">
        <Due recording={row} />
      </td>
    </tr>
  );
}

function placeholders() {
  return Array.from({ length: 8 }, (_, line) => (
    <tr class="row" key={line}>
      {(['m', 's', 'l', 'm', 's', 's', 'm'] as const).map((width, column) => (
        <td key={column}>
          <Bone width={width} />
        </td>
      ))}
    </tr>
  ));
}
