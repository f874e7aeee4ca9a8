// A checkpoint on paper: the one witness that nobody can reach over a network. A4, in the language of the site.

import { encode } from 'uqr';
import type { Checkpoint } from './log.ts';
import { type Language, WORDS, type Words } from './words.ts';

export interface Printed {
  /** Text of the checkpoint, which is what the code holds. */
  text: string;
  checkpoint: Checkpoint;
  /** Of the signing key. */
  fingerprint: string;
  language: Language;
}

/** Medium: a fold or a stamp may hide some of it. */
const CODE = { ecc: 'M', border: 4 } as const;
const CODE_MM = 110;

/** The page as SVG. */
export function svgPage({ text, checkpoint, fingerprint, language }: Printed): string {
  const words = WORDS[language];
  const { data, size } = encode(text, CODE);
  const modules = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  const facts = factsOf(words, checkpoint, fingerprint).map(
    ([name, value], line) =>
      `<text x="20" y="${48 + line * 7}" font-weight="bold">${escaped(name)}</text>` +
      `<text x="84" y="${48 + line * 7}" font-family="monospace"${fitted(value)}>${escaped(value)}</text>`,
  );
  const paper = words.paper.map(
    (line, index) => `<text x="20" y="${222 + index * 6}">${escaped(line)}</text>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="210mm" height="297mm" viewBox="0 0 210 297" font-family="sans-serif" font-size="3.6">
<rect width="210" height="297" fill="#fff"/>
<text x="20" y="32" font-size="7" font-weight="bold">${escaped(words.title)}</text>
${facts.join('\n')}
<g transform="translate(${(210 - CODE_MM) / 2} 100) scale(${(CODE_MM / size).toFixed(5)})" shape-rendering="crispEdges"><path d="${modules}"/></g>
${paper.join('\n')}
<text x="20" y="266" xml:space="preserve">${escaped(words.seenBy)}</text>
<path d="M20 268h170" stroke="#000" stroke-width="0.2"/>
</svg>
`;
}

/** The page as text, for a line printer: ink is dark, so on a dark screen the code is the wrong way round. */
export function textPage({ text, checkpoint, fingerprint, language }: Printed): string {
  const words = WORDS[language];
  const facts = factsOf(words, checkpoint, fingerprint).map(([name, value]) => `${name.padEnd(32)} ${value}`);
  return [words.title, '', ...facts, '', ...inBlocks(encode(text, CODE).data), '', ...words.paper, ''].join(
    '\n',
  );
}

/** Two rows of the code in one line: a letter is about twice as high as wide. */
function inBlocks(rows: boolean[][]): string[] {
  return rows
    .filter((_, y) => y % 2 === 0)
    .map((upper, line) => {
      const lower = rows[line * 2 + 1] ?? [];
      return upper.map((dark, x) => ' ▄▀█'[(dark ? 2 : 0) + (lower[x] ? 1 : 0)]).join('');
    });
}

/** A long name of a site is squeezed rather than cut. */
function fitted(value: string): string {
  return value.length > 50 ? ' textLength="110" lengthAdjust="spacingAndGlyphs"' : '';
}

function factsOf(words: Words, { origin, size, root, time }: Checkpoint, fingerprint: string) {
  const half = root.length / 2;
  return [
    [words.site, origin],
    [words.size, String(size)],
    [words.time, time],
    [words.root, root.slice(0, half)],
    ['', root.slice(half)],
    [words.key, (fingerprint.toUpperCase().match(/.{4}/g) ?? []).join(' ')],
  ] as const;
}

function escaped(text: string): string {
  const plain = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  // XML has no way to write them.
  return plain.replaceAll(/\p{Cc}/gu, ' ');
}
