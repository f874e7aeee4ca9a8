/** The steps of listening on one card: reason, key, loading, player. */
import type { ComponentType } from 'preact';
import type { RecordingSheet } from '../shared/api-types.ts';
import { words } from '../shared/i18n.ts';
import type { Opener } from '../shared/opener.ts';
import { Failure } from '../shared/ui.tsx';
import type { Listening } from './listening.ts';
import { Loading } from './loading.tsx';
import { Player } from './player.tsx';
import { ReasonForm } from './reason-form.tsx';

export interface ListenCardProps {
  sheet: RecordingSheet;
  listening: Listening;
  opener: Opener;
  UnlockForm: ComponentType;
  user: string;
}

export function ListenCard({ sheet, listening, opener, UnlockForm, user }: ListenCardProps) {
  const stage = listening.stage.value;
  const problem = listening.problem.value;
  const begin = (why: string) => listening.begin(why, (sheet.manifest?.audio.milliseconds ?? 0) / 1000);
  return (
    <section class="card listen" data-testid="listen">
      <h2>{stage.at === 'ready' ? words.value.player.title : words.value.listen.title}</h2>
      {problem && <Failure code={problem} testId="playback-error" />}
      {stage.at === 'reason' && <ReasonForm needsKey={!opener.key.value} onReason={begin} />}
      {stage.at === 'key' && (
        <>
          <ChosenReason listening={listening} />
          <UnlockForm />
        </>
      )}
      {stage.at === 'loading' && (
        <Loading step={stage.step} done={stage.done} whole={sheet.bytes} onCancel={listening.forget} />
      )}
      {stage.at === 'ready' && (
        <Player
          audio={stage.audio}
          seconds={stage.seconds}
          peaks={stage.peaks}
          manifest={sheet.manifest}
          comments={listening.comments}
          user={user}
        />
      )}
    </section>
  );
}

function ChosenReason({ listening }: { listening: Listening }) {
  const t = words.value.listen;
  const [reason = '', ...note] = listening.reason.value.split(': ');
  const named: Record<string, string> = t.reasons;
  return (
    <p class="chosen-reason">
      <span class="muted">{t.reasonIs}</span> {[named[reason] ?? reason, ...note].join(' · ')}{' '}
      <button type="button" class="link-button" onClick={listening.forget}>
        {t.cancel}
      </button>
    </p>
  );
}
