// The two people who may log in to the lab's web UI: one who listens and asks, and one who approves.
import { randomBytes } from 'node:crypto';
import { inLab } from './in-lab.ts';
import type { Lab } from './lab.ts';
import { type Login, readMemo, remember } from './memo.ts';

const PEOPLE = { admin: { user: 'demo', role: 'manager' }, dpo: { user: 'dpo', role: 'dpo' } } as const;
type Who = keyof typeof PEOPLE;

// The answer goes to a file of the box first: it holds the second factor, which is told only once, and we may be
// interrupted between the making of the login and the noting of it.
const answerFile = (user: string) => `/root/${user}-login.json`;
const makeLogin = (user: string, role: string) => `
  umask 077
  test -s ${answerFile(user)} && exit
  greffier users add ${user} --role ${role} --totp --password-stdin --json >${answerFile(user)}.tmp &&
  mv ${answerFile(user)}.tmp ${answerFile(user)}
`;

/** Makes the demo logins with random passwords, once for each lab. */
export async function makeDemoLogins(lab: Lab): Promise<string | undefined> {
  const before = readMemo(lab.state);
  if (before.admin && before.dpo) return 'kept';
  for (const who of ['admin', 'dpo'] as const)
    if (!readMemo(lab.state)[who]) remember(lab.state, { [who]: await made(lab, who) });
  return undefined;
}

async function made(lab: Lab, who: Who): Promise<Login> {
  const { user, role } = PEOPLE[who];
  const password = readMemo(lab.state).chosenPassword ?? randomBytes(15).toString('base64url');
  remember(lab.state, { chosenPassword: password });
  await inLab(lab.name, ['sh', '-ec', makeLogin(user, role)], { input: `${password}\n` });
  const { stdout } = await inLab(lab.name, ['cat', answerFile(user)]);
  const { totpSecret } = JSON.parse(stdout) as { totpSecret: string };
  return { user, password, totpSecret };
}
