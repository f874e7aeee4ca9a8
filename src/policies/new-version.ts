// A wording is never changed in place: what a caller heard is proved by the id of the announcement and its hash (C01), so
// a new wording, or the same one recorded better, is a new version with an id of its own, and the old one stays.

import type { Announcement, Settings } from './schema.ts';

export interface Version {
  id: string;
  version: number;
  text: string;
}

interface Telling {
  announcements: string[];
  information?: string;
  hours?: { closed: string };
}

/** The settings with a new version beside the old one, and played wherever the old one was. */
export function withVersion(settings: Settings, old: string, fresh: Version): Settings {
  const told = <T extends Telling>(rules: T): T => ({
    ...rules,
    announcements: rules.announcements.map((id) => (id === old ? fresh.id : id)),
    ...(rules.information === old && { information: fresh.id }),
    ...(rules.hours?.closed === old && { hours: { ...rules.hours, closed: fresh.id } }),
  });
  return {
    ...settings,
    announcements: settings.announcements.flatMap((one) =>
      one.id === old ? [one, { ...one, ...fresh }] : one,
    ),
    lines: settings.lines.map(told),
    outbound: settings.outbound.map(told),
    ...(settings.internal && { internal: told(settings.internal) }),
  };
}

/** What plays an announcement: numbers of lines, `outbound` with its client, `internal`. */
export function playersOf({ lines, outbound, internal }: Settings, id: string): string[] {
  const plays = ({ announcements, information, hours }: Telling) =>
    announcements.includes(id) || information === id || hours?.closed === id;
  return [
    ...lines.filter(plays).map(({ did }) => did),
    ...outbound.filter(plays).map(({ client }) => `outbound ${client}`),
    ...(internal && plays(internal) ? ['internal'] : []),
  ];
}

/** The versions that an announcement was replaced by, and those that it has replaced: ids with the same beginning. */
export function siblingsOf({ announcements }: Settings, id: string): Announcement[] {
  const stem = stemOf(id);
  return announcements.filter((one) => one.id !== id && stemOf(one.id) === stem);
}

/** Names of the versions to come, in order: accueil-fr-v2 after accueil-fr-v1. */
export function* nextVersions(
  settings: Settings,
  old: Announcement,
): Generator<{ id: string; version: number }> {
  const versions = [old, ...siblingsOf(settings, old.id)].map(({ version }) => version);
  for (let version = Math.max(...versions) + 1; ; version += 1)
    yield { id: `${stemOf(old.id)}-v${version}`, version };
}

function stemOf(id: string): string {
  return id.replace(/-v\d+$/, '');
}
