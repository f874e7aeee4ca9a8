// What a supervisor's browser may say to Asterisk: one message at a time, as its own extension, and no call.

import { test } from 'tap';
import { maySend } from '../../src/browser-phone/sip.ts';
import { answerOf, sipOf } from './support/sip.ts';

const OWN = '293';
const may = (message: string) => maySend(message, OWN);
const other = '<sip:201@browser.invalid>;tag=abc';

test('it registers, acknowledges, hangs up and answers', async (t) => {
  for (const method of ['REGISTER', 'ACK', 'BYE']) t.ok(may(sipOf(method, OWN)), method);
  t.ok(may(answerOf(OWN, { from: other, body: 'v=0\r\n' })), 'to whoever rings it');
  const contact = '<sip:293@browser.invalid;transport=ws>;tag=x1';
  t.ok(may(sipOf('BYE', OWN, { from: contact, to: other })), 'within the call it was rung for');
});

test('it answers the keep-alive with which Asterisk asks whether it is there (RFC 5626, 3.5.1)', async (t) => {
  t.ok(may('\r\n'));
  for (const odd of ['', '\n', '\r\n\r\n', `\r\n${sipOf('BYE', OWN)}`])
    t.notOk(may(odd), JSON.stringify(odd));
});

test('it cannot call, transfer, subscribe, write, or cancel', async (t) => {
  const methods = [
    'INVITE',
    'REFER',
    'SUBSCRIBE',
    'NOTIFY',
    'MESSAGE',
    'INFO',
    'OPTIONS',
    'PUBLISH',
    'UPDATE',
    'CANCEL',
  ];
  for (const method of methods) t.notOk(may(sipOf(method, OWN)), method);
});

test('it cannot speak for another extension, however that is written', async (t) => {
  t.notOk(may(sipOf('REGISTER', '201')));
  t.notOk(may(sipOf('REGISTER', OWN, { to: other })), 'whom a registration is for stands in To');
  t.notOk(may(answerOf('201')));
  const disguises = [
    `"<sip:293@x>" ${other}`,
    '<sip:%32%30%31@browser.invalid>;tag=abc',
    'sip:293@browser.invalid;tag=abc',
    '<sip:293:x@browser.invalid>;tag=abc',
    '<sip:293@browser.invalid>, <sip:201@browser.invalid>',
    '<sip:2930@browser.invalid>;tag=abc',
  ];
  for (const from of disguises) t.notOk(may(sipOf('BYE', OWN, { from })), from);
  t.notOk(may(sipOf('BYE', OWN, { lines: [`From: ${other}`] })), 'a second From');
  t.notOk(may(sipOf('BYE', OWN, { lines: [`f: ${other}`] })), 'a second From in its short form');
  t.notOk(may(sipOf('BYE', OWN, { lines: ['X: y', ` From: ${other}`] })), 'a folded line');
});

test('it cannot hide one message behind another', async (t) => {
  const hidden = sipOf('INVITE', '201');
  t.notOk(may(sipOf('BYE', OWN) + hidden));
  t.notOk(may(answerOf(OWN, { body: 'v=0\r\n' }) + hidden));
  t.notOk(may(sipOf('BYE', OWN, { body: hidden })), 'a request of it has no body');
  t.notOk(may(answerOf(OWN, { lines: ['l: 0'] })), 'two lengths');
  t.notOk(may(`\r\n\r\n${hidden}`), 'an empty line before');
  t.notOk(may(sipOf('BYE', OWN).replaceAll('\r\n', '\n')), 'other ends of lines');
});
