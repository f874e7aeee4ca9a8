// The campaigns of `make test-campaigns` at a size that fits in `make test`.

import { test } from 'tap';
import { labInfo } from '../../appliance/lab/info.ts';
import { campaigns } from '../campaigns/index.ts';

const lab = await labInfo(process.env.GREFFIER_LAB ?? 'test');

for (const { name, unit, sizes, run } of campaigns) {
  for (const size of sizes.small) {
    test(`${name} (${size} ${unit})`, async (t) => {
      t.comment(await run(t, lab, size, (text) => t.comment(text)));
    });
  }
}
