import { button } from './dom.ts';

const KEY = 'dramatis.theme';
type Theme = 'auto' | 'light' | 'dark';
const NEXT: Readonly<Record<Theme, Theme>> = { auto: 'light', light: 'dark', dark: 'auto' };
const WORDS: Readonly<Record<Theme, string>> = {
  auto: '◐ Theme: as the system',
  light: '☀ Theme: light',
  dark: '☾ Theme: dark',
};

/** Light, dark, or as the system has it. Returns the button that changes it. */
export function createTheme(onChange: (light: boolean) => void): HTMLElement {
  const system = matchMedia('(prefers-color-scheme: light)');
  let theme = readTheme();
  const toggle = button(
    WORDS[theme],
    () => {
      theme = NEXT[theme];
      localStorage.setItem(KEY, theme);
      apply();
    },
    { class: 'quiet-button wide' },
  );

  function apply(): void {
    const light = theme === 'light' || (theme === 'auto' && system.matches);
    document.documentElement.dataset['theme'] = light ? 'light' : 'dark';
    toggle.textContent = WORDS[theme];
    onChange(light);
  }

  system.addEventListener('change', apply);
  apply();
  return toggle;
}

function readTheme(): Theme {
  const kept = localStorage.getItem(KEY);
  return kept === 'light' || kept === 'dark' ? kept : 'auto';
}
