/** What is established about a recording, from its manifest, in human words. */
import type { Manifest, RecordingSheet } from '../shared/api-types.ts';
import { Due, Duration, EndedEarly, Purpose, StateTag } from '../shared/call-words.tsx';
import { daysFromNow, exactMoment, fingerprint, size, timeToTheSecond } from '../shared/format.ts';
import { words } from '../shared/i18n.ts';
import { Check, Warn } from '../shared/icons.tsx';
import type { OpenedKey } from '../shared/opener.ts';
import { Fact } from '../shared/ui.tsx';

export interface FactsProps {
  sheet: RecordingSheet;
  manifest: Manifest;
  opened: OpenedKey | null;
}

export function Facts({ sheet, manifest, opened }: FactsProps) {
  const t = words.value.recording;
  const { announcements } = manifest;
  const heard = announcements.length > 0 && announcements.every(({ heardToTheEndAt }) => heardToTheEndAt);
  return (
    <section class="card facts" data-testid="facts">
      <h2>{t.facts}</h2>
      <dl>
        <Fact name={t.call}>
          {exactMoment(sheet.startedAt)} · <Duration seconds={sheet.durationSeconds} />{' '}
          <StateTag recording={sheet} />
          <EndedEarly recording={sheet} />
        </Fact>
        <Fact name={t.purpose}>
          <Purpose purpose={sheet.purpose} />
        </Fact>
        <Fact name={t.announcement}>
          <Verdict sure={heard} yes={t.heard} no={t.heardUnknown} />
          {announcements.map(({ id, heardToTheEndAt }) => (
            <code class="quiet" key={id}>
              {id}
              {heard && ` · ${timeToTheSecond(heardToTheEndAt)}`}
            </code>
          ))}
        </Fact>
        <Fact name={t.consent}>
          <Verdict
            sure={sheet.consent in t.consents}
            yes={t.consents[sheet.consent] ?? ''}
            no={sheet.consent}
          />
        </Fact>
        <Fact name={t.due}>
          <Due recording={sheet} />
          <span class="muted"> ({daysFromNow(sheet.dueAt)})</span>
        </Fact>
        <Fact name={t.size}>
          {size(sheet.bytes)} <span class="muted">· {t.encodings[manifest.audio.encoding]}</span>
        </Fact>
        <Recipients fingerprints={manifest.recipients} opened={opened} />
        {announcements.map(({ id, sha256 }) => (
          <Hash name={t.announcementHash} hex={sha256} key={id} />
        ))}
        <Hash name={t.audioHash} hex={manifest.body.sha256} />
        <Fact name={t.id} wide>
          <code>{sheet.id}</code>
        </Fact>
      </dl>
      <details>
        <summary>{t.manifest}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
        <pre tabIndex={0}>{JSON.stringify(manifest, null, 2)}</pre>
      </details>
    </section>
  );
}

function Verdict({ sure, yes, no }: { sure: boolean; yes: string; no: string }) {
  return (
    <span class={sure ? 'verdict good' : 'verdict doubtful'}>
      {sure ? <Check /> : <Warn />}
      {sure ? yes : no}
    </span>
  );
}

function Hash({ name, hex }: { name: string; hex: string }) {
  if (!hex) return null;
  return (
    <Fact name={name} wide>
      <code>{hex}</code>
    </Fact>
  );
}

function Recipients({ fingerprints, opened }: { fingerprints: string[]; opened: OpenedKey | null }) {
  const t = words.value.recording;
  if (fingerprints.length === 0) return null;
  const mine = (print: string) => opened?.fingerprints.includes(print.toLowerCase().replaceAll(' ', ''));
  return (
    <Fact name={t.sealedTo(fingerprints.length)} wide>
      {fingerprints.map((print) => (
        <span class="key-line" key={print}>
          <code>{fingerprint(print)}</code> {mine(print) && <span class="tag good">{t.yourKey}</span>}
        </span>
      ))}
    </Fact>
  );
}
