// What ships, as the lock file has it. `npm audit` does not answer everywhere, so the versions with an advisory are
// named here, with the advisory.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'tap';
import { ROOT } from './support/world.ts';

interface Package {
  version?: string;
  license?: string;
  resolved?: string;
  dev?: boolean;
  link?: boolean;
}

const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
const shipped = Object.entries(lock.packages as Record<string, Package>)
  .filter(([path, { dev }]) => path !== '' && !dev)
  .map(([path, entry]) => ({ name: path.split('node_modules/').at(-1) ?? path, ...entry }));

/** Advisories of the trees we depend on: the version from which they are mended. */
const MENDED = {
  'form-data': ['2.5.4', 'GHSA-fjxv-7rqg-78g4'],
  qs: ['6.14.1', 'GHSA-6rw7-vpxm-498p'],
  'tough-cookie': ['4.1.3', 'GHSA-72xf-g2v4-qvf3'],
  uuid: ['11.1.1', 'GHSA-w5hq-g745-h8pq'],
  cookiejar: ['2.1.4', 'CVE-2022-25901'],
  openpgp: ['6.1.1', 'CVE-2025-47934'],
  ws: ['8.17.1', 'GHSA-3h5v-q93c-6h6q'],
} as Record<string, [string, string]>;

/** Licences that may be combined with the AGPL, version 3. */
const COMPATIBLE = [
  '0BSD',
  'AGPL-3.0-or-later',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'LGPL-3.0+',
  'MIT',
  'MIT-0',
];

/** Packages whose entry names no licence, or misspells it: what their own files say. */
const READ_BY_HAND: Record<string, string> = {
  'asterisk-manager@0.2.0': 'MIT',
  'ax@0.1.8': 'MIT',
  'btoa@1.1.1': 'Apache-2.0',
  'shred@0.8.10': 'MIT',
  'sprintf@0.1.1': 'BSD-3-Clause',
  'swagger-client@2.0.26': 'Apache-2.0',
};

test('no version with a known advisory is shipped', async (t) => {
  t.ok(shipped.length > 100, 'the lock file was read');
  for (const { name, version } of shipped) {
    const [mended, advisory] = MENDED[name] ?? [];
    if (!mended || !version) continue;
    t.ok(isAtLeast(version, mended), `${name} ${version} is mended of ${advisory}`);
  }
});

test('the abandoned request is not shipped: a stand-in of ours takes its place', async (t) => {
  const entries = shipped.filter(({ name }) => name === 'request' || name.endsWith('request-shim'));
  t.ok(entries.length > 0);
  for (const { link, resolved, version } of entries) {
    t.match(resolved, /^(file:)?src\/asterisk\/request-shim$/, `${version} ${link}`);
  }
});

test('everything shipped has a licence that goes with the AGPL', async (t) => {
  for (const { name, version, license, link } of shipped) {
    if (link) continue;
    const known = READ_BY_HAND[`${name}@${version}`] ?? license;
    t.ok(known && COMPATIBLE.includes(known), `${name} ${version}: ${known}`);
  }
});

test('everything shipped comes from the registry, or from this repository', async (t) => {
  for (const { name, resolved, link } of shipped) {
    if (link || !resolved || resolved === 'file:src/asterisk/request-shim') continue;
    t.match(resolved, /^https:\/\/registry\.npmjs\.org\//, name);
  }
});

function isAtLeast(version: string, least: string): boolean {
  return version.localeCompare(least, 'en', { numeric: true }) >= 0;
}
