/** Retention periods as people say them: a number and a unit. What is written in another way stays as it is. */
export const UNITS = ['days', 'months', 'years', 'hours', 'minutes'] as const;
export type Unit = (typeof UNITS)[number];

const LETTERS: Record<Unit, [before: string, letter: string]> = {
  days: ['P', 'D'],
  months: ['P', 'M'],
  years: ['P', 'Y'],
  hours: ['PT', 'H'],
  minutes: ['PT', 'M'],
};

/** P180D is 180 days; null for what has several units. */
export function spokenOf(retention: string): { count: string; unit: Unit } | null {
  for (const unit of UNITS) {
    const [before, letter] = LETTERS[unit];
    const count = new RegExp(`^${before}(\\d+)${letter}$`).exec(retention)?.[1];
    if (count !== undefined) return { count, unit };
  }
  return null;
}

export function retentionOf(count: string, unit: Unit): string {
  const [before, letter] = LETTERS[unit];
  return `${before}${count}${letter}`;
}
