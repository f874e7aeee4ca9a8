// Every Debian package that the lab asks for, in one place.

/** On the host, to make the lab and to place the fictitious call. */
export const forTheLab = [
  'mmdebstrap',
  'systemd-container',
  'nftables',
  'iproute2',
  'e2fsprogs',
  'util-linux',
  'mount',
  'baresip-core',
] as const;

/** On the host, for `make test`: OpenPGP, browser, audio, the generator of calls (SIPp), sshd, a reader of QR codes. */
export const forTheTests = [
  'gpg',
  'sq',
  'chromium',
  'flac',
  'opus-tools',
  'sox',
  'ansible-lint',
  'vagrant',
  'sip-tester',
  'openssh-server',
  'zbar-tools',
] as const;

/** In the base system of every box: enough to be a machine and to run Ansible on itself. */
export const inTheBox = [
  'systemd',
  'systemd-sysv',
  'dbus',
  'iproute2',
  'ca-certificates',
  'nftables',
  'python3',
  'python3-apt',
  'openssl',
  'ansible-core',
  // What an auditor brings along: the newer OpenPGP tools open what the box has sealed.
  'gpg',
  'gpg-agent',
  'sq',
] as const;

export const suite = 'forky';
