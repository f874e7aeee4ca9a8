// The manager who may log in to the lab's web UI.
import { randomBytes } from 'node:crypto';
import { inLab } from './in-lab.ts';
import type { Lab } from './lab.ts';
import { readMemo, remember } from './memo.ts';

const user = 'demo';

// The answer goes to a file of the box first: it holds the second factor, which is told only once, and we may be
// interrupted between the making of the login and the noting of it.
const answerFile = '/root/demo-login.json';
const makeLogin = `
  umask 077
  test -s ${answerFile} && exit
  greffier users add ${user} --role manager --totp --password-stdin --json >${answerFile}.tmp &&
  mv ${answerFile}.tmp ${answerFile}
`;

/** Makes the demo login with a random password, once for each lab. */
export async function makeDemoLogin(lab: Lab): Promise<string | undefined> {
  if (readMemo(lab.state).admin) return 'kept';
  const password = readMemo(lab.state).chosenPassword ?? randomBytes(15).toString('base64url');
  remember(lab.state, { chosenPassword: password });
  await inLab(lab.name, ['sh', '-ec', makeLogin], { input: `${password}\n` });
  const { stdout } = await inLab(lab.name, ['cat', answerFile]);
  const { totpSecret } = JSON.parse(stdout) as { totpSecret: string };
  remember(lab.state, { admin: { user, password, totpSecret } });
  return undefined;
}
