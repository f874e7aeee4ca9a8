/** What a page asks, as its address says it: so it can be kept, and sent to a colleague. All values are texts. */

/** Reads and writes the fields of one page's questions. */
export function questions<Field extends string>(fields: readonly Field[]) {
  type Question = Partial<Record<Field, string>>;
  return {
    /** Reads a question from the address. What no question knows is passed over. */
    read(search: string): Question {
      const query = new URLSearchParams(search);
      const question: Question = {};
      for (const field of fields) {
        const value = query.get(field)?.trim();
        if (value) question[field] = value.slice(0, 64);
      }
      return question;
    },
    /** The question as an address has it, in one order. */
    queryOf(question: Question): URLSearchParams {
      const query = new URLSearchParams();
      for (const field of fields) if (question[field]) query.set(field, question[field]);
      return query;
    },
  };
}

/** The last so many days, by the calendar of the site. */
export function span(days: number, timeZone: string, now = Date.now()): { from: string; to: string } {
  const to = new Intl.DateTimeFormat('sv-SE', { timeZone }).format(now);
  const from = new Date(Date.parse(to) - (days - 1) * 86_400_000).toISOString().slice(0, 10);
  return { from, to };
}
