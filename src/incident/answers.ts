// What the routes of incidents answer.

import Type from 'typebox';
import { closed, text } from '../shared/schema.ts';
import { incidentFields } from './incident.ts';

const { checkpoint: _, ...told } = incidentFields;
const incident = closed({
  ...told,
  /** The 72 hours of RGPD art. 33(1). */
  clock: closed({ noticeDueAt: text, hoursLeft: Type.Integer(), state: text }),
});
export const incidentsAnswer = { 200: closed({ incidents: Type.Array(incident) }) };
export const incidentAnswer = { 200: incident };
export const openedAnswer = { 201: incident };
