// Figures for a person to read.

import type { Row } from './figure.ts';
import type { Machine } from './machine.ts';

export interface Measured extends Row {
  figure: string;
  size: string;
}

const COLUMNS = ['figure', 'size', 'what', 'measured', 'against', 'ratio', 'aim', 'met'] as const;

/** The table that a run ends with. */
export function tableOf(rows: Measured[]): string {
  const cells = [[...COLUMNS], ...rows.map(cellsOf)];
  const widths = COLUMNS.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? '').length)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** What the machine was, on one line. */
export function machineLine({ cpu, cores, memoryGb, kernel, node, disk, load }: Machine): string {
  return `${cpu}, ${cores} cores, ${memoryGb} GB, ${kernel}, Node ${node}, disk ${disk}; load before ${load}`;
}

function cellsOf({ figure, size, what, value, unit, against, ratio, aim, met }: Measured): string[] {
  return [
    figure,
    size,
    what,
    `${short(value)} ${unit}`,
    against ? `${against.what}: ${short(against.value)}` : '',
    ratio === undefined ? '' : `${short(ratio)} ×`,
    aim ?? '',
    met === undefined ? '' : met ? 'yes' : 'NO',
  ];
}

/** Three digits that count. */
export function short(value: number): string {
  if (value === 0 || Math.abs(value) >= 100) return String(Math.round(value));
  return String(Number(value.toPrecision(3)));
}
