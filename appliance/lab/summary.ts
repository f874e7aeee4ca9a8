// What `make up` says at its end.
import { listRecordings } from './first-call.ts';
import { labInfo } from './info.ts';
import type { Lab } from './lab.ts';

/** Shows the recordings, and how to log in and listen to them. */
export async function printSummary(lab: Lab): Promise<void> {
  const info = await labInfo(lab.name);
  process.stdout.write(`
${await listRecordings(lab)}

  Web UI       ${info.web} (its certificate is self-signed)
  Login        ${info.admin.user}
  Password     ${info.admin.password}
  TOTP secret  ${info.admin.totpSecret}
  Private key  ${info.recoveryKey} (outside the box)
  Passphrase   ${info.passphrase}

  make lab-info   all of this as JSON, with the phones' passwords
  make shell      a shell on the box
  make down       removes it
`);
}
