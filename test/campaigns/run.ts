// `make test-campaigns [CAMPAIGN=id] [SIZE=number]`: the same campaigns as in `make test`, at the sizes that the issue asks for.
// It takes the better part of an hour, says how far it is, and ends with a table and with 1 when anything failed.
//   CAMPAIGN  one of them; all when it is left out
//   SIZE      that many calls, or seconds, instead

import assert from 'node:assert/strict';
import { labInfo } from '../../appliance/lab/info.ts';
import { seconds } from '../../appliance/lab/steps.ts';
import { accountsAgree, type Checks, runCampaign } from './campaign.ts';
import { campaigns } from './index.ts';

interface Result {
  id: string;
  size: string;
  result: string;
  time: string;
}

/** The first check that fails ends its campaign; the others go on. */
const checks: Checks = {
  ok: (value, message) => assert.ok(value, message),
  equal: (one, other, message) => assert.strictEqual(one, other, message),
  same: (one, other, message) => assert.deepStrictEqual(one, other, message),
};

const { CAMPAIGN, SIZE } = process.env;
const chosen = campaigns.filter(({ id }) => !CAMPAIGN || id === CAMPAIGN);
if (chosen.length === 0)
  throw new Error(`no campaign ${CAMPAIGN}: ${campaigns.map(({ id }) => id).join(', ')}`);
const lab = await labInfo(process.env.GREFFIER_LAB ?? 'test');
const runs = chosen.flatMap((campaign) =>
  (SIZE ? [Number(SIZE)] : campaign.sizes.full).map((size) => ({ campaign, size })),
);
const results: Result[] = [];
for (const [index, { campaign, size }] of runs.entries()) {
  const { id, name, unit } = campaign;
  const began = performance.now();
  const tell = (text: string) => console.log(`      ${text}, ${seconds(began)}`);
  console.log(`[${index + 1}/${runs.length}] ${name}: ${size} ${unit} …`);
  let result: string;
  try {
    const since = new Date();
    result = `ok: ${await runCampaign(campaign, checks, lab, size, tell)}`;
    await accountsAgree(checks, lab, since);
  } catch (error) {
    process.exitCode = 1;
    result = `FAILED: ${error instanceof Error ? error.message : error}`;
  }
  results.push({ id, size: `${size} ${unit}`, result, time: seconds(began) });
  console.log(`      ${result}, ${seconds(began)}`);
}
console.log(`\n${table(results)}`);

function table(rows: Result[]): string {
  const columns = ['id', 'size', 'time', 'result'] as const;
  const cells = [
    ['campaign', 'size', 'time', 'result'],
    ...rows.map((row) => columns.map((key) => row[key].split('\n')[0]?.slice(0, 120) ?? '')),
  ];
  const widths = columns.map((_, at) => Math.max(...cells.map((row) => row[at]?.length ?? 0)));
  return cells
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
