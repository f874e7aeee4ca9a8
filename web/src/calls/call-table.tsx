/** The calls as a table. Of a recorded one the link covers its row; without rows yet, grey bars hold their place. */

import type { ListedCall } from '../shared/call-list-types.ts';
import { Masked } from '../shared/call-words.tsx';
import { phoneNumber } from '../shared/format.ts';
import { Bone } from '../shared/ui.tsx';
import { Arrived, Ended, Recorded, Waited } from './parts.tsx';
import { callWords } from './words.ts';

const COLUMNS = ['arrived', 'line', 'outside', 'extension', 'waited', 'ended', 'recorded'] as const;

export function CallTable({ rows }: { rows: ListedCall[] | undefined }) {
  const t = callWords.value;
  return (
    <div class="card table-card">
      <table class="recordings calls" aria-busy={!rows} data-testid="calls-table">
        <caption class="for-ears">{t.title}</caption>
        <thead>
          <tr>
            {COLUMNS.map((name) => (
              <th scope="col" key={name} class={`of-${name}`}>
                {t.columns[name]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{rows ? rows.map((call) => <Row key={call.id} call={call} />) : placeholders()}</tbody>
      </table>
    </div>
  );
}

function Row({ call }: { call: ListedCall }) {
  return (
    <tr class={call.recorded ? 'row' : 'row unrecorded'} data-testid="call-row" data-id={call.id}>
      <td>
        <Arrived call={call} />
      </td>
      <td class="line" title={call.line.name}>
        {call.line.name}
        <span class="did muted figures">{phoneNumber(call.line.did)}</span>
      </td>
      <td>
        <Masked last4={call.outside.last4} />
      </td>
      <td class="figures">{call.extension}</td>
      <td class="figures">
        <Waited call={call} />
      </td>
      <td>
        <Ended call={call} />
      </td>
      <td>
        <Recorded call={call} />
      </td>
    </tr>
  );
}

function placeholders() {
  return Array.from({ length: 8 }, (_, line) => (
    <tr class="row" key={line}>
      {(['m', 'l', 'm', 's', 's', 'm', 'l'] as const).map((width, column) => (
        <td key={column}>
          <Bone width={width} />
        </td>
      ))}
    </tr>
  ));
}
