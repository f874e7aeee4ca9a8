// Who can open the keys of groups: what the page shows of it, and what a member changes from the browser.

import type { People, Person } from '../access/people.ts';
import { mayAs } from '../access/roles.ts';
import type { Appliance } from '../appliance.ts';
import { type Holder, membersOf, withMember, withoutMember } from '../keys/members.ts';
import { offeredKeys } from '../keys/offered.ts';
import { personalKeys } from '../keys/personal.ts';
import { readPlaces } from '../keys/places.ts';
import { recipientsOfWrapped, type WrappedKey, wrappedKeys } from '../keys/wrapped.ts';
import { GreffierError } from '../shared/errors.ts';
import { holdersOf, shownHolders } from './holders.ts';
import { insistOnGroup, insistOnOffer } from './offering.ts';

export interface NewGroupKey {
  armored: string;
  wrapped: Uint8Array;
  /** Whom it is wrapped to, and to which of their keys. */
  members: { user: string; fingerprint: string }[];
}

export interface NewMember {
  /** Fingerprint of the group's key. */
  key: string;
  user: string;
  /** Of the personal key that was compared. */
  fingerprint: string;
  packet: Uint8Array;
}

/** The groups with their keys and members, and the people who could be one. */
export async function groupsOverview(appliance: Appliance, people: People) {
  const { config, clock, settings } = appliance;
  const [holders, wrapped, offered, places] = [
    await holdersOf(appliance, people),
    await wrappedKeys(config.state.keys).all(),
    await offeredKeys(config.state.keys).all(),
    await readPlaces(config.paths, clock()),
  ];
  const entitled = (await people.list()).filter((one) => mayAs(one, 'recordings:play'));
  const groups = settings.data.recipient_groups.map(({ id, name, client }) => ({
    group: id,
    name,
    offered: offered.find((one) => one.group === id)?.fingerprint ?? null,
    keys: (places.find(({ group }) => group === id)?.keys ?? [])
      .filter(({ armored }) => armored)
      .map((key) => ({
        fingerprint: key.fingerprint,
        unfit: key.unfit ?? null,
        members: wrapped
          .filter((one) => one.group === id && one.fingerprint === key.fingerprint)
          .flatMap((one) => membersOf(one.wrapped, holders)),
      })),
    candidates: entitled.filter((one) => isOfClient(one, client)).map(({ user }) => user),
  }));
  return { groups, people: await shownHolders(appliance, entitled) };
}

/**
 * Takes a new group key: what opens it is kept at once, its public part is offered to root. Throws `no-such-group`,
 * `unfit-key`, `key-in-force`, `bad-wrapped-key`, `personal-key-changed`, `not-entitled`.
 */
export async function makeGroup(
  appliance: Appliance,
  people: People,
  by: string,
  group: string,
  { armored, wrapped, members }: NewGroupKey,
): Promise<string> {
  const { config, clock, audit } = appliance;
  const key = await insistOnOffer(appliance, group, armored);
  const known = await personalKeys(config.state.keys).all();
  const users = recipientsOfWrapped(wrapped, known);
  for (const { user, fingerprint } of members) {
    await insistOnEntitled(appliance, people, group, user);
    insistOnKey(known, user, fingerprint);
  }
  if (users.toSorted().join() !== [...new Set(members.map(({ user }) => user))].toSorted().join())
    throw new GreffierError('bad-wrapped-key', `the group key is wrapped to ${users.join(', ')}`, {
      hint: 'and these are not the members that were named',
      status: 400,
    });
  const whom = members.map(({ user, fingerprint }) => `${user} ${fingerprint}`).join(', ');
  const reason = `group ${group}: ${key.fingerprint}`;
  await audit.write({ actor: by, action: 'key-offered', reason });
  await audit.write({ actor: by, action: 'key-shared', reason: `${reason} to ${whom}` });
  await wrappedKeys(config.state.keys).keep({
    group,
    fingerprint: key.fingerprint,
    wrapped: Buffer.from(wrapped),
  });
  const at = clock().toISOString();
  await offeredKeys(config.state.keys).put({
    group,
    fingerprint: key.fingerprint,
    armored: key.armored,
    at,
    by,
  });
  return key.fingerprint;
}

/** A member adds somebody. Throws `no-such-key`, `not-a-member`, `not-entitled`, `personal-key-changed`, `bad-wrapped-key`. */
export async function addMember(
  appliance: Appliance,
  people: People,
  by: string,
  group: string,
  { key, user, fingerprint, packet }: NewMember,
): Promise<void> {
  insistOnGroup(appliance, group);
  const store = wrappedKeys(appliance.config.state.keys);
  await store.exclusively(async () => {
    const found = (await store.all()).find((one) => one.group === group && one.fingerprint === key);
    if (!found) throw noSuchKey(group, key);
    const holders = await holdersOf(appliance, people);
    if (!membersOf(found.wrapped, holders).some((one) => one.user === by && one.key === 'present'))
      throw new GreffierError('not-a-member', `${by} cannot open the key of group ${group}`, {
        hint: 'only who opens it can share it',
        status: 403,
      });
    await insistOnEntitled(appliance, people, group, user);
    insistOnKey(await personalKeys(appliance.config.state.keys).all(), user, fingerprint);
    const wrapped = withMember(found.wrapped, packet, holderOf(holders, user));
    const reason = `group ${group}: ${key} to ${user} ${fingerprint}`;
    await appliance.audit.write({ actor: by, action: 'key-shared', reason });
    await store.keep({ ...found, wrapped: Buffer.from(wrapped) });
  });
}

/** Takes somebody off every key of a group. Throws `no-such-member`, `last-member`. */
export async function removeMember(
  appliance: Appliance,
  people: People,
  by: string,
  group: string,
  user: string,
): Promise<void> {
  insistOnGroup(appliance, group);
  const store = wrappedKeys(appliance.config.state.keys);
  await store.exclusively(async () => {
    const holders = await holdersOf(appliance, people);
    const theirs = (await store.all()).filter(
      (one) => one.group === group && membersOf(one.wrapped, holders).some((member) => member.user === user),
    );
    if (theirs.length === 0)
      throw new GreffierError('no-such-member', `${user.slice(0, 32)} is no member of ${group}`, {
        status: 404,
      });
    const after: WrappedKey[] = theirs.map((one) => ({
      ...one,
      wrapped: Buffer.from(withoutMember(one.wrapped, holderOf(holders, user))),
    }));
    await appliance.audit.write({ actor: by, action: 'key-unshared', reason: `group ${group}: ${user}` });
    for (const one of after) await store.keep(one);
  });
}

async function insistOnEntitled(appliance: Appliance, people: People, group: string, user: string) {
  const person = await people.find(user);
  const { client } = insistOnGroup(appliance, group);
  if (person && mayAs(person, 'recordings:play') && isOfClient(person, client)) return;
  throw new GreffierError('not-entitled', `${user.slice(0, 32)} may not play recordings of group ${group}`, {
    hint: 'give the role first: greffier users roles',
    status: 409,
  });
}

/** What is wrapped has to be for the key that was shown, not for one that came in between. */
function insistOnKey(known: { user: string; fingerprint: string }[], user: string, fingerprint: string) {
  const now = known.find((one) => one.user === user)?.fingerprint;
  if (now === fingerprint) return;
  throw new GreffierError('personal-key-changed', `${user} has another personal key: ${now ?? 'none'}`, {
    hint: 'compare the new fingerprint with its owner, then share again',
    status: 409,
  });
}

const isOfClient = ({ clients }: Pick<Person, 'clients'>, client: string) =>
  clients?.includes(client) ?? true;

const holderOf = (holders: Holder[], user: string): Holder =>
  holders.find((one) => one.user === user) ?? { user, keyIds: [], everIds: [] };

const noSuchKey = (group: string, key: string) =>
  new GreffierError('no-such-key', `group ${group} has no key ${key} that members open`, { status: 404 });
