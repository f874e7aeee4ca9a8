// The sender of webhooks in a process of its own, to be killed: node webhook-child.ts ROOT CALL

import { openWebhooks } from '../../../src/webhooks-of-site.ts';
import { hookOf } from './hook.ts';
import { openParts } from './keys.ts';

const [root = '', call = '', url = ''] = process.argv.slice(2);
const { appliance } = await openParts(root);
Object.assign(appliance.config, { webhooks: [hookOf(root, url)] });
const hooks = await openWebhooks(appliance);
await hooks.reached(call, 'catalogued');
process.stdout.write('kept\n');
await hooks.look();
process.stdout.write('delivered\n');
