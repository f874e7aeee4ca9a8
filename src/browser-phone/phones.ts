// The browser phones of the box. Ansible makes an endpoint and a password for each; the daemon may read those, and of
// no other phone.

import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** As in asterisk-conf/pjsip.conf. */
export const REALM = 'greffier';
const NUMBER = /^[1-9][0-9]{1,5}$/;

export interface BrowserPhones {
  /** Their extensions. Read anew each time: a playbook may have been run meanwhile. */
  numbers(): Promise<string[]>;
  /** What stands for the password in a registration (RFC 3261, 22.4: HA1); undefined when it is no browser phone. */
  ha1(number: string): Promise<string | undefined>;
}

/** Opens the folder of their passwords; without one there are no browser phones. */
export function openBrowserPhones(folder: string | undefined): BrowserPhones {
  return {
    async numbers() {
      const names = folder ? await readdir(folder).catch(() => []) : [];
      return names.filter((name) => NUMBER.test(name)).sort();
    },
    async ha1(number) {
      if (!folder || !NUMBER.test(number)) return undefined;
      const password = await readFile(join(folder, number), 'utf8').catch(() => '');
      if (!password.trim()) return undefined;
      return createHash('md5').update(`${number}:${REALM}:${password.trim()}`).digest('hex');
    },
  };
}
