import i18next from 'i18next';
import german from '../../locales/de/messages.json' with { type: 'json' };
import english from '../../locales/en/messages.json' with { type: 'json' };
import type { Locale } from './locales.ts';
import type { Text, Value } from './text.ts';

const catalogues = i18next.createInstance();
void catalogues.init({
  lng: 'en',
  fallbackLng: 'en',
  initAsync: false,
  resources: { en: { translation: english }, de: { translation: german } },
  // Keys are sentences: dots and colons in them are dots and colons.
  keySeparator: false,
  nsSeparator: false,
  // What people typed is a value: nothing in it is read as a placeholder or another key.
  interpolation: { escapeValue: false, skipOnVariables: true },
});

/** In that language; in English where its catalogue lacks the sentence. */
export function render(text: Text, locale: Locale = 'en'): string {
  if (typeof text === 'string') return plain(text, locale);
  if (isList(text)) return text.map((part) => render(part, locale)).join('\n');
  const replace = Object.fromEntries(
    Object.entries(text.values).map(([name, value]) => [name, shown(value, locale)]),
  );
  const { count } = text.values;
  return catalogues.t(text.text, {
    replace,
    ...(typeof count === 'number' ? { count } : {}),
    lng: locale,
    nest: false,
    defaultValue: text.text,
  });
}

/** Without values nothing in it is a placeholder, should it not be a sentence of ours. */
function plain(text: string, locale: Locale): string {
  const found = [locale, 'en'].map((language) => catalogues.getResource(language, 'translation', text));
  return found.find((one) => typeof one === 'string') ?? text;
}

function shown(value: Value, locale: Locale): string | number {
  if (typeof value !== 'object') return value;
  if (!isList(value)) return render(value, locale);
  const parts = value.map((part) => (typeof part === 'string' ? part : render(part, locale)));
  // Without a comma before the “and”, as the code's own sentences have it.
  return new Intl.ListFormat(locale === 'en' ? 'en-GB' : locale, { type: 'conjunction' }).format(parts);
}

/** `Array.isArray` takes the element's type away. */
function isList<T>(value: object): value is readonly T[];
function isList(value: object): boolean {
  return Array.isArray(value);
}
