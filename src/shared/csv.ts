// Lines of CSV (RFC 4180) that a spreadsheet takes for what they are.

/** One line with its end. */
export function csvLine(cells: readonly (string | number)[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

/** A spreadsheet takes what begins with one of these for a formula (OWASP, CSV injection); names are what somebody wrote. */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const plain = /^[=@\t\r-]|^\+(?!\d+$)/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
