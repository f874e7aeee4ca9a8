// The least that records a call: the same Asterisk on the same box, with a dialplan of three lines and plain MixMonitor. It
// takes the place of the product's, whose port the firewall knows, and the product comes back at the end.

import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openLab } from '../../appliance/lab/lab.ts';
import { inBox, type LabInfo } from '../support/lab.ts';
import { until } from '../support/until.ts';

const FOLDER = '/var/tmp/bare';
const PRODUCT = '/etc/greffier/asterisk';
const UNIT = 'bare-asterisk';
/** As the product's: what is loaded costs a little in each call. */
const SAME = ['modules.conf', 'rtp.conf', 'http.conf', 'logger.conf', 'features.conf', 'musiconhold.conf'];

export interface BareAsterisk {
  unit: string;
  /** The files it has recorded so far. */
  recordings(): Promise<Buffer[]>;
  stop(): Promise<void>;
}

/** @param phone port of the phone that every call rings, on the host */
export async function startBareAsterisk(lab: LabInfo, name: string, phone: number): Promise<BareAsterisk> {
  const { root, hostAddress } = openLab(name);
  const folder = join(root, FOLDER);
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, 'recordings'), { recursive: true });
  for (const file of SAME)
    await writeFile(join(folder, file), await readFile(join(root, PRODUCT, file)).catch(() => ''));
  for (const [file, text] of Object.entries(configuration(hostAddress, phone)))
    await writeFile(join(folder, file), text);
  await inBox(lab, 'systemctl', 'stop', 'greffier', 'asterisk');
  const stop = async () => {
    await inBox(lab, 'systemctl', 'stop', UNIT).catch(() => {});
    await inBox(lab, 'systemctl', 'start', 'asterisk', 'greffier');
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const command = ['asterisk', '-f', '-p', '-C', `${FOLDER}/asterisk.conf`];
    await inBox(
      lab,
      'systemd-run',
      `--unit=${UNIT}`,
      '--collect',
      '--property=LimitNOFILE=16384',
      ...command,
    );
    const answers = async () =>
      (
        await inBox(lab, 'asterisk', '-C', `${FOLDER}/asterisk.conf`, '-rx', 'core waitfullybooted').catch(
          () => '',
        )
      ).includes('fully booted');
    await until('bare Asterisk is up', answers, 60_000);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    unit: UNIT,
    async recordings() {
      const names = (await readdir(join(folder, 'recordings'))).filter((one) => one.endsWith('.wav'));
      return Promise.all(names.map((one) => readFile(join(folder, 'recordings', one))));
    },
    stop,
  };
}

const configuration = (host: string, phone: number): Record<string, string> => ({
  'asterisk.conf': `[directories]
astetcdir => ${FOLDER}
astrundir => ${FOLDER}
astdbdir => ${FOLDER}
astlogdir => ${FOLDER}
astspooldir => ${FOLDER}
[options]
maxfiles = 16384
`,
  'extensions.conf': `[calls]
exten => _+X!,1,Answer()
 same => n,MixMonitor(${FOLDER}/recordings/\${UNIQUEID}.wav)
 same => n,Dial(PJSIP/phone)
`,
  'pjsip.conf': `[global]
type=global
endpoint_identifier_order=ip
[udp]
type=transport
protocol=udp
bind=0.0.0.0:5060
[phone]
type=endpoint
transport=udp
context=calls
disallow=all
allow=alaw
direct_media=no
aors=phone
[phone]
type=aor
contact=sip:phone@${host}:${phone}
[phone]
type=identify
endpoint=phone
match=${host}
`,
});
