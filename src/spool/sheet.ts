// The call sheet that the dialplan writes (asterisk-conf/dialplan/00-sheet.conf): one fact per line, in the order in
// which they happened. It is parsed strictly: what it does not say did not happen.

/** One line: when (UTC), what, and its values, decoded. */
export interface SheetLine {
  at: Date;
  event: string;
  values: Record<string, string>;
}

export interface Sheet {
  id: string;
  lines: SheetLine[];
}

const LINE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) ([a-z.-]+)((?: [a-z0-9]+=\S*)*)$/;

/** Parses a sheet. Lines that are not of the form (a write that a crash cut short) are left out. */
export function parseSheet(id: string, text: string): Sheet {
  const lines = text.split('\n').flatMap((line) => {
    const match = LINE.exec(line);
    if (!match) return [];
    const [, at = '', event = '', rest = ''] = match;
    const pairs = rest
      .split(' ')
      .filter(Boolean)
      .map((pair): [string, string] => {
        const equals = pair.indexOf('=');
        return [pair.slice(0, equals), decode(pair.slice(equals + 1))];
      });
    return [{ at: new Date(at), event, values: Object.fromEntries(pairs) }];
  });
  return { id, lines };
}

/** The first line of that event, if it happened. */
export function lineOf(sheet: Sheet, event: string): SheetLine | undefined {
  return sheet.lines.find((line) => line.event === event);
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    // Not valid UTF-8: a caller's name in another encoding. It is kept as it came.
    return value;
  }
}
