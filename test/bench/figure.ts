// What every figure has in common: it measures something of the product and, in the same run on the same machine, what a
// user would otherwise run or what the machine can do at all. Only the ratio of the two can be compared between machines.

export interface Figure {
  /** By which it is chosen. */
  id: string;
  /** What it measures, as a sentence. */
  name: string;
  /** What its size counts. */
  unit: string;
  /** Size in the tests, which only keep it from rotting, and in `make bench`. */
  sizes: { small: number; usual: number[] };
  /** Makes calls through a lab. */
  lab?: true;
  measure(bench: Bench): Promise<Row[]>;
}

/** What a figure is given. */
export interface Bench {
  size: number;
  /** The program to be measured: compiled, as the box has it, or the sources. */
  program: Program;
  /** Says how far it is. */
  tell(text: string): void;
  /** To be done at the end, last first. */
  teardown(end: () => unknown): void;
}

export interface Program {
  /** The daemon, and the command line. */
  main: string;
  command: string;
}

export interface Row {
  what: string;
  value: number;
  unit: string;
  /** What it is measured against, in the same unit, and the one by the other. */
  against?: { what: string; value: number };
  ratio?: number;
  /** What the issue asks for, and whether it is reached; left out where it asks for nothing. */
  aim?: string;
  met?: boolean;
  note?: string;
}

type Said = Pick<Row, 'what' | 'value' | 'unit' | 'note'>;
type Aim = { atMost: number } | { atLeast: number };

/** A row that stands for itself. */
export function alone(said: Said, aim?: Aim): Row {
  return { ...said, ...judged(said.value, said.unit, aim) };
}

/** A row that is measured against something; the aim is about the ratio. */
export function compared(said: Said, what: string, value: number, aim?: Aim): Row {
  const ratio = said.value / value;
  return { ...said, against: { what, value }, ratio, ...judged(ratio, '×', aim) };
}

function judged(value: number, unit: string, aim: Aim | undefined): Pick<Row, 'aim' | 'met'> {
  if (!aim) return {};
  const most = 'atMost' in aim;
  const limit = most ? aim.atMost : aim.atLeast;
  return { aim: `${most ? '≤' : '≥'} ${limit} ${unit}`, met: most ? value <= limit : value >= limit };
}
