/** The whole log as a folder that verifies itself, and how somebody verifies it elsewhere. */
import { useSignal } from '@preact/signals';
import { ActForm, TextField } from '../shared/act-form.tsx';
import { keep, lawApi } from '../shared/law-api.ts';
import { Banner } from '../shared/ui.tsx';
import { auditWords } from './words.ts';

export function ExportCard({ fingerprint }: { fingerprint: string | null }) {
  const left = useSignal<string | null>(null);
  const t = auditWords.value.verify;
  const command = [
    `sh verify-log.sh --fingerprint ${fingerprint ?? 'HEX'} --checkpoint FILE`,
    'node greffier-offline.mjs audit-verify FOLDER --checkpoint FILE',
  ].join('\n');
  return (
    <section class="card audit-export" data-testid="audit-export-card">
      <h2>{t.title}</h2>
      <p>{t.hint}</p>
      {left.value && (
        <Banner tone="info" testId="export-leaves">
          {t.leaving(left.value)}
        </Banner>
      )}
      <ActForm
        testId="audit-export"
        submit={t.submit}
        act={async (value, form) => {
          const { ticket, name } = await lawApi.makeLogExport(value('reason'));
          left.value = name;
          form.reset();
          keep(lawApi.logExportAddress(ticket));
        }}
      >
        <TextField
          name="reason"
          label={t.reason}
          hint={t.reasonHint}
          minLength={3}
          maxLength={500}
          required
          wide
          data-testid="audit-export-reason"
        />
      </ActForm>
      <h3>{t.how}</h3>
      <ol>
        {t.way.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ol>
      <pre class="command">{command}</pre>
      <p class="hint">{t.checks}</p>
    </section>
  );
}
