// What a talk is judged by, and how. Four questions that can be answered from what is heard; none is about a voice, an accent
// or a mood (C12, C30).

import { GreffierError } from '../shared/errors.ts';

export const CRITERIA = ['procedure', 'accuracy', 'collection', 'relationship'] as const;
export type Criterion = (typeof CRITERIA)[number];

/** 1: not at all; 4: entirely. An even number, so that nobody hides in the middle. Null: it did not come up. */
export const [LEAST, MOST] = [1, 4];
export type Marks = Record<Criterion, number | null>;

/** Throws `no-marks` when nothing was judged. */
export function insistOnMarks(marks: Marks): void {
  if (CRITERIA.some((criterion) => marks[criterion] !== null)) return;
  throw new GreffierError('no-marks', 'no criterion has a mark', {
    hint: `give at least one of ${CRITERIA.join(', ')} from ${LEAST} to ${MOST}`,
    status: 400,
  });
}

/** The mean of what was judged, to a tenth. */
export function meanOf(all: Marks[], criterion?: Criterion): number | null {
  const criteria = criterion ? [criterion] : CRITERIA;
  const given = all.flatMap((marks) => criteria.flatMap((one) => marks[one] ?? []));
  return given.length
    ? Math.round((given.reduce((sum, one) => sum + one, 0) / given.length) * 10) / 10
    : null;
}
