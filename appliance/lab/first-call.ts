// The lab's first call: a real SIP call with real audio, so that there is a recording to look at.
import { inLab } from './in-lab.ts';
import { labInfo } from './info.ts';
import type { Lab } from './lab.ts';
import { readMemo, remember } from './memo.ts';
import type { Report } from './steps.ts';

/** Places one fictitious call and waits for its recording, once for each lab. */
export async function placeFirstCall(lab: Lab, report: Report): Promise<string> {
  const earlier = readMemo(lab.state).firstCall;
  if (earlier) return `placed before, recording ${earlier}`;
  const { placeFictitiousCall } = await import('../../test/support/fictitious-call.ts');
  const { recordingId, durationSeconds } = await placeFictitiousCall(await labInfo(lab.name), report.line);
  remember(lab.state, { firstCall: recordingId });
  return `recorded ${durationSeconds} s as ${recordingId}`;
}

/** The recordings of the lab, as the box lists them. */
export async function listRecordings(lab: Lab): Promise<string> {
  return (await inLab(lab.name, ['greffier', 'recordings', 'list'])).stdout;
}
