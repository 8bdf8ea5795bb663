import { escapeMarkdown } from 'discord.js';

/** What someone typed, as text that formats nothing and begins no heading; cut where it is longer. */
export function plain(words: string, longest: number): string {
  if (longest === 0) return '';
  // Half a letter is none, and Discord takes no text with one.
  const short =
    words.length > longest ? `${words.slice(0, longest - 1).replace(/[\s\p{Surrogate}]+$/u, '')}…` : words;
  return escapeMarkdown(short.replace(/\n{3,}/g, '\n\n'), {
    heading: true,
    bulletedList: true,
    maskedLink: true,
  });
}
