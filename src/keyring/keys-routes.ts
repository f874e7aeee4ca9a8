// What the routes of keys are handed: the appliance's keys, drills and rotation.

import type { People } from '../access/people.ts';
import type { Appliance } from '../appliance.ts';
import type { OfferRoutes } from '../keys/offer-routes.ts';
import { personalKeys } from '../keys/personal.ts';
import { rotations } from '../keys/rotation-file.ts';
import type { KeysRoutes } from '../keys/routes.ts';
import { wrappedKeys } from '../keys/wrapped.ts';
import { addMember, groupsOverview, makeGroup, removeMember } from './group-members.ts';
import { canaryMessage, confirmCanary, keysOverview } from './keys-in-force.ts';
import { offerRecovery } from './offering.ts';
import { takeHeaders } from './rotation.ts';
import { headersLeft, progressOf } from './rotation-headers.ts';
import { setupState } from './setup.ts';

/** The routes' parts over an open appliance. */
export function keysParts(appliance: Appliance): KeysRoutes {
  const { config, clock, audit } = appliance;
  const personal = personalKeys(config.state.keys);
  const store = rotations(config.state.keys);
  return {
    overview: () => keysOverview(appliance),
    async mine(user) {
      const key = await personal.read(user);
      const groups = key ? await wrappedKeys(config.state.keys).openedBy(key.keyIds) : [];
      return { personal: key?.armored ?? null, fingerprint: key?.fingerprint ?? null, groups };
    },
    async keepPersonal(user, armored, replace) {
      // Which key it is, so that a key that was swapped later can be told from it.
      const { fingerprint, before } = await personal.insist(user, armored, clock(), replace);
      const reason = before && before !== fingerprint ? `${before} → ${fingerprint}` : fingerprint;
      await audit.write({ actor: user, action: 'key-personal', reason: `${user}: ${reason}` });
      await personal.keep(user, armored, clock(), replace);
    },
    canary: (fingerprint) => canaryMessage(appliance, fingerprint),
    confirm: (user, fingerprint, code) => confirmCanary(appliance, user, fingerprint, code),
    async rotation() {
      const rotation = await store.open();
      return { ...rotation, ...progressOf(appliance, rotation) };
    },
    // With the private key a header opens its recording: whoever takes them out leaves a trace first (C30).
    async headers(user, page) {
      const rotation = await store.open();
      const reason = `rotation ${rotation.id}, after ${page.after ?? 'the beginning'}`;
      await audit.write({ actor: user, action: 'rotation-headers', reason });
      return headersLeft(appliance, rotation, page);
    },
    take: (user, headers) => takeHeaders(appliance, user, headers),
  };
}

/** The parts of the first run and of groups. */
export function offerParts(appliance: Appliance, people: People): OfferRoutes {
  return {
    setup: () => setupState(appliance, people),
    offerRecovery: (user, armored) => offerRecovery(appliance, user, armored),
    groups: () => groupsOverview(appliance, people),
    makeGroup: (user, group, key) => makeGroup(appliance, people, user, group, key),
    addMember: (user, group, member) => addMember(appliance, people, user, group, member),
    removeMember: (user, group, member) => removeMember(appliance, people, user, group, member),
  };
}
