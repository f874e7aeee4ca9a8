// What is in a package for the person, and what is not and why: once for programs, and once in each language for people.
// Of those who listened it says when and what for, and not who: the Court of Justice leaves that to them (C-579/21).

export interface PackedRecording {
  id: string;
  startedAt: string;
  line: string;
  purpose: string;
}

export interface PackedCall {
  id: string;
  arrivedAt: string;
  answeredAt: string | null;
  endedAt: string | null;
  direction: string;
  line: string;
  announcements: { id: string; sha256: string; startedAt: string; heardToTheEndAt: string | null }[];
  /** What the person chose (consent, in the call's record); null when nothing was asked. */
  consent: string | null;
  recorded: boolean;
  /** Why not; null when it was recorded. */
  reason: string | null;
}

export interface Contents {
  request: string;
  site: string;
  madeAt: string;
  recordings: (PackedRecording & { seconds: number; goesAt: string })[];
  withheld: (PackedRecording & { reason: string })[];
  calls: PackedCall[];
  /** What the audit log has on these recordings. */
  log: { at: string; recording: string; action: string; purpose: string }[];
}

const WORDS = {
  fr: {
    title: 'CE QUE CONTIENT CE DOSSIER (heures en temps universel, UTC)',
    request: 'demande',
    by: 'remis par',
    made: 'établi le',
    recordings: 'ENREGISTREMENTS REMIS',
    withheld: 'ENREGISTREMENTS NON REMIS, ET POURQUOI',
    calls: 'APPELS',
    log: 'CE QUE LE JOURNAL DIT DE CES ENREGISTREMENTS',
    line: 'ligne',
    purpose: 'finalité',
    goes: 'destruction prévue le',
    told: 'annonce',
    heard: 'entendue jusqu’au bout',
    unheard: 'non entendue jusqu’au bout',
    choice: 'choix exprimé',
    recorded: 'enregistré',
    unrecorded: 'non enregistré',
    none: 'aucun',
  },
  en: {
    title: 'WHAT IS IN THIS PACKAGE (times in UTC)',
    request: 'request',
    by: 'handed out by',
    made: 'made on',
    recordings: 'RECORDINGS HANDED OUT',
    withheld: 'RECORDINGS NOT HANDED OUT, AND WHY',
    calls: 'CALLS',
    log: 'WHAT THE LOG SAYS OF THESE RECORDINGS',
    line: 'line',
    purpose: 'purpose',
    goes: 'to be destroyed on',
    told: 'announcement',
    heard: 'heard to its end',
    unheard: 'not heard to its end',
    choice: 'choice made',
    recorded: 'recorded',
    unrecorded: 'not recorded',
    none: 'none',
  },
};

/** The contents as a text in that language. */
export function contentsText(contents: Contents, language: 'fr' | 'en'): string {
  const w = WORDS[language];
  const block = (title: string, lines: string[]) => [
    title,
    '',
    ...(lines.length ? lines : [`  ${w.none}`]),
    '',
  ];
  const about = (one: PackedRecording) => `${one.id}  ${one.startedAt}  ${w.line} ${one.line}`;
  return [
    w.title,
    '',
    `  ${w.request} ${contents.request}, ${w.by} ${contents.site}, ${w.made} ${contents.madeAt}`,
    '',
    ...block(
      w.recordings,
      contents.recordings.map(
        (one) => `  ${about(one)}, ${one.seconds} s, ${w.purpose} ${one.purpose}, ${w.goes} ${one.goesAt}`,
      ),
    ),
    ...block(
      w.withheld,
      contents.withheld.map((one) => `  ${about(one)}: ${one.reason}`),
    ),
    ...block(
      w.calls,
      contents.calls.flatMap((call) => callLines(call, w)),
    ),
    ...block(
      w.log,
      contents.log.map(({ at, recording, action, purpose }) =>
        `  ${at}  ${recording}  ${action}  ${purpose}`.trimEnd(),
      ),
    ),
  ].join('\n');
}

function callLines(call: PackedCall, w: (typeof WORDS)['fr']): string[] {
  const told = call.announcements.map(
    (one) => `    ${w.told} ${one.id} ${one.startedAt}: ${one.heardToTheEndAt ? w.heard : w.unheard}`,
  );
  const kept = call.recorded ? w.recorded : `${w.unrecorded}${call.reason ? ` (${call.reason})` : ''}`;
  return [
    `  ${call.id}  ${call.arrivedAt}  ${call.direction}, ${w.line} ${call.line}`,
    ...told,
    ...(call.consent ? [`    ${w.choice}: ${call.consent}`] : []),
    `    ${kept}`,
  ];
}
