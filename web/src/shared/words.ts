/** The shape of a dictionary: literal texts of the first language become plain strings for the others. */
export type Plain<T> = T extends string
  ? string
  : T extends (...given: infer Given) => string
    ? (...given: Given) => string
    : { [K in keyof T]: Plain<T[K]> };
