// Everything that a person or a test needs to use a running lab; as a command, one JSON object on standard output.
import { browserPhones, people } from './company.ts';
import { demoKeyPaths, readPassphrase } from './demo-keys.ts';
import { entrance, inLab } from './in-lab.ts';
import { type Lab, openLab } from './lab.ts';
import { purposes } from './lines.ts';
import { findMachine } from './machine.ts';
import { type Login, readMemo } from './memo.ts';
import { checkRoot } from './preflight.ts';
import { Problem, runAsCommand } from './problem.ts';

export interface LabInfo {
  /** The box's address. */
  address: string;
  /** URL of the web UI. */
  web: string;
  /** Where the box takes calls from its operator, and each number with its purpose ("never" is never recorded). */
  trunk: { host: string; port: number; dids: Record<string, string> };
  extensions: { number: string; user: string; password: string; role: string }[];
  featureCodes: Record<string, string>;
  /** Path of the demo private key on this host, and its passphrase. */
  recoveryKey: string;
  passphrase: string;
  admin: Login;
  /** The second person: who approves what the first one asks. */
  dpo: Login;
  /** Words to put before a command that shall run as root inside the lab. */
  shell: string;
}

/** Tells how to use a running, provisioned lab. */
export async function labInfo(name?: string): Promise<LabInfo> {
  const lab = openLab(name);
  const { admin, dpo } = readMemo(lab.state);
  if (findMachine(lab)?.leader === undefined)
    throw new Problem(`the lab "${lab.name}" is not running`, 'run: make up');
  if (!admin || !dpo) throw new Problem(`the lab "${lab.name}" is not finished`, 'run: make up');
  return {
    address: lab.boxAddress,
    web: `https://${lab.boxAddress}/`,
    trunk: { host: lab.boxAddress, port: 5060, dids: purposes() },
    extensions: await extensions(lab),
    featureCodes: {
      destroy: '*5',
      record: '*6',
      pause: '*7',
      private: '*8',
      pickup: '*9',
      park: '701',
      dictate: '*90',
      'queue-log-in': '*41',
      'queue-log-out': '*42',
      'queue-pause': '*431',
      'queue-resume': '*44',
    },
    recoveryKey: demoKeyPaths(lab).privateKey,
    passphrase: await readPassphrase(lab),
    admin,
    dpo,
    shell: entrance(lab.name).map(quoted).join(' '),
  };
}

// The passwords are made on the box; this is the only place from which they are read.
function extensions(lab: Lab): Promise<LabInfo['extensions']> {
  const read = async (number: string, role: string) => {
    const { stdout } = await inLab(lab.name, ['cat', `/etc/greffier/secrets/phones/${number}`]);
    return { number, user: number, password: stdout.trim(), role };
  };
  return Promise.all(
    people.flatMap(({ extensions, role }) =>
      extensions.filter((number) => !browserPhones.includes(number)).map((number) => read(number, role)),
    ),
  );
}

function quoted(word: string): string {
  return /^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

if (import.meta.main) {
  await runAsCommand(async () => {
    checkRoot();
    process.stdout.write(`${JSON.stringify(await labInfo(), null, 2)}\n`);
  });
}
