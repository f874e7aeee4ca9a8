/** One step of a request: where it stands is said for eye and ear, and its form is open when it is the next one. */
import type { ComponentChildren } from 'preact';
import { Check } from '../shared/icons.tsx';
import type { WholeRequest } from '../shared/law-types.ts';
import { rightsWords } from './words.ts';

export interface StepProps {
  request: WholeRequest;
  changed(): Promise<void>;
  /** False once the request is closed: then it is only told. */
  open: boolean;
}

export interface StepFrameProps {
  name: string;
  title: string;
  state: 'done' | 'now' | 'later';
  /** In one line, once it is done. */
  done?: string | null | undefined;
  children?: ComponentChildren;
}

export function StepFrame({ name, title, state, done, children }: StepFrameProps) {
  const t = rightsWords.value;
  return (
    <li class={`step ${state}`} data-testid={`step-${name}`} data-state={state}>
      <span class="step-mark" aria-hidden="true">
        {state === 'done' && <Check />}
      </span>
      <div class="step-body">
        <h2>
          {title} <span class="for-ears">({t.states[state]})</span>
        </h2>
        {done && <p class="small">{done}</p>}
        {children}
      </div>
    </li>
  );
}

/** Done, next, or to come. */
export function stateOf(done: boolean, ready: boolean): 'done' | 'now' | 'later' {
  if (done) return 'done';
  return ready ? 'now' : 'later';
}

/** Whether what the person asked for was done, or there is nothing to do it to. */
export function isActed({ kind, found, exports, erasure, objection, note }: WholeRequest): boolean {
  const nothing = found !== null && found.recordings.length === 0 && found.calls === 0;
  if (kind === 'access') return exports.length > 0 || nothing;
  if (kind === 'erasure') return typeof erasure?.doneAt === 'string' || nothing;
  return kind === 'objection' ? objection !== null : note !== '';
}
