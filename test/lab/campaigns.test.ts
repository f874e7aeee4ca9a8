// The campaigns of `make test-campaigns` at a size that fits in `make test`.

import { test } from 'tap';
import { labInfo } from '../../appliance/lab/info.ts';
import { accountsAgree, runCampaign } from '../campaigns/campaign.ts';
import { campaigns } from '../campaigns/index.ts';

const lab = await labInfo(process.env.GREFFIER_LAB ?? 'test');

const since = new Date();

for (const campaign of campaigns) {
  const { name, unit, sizes } = campaign;
  for (const size of sizes.small) {
    test(`${name} (${size} ${unit})`, async (t) => {
      t.comment(await runCampaign(campaign, t, lab, size, (text) => t.comment(text)));
    });
  }
}

test('after all of that no account of the calls differs from another', (t) => accountsAgree(t, lab, since));
