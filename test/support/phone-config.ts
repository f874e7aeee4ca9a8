// How a phone (baresip) is set up.

export interface PhoneOptions {
  /** UDP port of its SIP; the next one is its control port (TCP). */
  port: number;
  /** Registers as this user; without a password it is a carrier's trunk that does not register. */
  user: string;
  password?: string;
  server: string;
  displayName?: string;
  /** WAV file (8 kHz, mono, 16 bit) it speaks. */
  speaks: string;
  answers?: 'auto' | 'manual';
  /** As baresip names them; PCMA when left out. */
  codecs?: string;
}

const APPLICATIONS = ['account', 'ctrl_tcp', 'menu'];
const MODULES = ['g711', 'g722', 'opus', 'aufile', 'aubridge', 'sndfile', 'uuid'];

/**
 * baresip takes the port after its own for TLS, so its control port is the second one after. It is on the address that
 * leads to the lab: tests of two labs at a time do not steer each other's phones.
 */
export const control = (port: number) => port + 2;

/** Its configuration. */
export function config({ port, speaks }: PhoneOptions, address: string, home: string): string {
  return [
    `sip_listen ${address}:${port}`,
    `rtp_ports ${20_000 + (port % 1000) * 20}-${20_000 + (port % 1000) * 20 + 19}`,
    `audio_source aufile,${speaks}`,
    'audio_player aubridge,ear',
    'audio_alert aubridge,bell',
    `snd_path ${home}`,
    'ausrc_srate 8000',
    'auplay_srate 8000',
    'ausrc_format s16',
    'auplay_format s16',
    'opus_stereo no',
    'opus_sprop_stereo no',
    'jitter_buffer_delay 1-2',
    'call_max_calls 4',
    'call_local_timeout 120',
    'module_path /usr/lib/baresip/modules',
    ...MODULES.map((name) => `module ${name}.so`),
    ...APPLICATIONS.map((name) => `module_app ${name}.so`),
    `ctrl_tcp_listen ${address}:${control(port)}`,
    '',
  ].join('\n');
}

/** Its one account. */
export function account({
  user,
  server,
  password,
  displayName,
  answers,
  codecs = 'PCMA/8000/1',
}: PhoneOptions): string {
  const login = password ? `;auth_user=${user};auth_pass=${password};regint=120` : ';regint=0';
  const mode = answers === 'auto' ? ';answermode=auto' : ';answermode=manual';
  return `"${displayName ?? ''}" <sip:${user}@${server}>${login}${mode};audio_codecs=${codecs};ptime=20`;
}
