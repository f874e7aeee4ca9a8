/** The roles, to be ticked, each with what it is for. */
import type { Signal } from '@preact/signals';
import { ROLES, type RoleName } from './role-name.ts';
import { accessWords } from './words.ts';

export function RoleChoice({ chosen, id }: { chosen: Signal<string[]>; id: string }) {
  const t = accessWords.value;
  const toggle = (role: RoleName, on: boolean) => {
    chosen.value = on ? [...chosen.value, role] : chosen.value.filter((one) => one !== role);
  };
  return (
    <fieldset class="role-choice">
      <legend>{t.people.roles}</legend>
      {ROLES.map((role) => (
        <label class="tick" key={role}>
          <input
            type="checkbox"
            checked={chosen.value.includes(role)}
            data-testid={`${id}-${role}`}
            onChange={(event) => toggle(role, event.currentTarget.checked)}
          />
          <span>
            {t.roleNames[role]} <span class="hint">{t.roleHints[role]}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
