/** Language and theme, on every page. */
import { type Language, language, speak, words } from './i18n.ts';
import { Halves, Moon, Sun } from './icons.tsx';
import { nextTheme, theme } from './theme.ts';

const themeIcons = { auto: Halves, light: Sun, dark: Moon };

export function Preferences() {
  const t = words.value.nav;
  const ThemeIcon = themeIcons[theme.value];
  const themeName = t.theme[theme.value];
  const other: Language = language.value === 'fr' ? 'en' : 'fr';
  const otherName = other === 'en' ? 'English' : 'Français';
  return (
    <div class="preferences">
      <button
        type="button"
        class="icon-button language"
        lang={other}
        aria-label={`${other.toUpperCase()}, ${otherName}`}
        title={otherName}
        data-testid="language"
        onClick={() => speak(other)}
      >
        {other.toUpperCase()}
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label={themeName}
        title={themeName}
        data-testid="theme"
        onClick={nextTheme}
      >
        <ThemeIcon />
      </button>
    </div>
  );
}
