/** The languages that people are spoken to in; English is what the code itself is written in. */
export const LOCALES = ['en', 'de'] as const;
export type Locale = (typeof LOCALES)[number];

/** The language for a tag such as `de`, `en-GB` or `de_AT.UTF-8`; English where we do not speak it. */
export function localeFor(tag: string | undefined): Locale {
  const language = tag?.toLowerCase().split(/[-_.]/u)[0];
  return LOCALES.find((locale) => locale === language) ?? 'en';
}

/** The first language of an `Accept-Language` header that we speak; browsers name the dearest first. */
export function localeAccepted(header = ''): Locale {
  const tags = header.split(',').map((part) => part.split(';')[0]?.trim() ?? '');
  return localeFor(tags.find((tag) => /^en\b/iu.test(tag) || localeFor(tag) !== 'en'));
}
