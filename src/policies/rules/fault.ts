// One broken rule, said so that a person finds the object and the law.

export interface Fault {
  /** The object, as in `line +33123456701`. */
  at: string;
  says: string;
  /** The rule of the law, as in `C21`; absent where it is telephony that forbids it. */
  law?: string;
  hint?: string;
}

/** As in `line +33123456701: its policy is of another client (C34)`. */
export function sentence({ at, says, law }: Fault): string {
  return `${at}: ${says}${law ? ` (${law})` : ''}`;
}
