// The answer's words in English. Articles are those of the GDPR unless another law is named.

import type { Wording } from './letter.ts';

const KIND = {
  access: 'for access to the data that concern you (article 15 GDPR)',
  erasure: 'to have the data that concern you erased (article 17 GDPR)',
  objection: 'by which you object to your calls being recorded (article 21 GDPR)',
  rectification: 'for rectification (article 16 GDPR)',
  restriction: 'for restriction of processing (article 18 GDPR)',
};
const PURPOSE: Record<string, string> = {
  quality: 'quality of service',
  training: 'training',
  contract: 'proof of a contract',
};

const some = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

export const EN: Wording = {
  gap: '[to be completed]',
  subject: (id) => `Your request, our reference ${id}`,
  greeting: 'Dear Sir or Madam,',
  received: (at, kind) => `On ${at} we received your request ${KIND[kind]}.`,
  prolonged: (until, reason) =>
    `The time to answer was prolonged until ${until} (article 12(3)), for this reason, which you were told within the first month: ${reason}`,
  unidentified:
    'We could not establish your identity (article 12(6)). We can therefore neither hand out nor erase recordings: they hold the voices of people whom we have to protect. You may ask again with what we asked you for.',
  nothingFound:
    'We have searched all our recordings and call records. We found nothing that is linked to the numbers you gave us.',
  held: (count, calls) =>
    `We hold ${some(count, 'recording', 'recordings')} and ${some(calls, 'call record', 'call records')} that concern you.`,
  recording: (at, line, purpose) =>
    `recording of ${at}, line “${line}”${purpose ? `, purpose: ${PURPOSE[purpose] ?? purpose}` : ''}`,
  keptUntil: (at) => `to be destroyed on ${at}`,
  enclosed:
    'The enclosed package holds these recordings, encrypted, with the record of each call (announcement heard, choice made) and what our log says of when they were consulted, and what for. Its file README.en.txt explains how to verify and open it.',
  thirdVoice:
    'These recordings hold the voice of whoever answered you as well. It is personal data of that person: the copy is for your own use, and you would answer for its publication.',
  withheld: (count) => `Not handed out, or not erased (${some(count, 'recording', 'recordings')}):`,
  because: (reason) => reason,
  destroyed: (count) =>
    `${some(count, 'recording was destroyed', 'recordings were destroyed')}, and cannot be brought back:`,
  destroyedAt: (at) => `destroyed on ${at}`,
  onHold: (until) =>
    `kept until ${until} at the latest unless that is renewed, for the establishment, exercise or defence of legal claims (article 17(3)(e))`,
  locked: (until) =>
    `kept until ${until} because the law obliges us to (article 17(3)(b); recordings of investment services: article 16(7) of directive 2014/65/EU)`,
  failed: 'not destroyed yet; the destruction is under way',
  callsCleared: (count) =>
    `Your number was taken out of ${some(count, 'call record', 'call records')}. What is left is that there was a call, and nothing that points to you.`,
  objection: (numbers) =>
    `${some(numbers, 'number is', 'numbers are')} on the list of those whose calls are no longer recorded. That list does not hold your number in clear.`,
  noted: {
    rectification: (note) =>
      `We have taken note of this and attached it to the file: “${note}”. A recording is what was said: it is not altered.`,
    restriction: (note) => `We have taken note of this and attached it to the file: “${note}”.`,
  },
  refused: (reason) => `We cannot do what you ask, or not all of it (article 12(4)): ${reason}`,
  notYet: '[to be completed: the request was not dealt with yet]',
  rights:
    'If you think that your rights are not respected, you may lodge a complaint with the CNIL (3 place de Fontenoy, TSA 80715, 75334 Paris Cedex 07, France, www.cnil.fr/en) and go to court.',
  closing: 'Yours faithfully,',
};
