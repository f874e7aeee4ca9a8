// Is the log what it was? Everything is reckoned anew from its bytes, by whoever has them: no key of the box is needed,
// and none of its state. What only a remembered checkpoint can show (a log that was rewritten and signed again, or cut)
// shows as soon as one is handed in.

import { readCheckpoint } from './checkpoint.ts';
import { type AuditLine, entryOf, isErased, leafOf, linesIn, payloadHash, TORN } from './entry.ts';
import { leafHash } from './merkle.ts';
import { createPeaks } from './peaks.ts';

const CLOSING_BRACE = 125;
/** How the notice of a torn line begins. */
const NOTICE = `{"action":"${TORN}"`;

export interface Finding {
  code:
    | 'line-form'
    | 'payload-mismatch'
    | 'erased-untold'
    | 'checkpoint-form'
    | 'checkpoint-signature'
    | 'checkpoint-mismatch'
    | 'log-cut'
    | 'pruned-mismatch';
  /** Place in the log, where there is one. */
  index?: number;
  says: string;
}

export interface LogToVerify {
  /** The file, from where it begins. */
  log: Buffer;
  /** What was pruned: where the log begins, and the hashes of the leaves before. */
  pruned?: { index: number; offset: number; leaves: Buffer[]; text: string; signature: string } | undefined;
  checkpoints: { name: string; text: string; signature: string }[];
  /** Why a signature is not the appliance's; undefined when it is. */
  whyBad(content: Uint8Array, signature: string): Promise<string | undefined>;
}

export interface Verified {
  size: number;
  root: string;
  /** Lines that a power cut has torn: their effect never took place. */
  torn: number;
  erased: number;
  findings: Finding[];
}

/** Verifies a log. @param step told after each line */
export async function verifyLog(
  { log, pruned, checkpoints, whyBad }: LogToVerify,
  step: () => void = () => {},
): Promise<Verified> {
  const findings: Finding[] = [];
  const lines = linesIn(log, pruned ?? { index: 0, offset: 0 });
  if (pruned) findings.push(...(await prunedFindings(pruned, whyBad)));
  const told = erasuresTold(lines);
  const excused = tornLines(lines);
  for (const line of lines) {
    const finding = excused.has(line.index) ? undefined : lineFinding(line, told);
    if (finding) findings.push(finding);
    step();
  }
  const counts = { torn: excused.size, erased: lines.filter(({ payload }) => isErased(payload)).length };
  const roots = rootsOf(pruned?.leaves ?? [], lines, checkpoints);
  for (const checkpoint of checkpoints)
    findings.push(...(await checkpointFindings(checkpoint, roots, whyBad)));
  const [size, root] = [...roots].at(-1) ?? [0, ''];
  return { size, root, ...counts, findings };
}

function lineFinding(line: AuditLine, told: Set<string>): Finding | undefined {
  const { index, leaf, payload } = line;
  const bound = leafOf(leaf);
  if (!bound) return { code: 'line-form', index, says: `entry ${index} is none of ours` };
  if (isErased(payload)) {
    if (told.has(String(index))) return undefined;
    return {
      code: 'erased-untold',
      index,
      says: `entry ${index} was erased, and no later entry tells of it`,
    };
  }
  if (payloadHash(payload) !== bound.payload)
    return { code: 'payload-mismatch', index, says: `entry ${index} does not say what it said` };
  return entryOf(line) ? undefined : { code: 'line-form', index, says: `entry ${index} cannot be read` };
}

/**
 * Lines that a power cut tore: whoever wrote next said so, in the entry right after. That entry may have been torn too;
 * of others just one is excused, so that nobody hides a change behind a power cut.
 */
function tornLines(lines: AuditLine[]): Set<number> {
  const torn = new Set<number>();
  const isBad = (line: AuditLine) => lineFinding(line, new Set()) !== undefined;
  const ofTheNotice = ({ leaf }: AuditLine) =>
    leaf.length === 1 ||
    leaf
      .subarray(0, -1)
      .toString()
      .startsWith(NOTICE.slice(0, leaf.length - 1));
  lines.forEach((line, at) => {
    if (entryOf(line)?.action !== TORN) return;
    for (let before = at - 1; before >= 0; before -= 1) {
      const candidate = lines[before] as AuditLine;
      // What a power cut tears has no end: a whole payload that says something else was changed by hand.
      if (!isBad(candidate) || candidate.payload.at(-1) === CLOSING_BRACE) return;
      torn.add(candidate.index);
      if (!ofTheNotice(candidate)) return;
    }
  });
  return torn;
}

/** Places whose erasure the log tells of. */
function erasuresTold(lines: AuditLine[]): Set<string> {
  return new Set(
    lines.flatMap((line) => {
      const entry = entryOf(line);
      return entry?.action === 'audit-erased' ? (entry.subject ?? []) : [];
    }),
  );
}

/** Roots at the sizes that are asked for, and of the whole, which comes last. */
function rootsOf(before: Buffer[], lines: AuditLine[], checkpoints: { text: string }[]): Map<number, string> {
  const asked = new Set(checkpoints.map(({ text }) => readCheckpoint(text)?.size));
  const peaks = createPeaks();
  const roots = new Map<number, string>();
  const note = () => asked.has(peaks.size) && roots.set(peaks.size, peaks.root().toString('hex'));
  note();
  for (const leaf of before) {
    peaks.push(leaf);
    note();
  }
  for (const { leaf } of lines) {
    peaks.push(leafHash(leaf));
    note();
  }
  roots.delete(peaks.size);
  return roots.set(peaks.size, peaks.root().toString('hex'));
}

async function checkpointFindings(
  { name, text, signature }: LogToVerify['checkpoints'][number],
  roots: Map<number, string>,
  whyBad: LogToVerify['whyBad'],
): Promise<Finding[]> {
  const checkpoint = readCheckpoint(text);
  if (!checkpoint) return [{ code: 'checkpoint-form', says: `${name} is no checkpoint` }];
  const bad = await whyBad(Buffer.from(text), signature);
  if (bad) return [{ code: 'checkpoint-signature', says: `${name}: ${bad}` }];
  const { size, root, time } = checkpoint;
  const present = [...roots.keys()].at(-1) ?? 0;
  if (size > present)
    return [
      { code: 'log-cut', says: `on ${time} the log had ${size} entries, now it has ${present} (${name})` },
    ];
  if (roots.get(size) === root) return [];
  return [
    { code: 'checkpoint-mismatch', says: `the first ${size} entries are not those of ${time} (${name})` },
  ];
}

async function prunedFindings(
  { index, leaves, text, signature }: NonNullable<LogToVerify['pruned']>,
  whyBad: LogToVerify['whyBad'],
): Promise<Finding[]> {
  const bad = await whyBad(Buffer.from(text), signature);
  if (bad) return [{ code: 'pruned-mismatch', says: `what tells of the pruning is not signed: ${bad}` }];
  if (leaves.length !== index)
    return [
      { code: 'pruned-mismatch', says: `${index} entries were pruned, and ${leaves.length} hashes are kept` },
    ];
  return [];
}
