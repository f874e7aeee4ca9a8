/** Access: the package for the person. It leaves the box sealed; whoever holds a key opens it for them. */
import { useSignal } from '@preact/signals';
import { ActForm, Fold, TextField } from '../shared/act-form.tsx';
import { day, time } from '../shared/format.ts';
import { keep, lawApi } from '../shared/law-api.ts';
import { Banner } from '../shared/ui.tsx';
import { isActed, StepFrame, type StepProps, stateOf } from './step.tsx';
import { rightsWords } from './words.ts';

const TRIES = 60;
const PAUSE_MS = 500;

/** The register has it once all of it has left the box; a large package takes longer than anybody is kept waiting for. */
async function untilNoted(id: string, before: number): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    if ((await lawApi.request(id)).exports.length > before) return;
    await new Promise((go) => setTimeout(go, PAUSE_MS));
  }
}

export function PackStep({ request, changed, open }: StepProps) {
  const { id, identity, found, exports } = request;
  const left = useSignal<string | null>(null);
  const t = rightsWords.value.pack;
  const living = (found?.recordings ?? []).filter(({ state }) => state !== 'destroyed');
  const last = exports.at(-1);
  async function make(value: (name: string) => string) {
    const reasons = living.map((one) => [one.id, value(`withhold-${one.id}`)] as const);
    const withhold = Object.fromEntries(reasons.filter(([, reason]) => reason));
    const { ticket, name } = await lawApi.makePackage(id, withhold);
    left.value = name;
    keep(lawApi.packageAddress(id, ticket));
    await untilNoted(id, exports.length);
    await changed();
  }
  const ready = identity !== null && found !== null;
  return (
    <StepFrame
      name="pack"
      title={t.title}
      state={stateOf(isActed(request), open && ready)}
      done={last && t.done(last.by, day(last.at), last.recordings.length, last.withheld.length)}
    >
      {open && <p class="hint">{t.hint}</p>}
      {left.value && (
        <Banner tone="info" testId="package-leaves">
          {t.leaving(left.value)}
        </Banner>
      )}
      {open && ready && (
        <ActForm testId="package" submit={last ? t.again : t.submit} act={make}>
          {living.length > 0 && (
            <div class="field wide">
              <Fold summary={t.withhold} testId="withhold">
                <p class="hint">{t.withholdHint}</p>
                {living.map((one) => (
                  <TextField
                    key={one.id}
                    name={`withhold-${one.id}`}
                    label={t.reasonFor(`${day(one.startedAt)} ${time(one.startedAt)}`)}
                    minLength={3}
                    maxLength={500}
                    data-testid="withhold-reason"
                  />
                ))}
              </Fold>
            </div>
          )}
        </ActForm>
      )}
      {(left.value || last) && <After id={id} />}
    </StepFrame>
  );
}

/** Said where the file is taken out: it is of no use to the person as it is. */
function After({ id }: { id: string }) {
  const t = rightsWords.value.pack;
  const command = [
    `node greffier-offline.mjs disclose request-${id}.tar --fingerprint HEX \\`,
    '  --key recovery.private.asc --to zoe.asc --out for-person.tar',
  ].join('\n');
  return (
    <div class="after" data-testid="package-after">
      <h3>{t.after}</h3>
      <ol>
        {t.way.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ol>
      <pre class="command">{command}</pre>
    </div>
  );
}
