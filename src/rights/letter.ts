// The draft of an answer, from the register and nothing else: what it does not know stands there as a gap to fill in, and
// is not made up. A person reads it, completes it and sends it.

import { dueAt } from './deadline.ts';
import { EN } from './letter-en.ts';
import { FR } from './letter-fr.ts';
import type { Outcome, Request } from './request.ts';

export type Language = 'fr' | 'en';

/** What the letter says in one language. Moments come in as the site shows them. */
export interface Wording {
  gap: string;
  subject(id: string): string;
  greeting: string;
  received(at: string, kind: Request['kind']): string;
  prolonged(until: string, reason: string): string;
  unidentified: string;
  nothingFound: string;
  held(count: number, calls: number): string;
  recording(at: string, line: string, purpose: string): string;
  keptUntil(at: string): string;
  enclosed: string;
  thirdVoice: string;
  withheld(count: number): string;
  because(reason: string): string;
  destroyed(count: number): string;
  destroyedAt(at: string): string;
  onHold(until: string): string;
  locked(until: string): string;
  failed: string;
  callsCleared(count: number): string;
  objection(numbers: number): string;
  noted: Record<'rectification' | 'restriction', (note: string) => string>;
  refused(reason: string): string;
  notYet: string;
  rights: string;
  closing: string;
}

/** The draft, in Markdown; `site` is who answers, and `show` gives a moment (UTC ISO 8601) as the site writes it. */
export function letterFor(
  request: Request,
  language: Language,
  { site, contact, show }: { site: string; contact: string; show: (moment: string) => string },
): string {
  const words = language === 'fr' ? FR : EN;
  const { person, kind, receivedAt, extension } = request;
  const head = [person?.name || words.gap, person?.contact || words.gap, `**${words.subject(request.id)}**`];
  const prolonged = extension ? [words.prolonged(show(dueAt(request).toISOString()), extension.reason)] : [];
  const paragraphs = [
    ...head,
    words.greeting,
    words.received(show(receivedAt), kind),
    ...prolonged,
    ...contentOf(request, words, show),
    words.rights,
    words.closing,
    `${site}\n${contact || words.gap}`,
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

type Show = (moment: string) => string;

function contentOf(request: Request, words: Wording, show: Show): string[] {
  const { answer, closed, kind, note } = request;
  if (closed?.how === 'unidentified') return [words.unidentified];
  if (answer?.outcome === 'refused') return [words.refused(answer.reason)];
  const partly = answer?.outcome === 'partly' && answer.reason ? [words.refused(answer.reason)] : [];
  if (kind === 'access') return [...accessOf(request, words, show), ...partly];
  if (kind === 'rectification' || kind === 'restriction')
    return [note ? words.noted[kind](note) : words.notYet, ...partly];
  const objected = request.objection ? [words.objection(request.objection.numbers)] : [];
  const open = kind === 'objection' && objected.length === 0 ? [words.notYet] : [];
  const erased = kind === 'erasure' || request.erasure ? erasureOf(request, words, show) : [];
  return [...objected, ...open, ...erased, ...partly];
}

function accessOf({ exports, found }: Request, words: Wording, show: Show): string[] {
  const given = exports.at(-1);
  if (given) {
    const list = given.recordings.map(
      (one) => `- ${words.recording(show(one.startedAt), one.line, one.purpose)}`,
    );
    const kept = given.withheld.map(
      (one) =>
        `- ${words.recording(show(one.startedAt), one.line, one.purpose)}: ${words.because(one.reason)}`,
    );
    return [
      [words.held(given.recordings.length, given.calls), ...list].join('\n'),
      words.enclosed,
      words.thirdVoice,
      ...(kept.length ? [[words.withheld(kept.length), ...kept].join('\n')] : []),
    ];
  }
  if (!found) return [words.notYet];
  const living = found.recordings.filter(({ state }) => state !== 'destroyed');
  if (living.length === 0 && found.calls === 0) return [words.nothingFound];
  const list = living.map(
    (one) =>
      `- ${words.recording(show(one.startedAt), one.line, one.purpose)}; ${words.keptUntil(show(one.heldUntil ?? one.dueAt))}`,
  );
  return [[words.held(living.length, found.calls), ...list].join('\n'), words.notYet];
}

function erasureOf({ erasure, found }: Request, words: Wording, show: Show): string[] {
  if (!erasure?.doneAt && !erasure?.recordings.length) {
    const nothing = found !== null && found.recordings.length === 0 && found.calls === 0;
    return [nothing ? words.nothingFound : words.notYet];
  }
  const of = (...outcomes: Outcome['outcome'][]) =>
    erasure.recordings.filter(({ outcome }) => outcomes.includes(outcome));
  const line = (one: Outcome, what: string) =>
    `- ${words.recording(show(one.startedAt), one.line, one.purpose)}: ${what}`;
  const until = (at: string | null) => (at === null ? words.gap : show(at));
  const gone = of('destroyed');
  const kept = [
    ...of('held').map((one) => line(one, words.onHold(until(one.at)))),
    ...of('locked').map((one) => line(one, words.locked(until(one.at)))),
    ...of('failed', 'pending').map((one) => line(one, words.failed)),
  ];
  return [
    ...(gone.length
      ? [
          [
            words.destroyed(gone.length),
            ...gone.map((one) => line(one, words.destroyedAt(until(one.at)))),
          ].join('\n'),
        ]
      : []),
    ...(kept.length ? [[words.withheld(kept.length), ...kept].join('\n')] : []),
    ...(erasure.calls.length ? [words.callsCleared(erasure.calls.length)] : []),
    ...(gone.length || kept.length || erasure.calls.length ? [] : [words.nothingFound]),
  ];
}
