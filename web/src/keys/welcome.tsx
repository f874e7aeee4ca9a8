/** After the first log in: to the recovery key, to the own key, or to the first page, whichever is due. */
import { useEffect } from 'preact/hooks';
import { may } from '../access/session.ts';
import { goTo } from '../shared/router.ts';
import { Bone } from '../shared/ui.tsx';
import { loadOwnKeys, ownKeys } from './own-keys.ts';
import { loadSetup, setup } from './setup.ts';

export function Welcome() {
  useEffect(() => {
    void (async () => {
      if (may('keys:recovery')) await loadSetup();
      await loadOwnKeys(may('keys:own'));
      if (setup.value && setup.value.recovery !== 'in-force') goTo('/setup');
      else goTo(ownKeys.value?.personal === null ? '/account' : '/');
    })();
  }, []);
  return <Bone width="l" />;
}
