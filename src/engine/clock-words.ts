import { type Message, say } from '../words/text.ts';

const DAY = 24 * 60;

/** The hour of a story: `day 1, 21:05`. Minutes since midnight of its first day. */
export function clockWords(minutes: number): string {
  const day = Math.floor(minutes / DAY) + 1;
  const hour = Math.floor((minutes % DAY) / 60);
  return `day ${day}, ${pad(hour)}:${pad(minutes % 60)}`;
}

/** How much of the story's time went by: `2 hours`, `3 days and 4 hours`. */
export function durationWords(minutes: number): readonly Message[] {
  const days = Math.floor(minutes / DAY);
  const hours = Math.floor((minutes % DAY) / 60);
  const parts = [
    ...(days > 0 ? [say('{{count}} days', { count: days })] : []),
    ...(hours > 0 ? [say('{{count}} hours', { count: hours })] : []),
    ...(minutes % 60 > 0 ? [say('{{count}} minutes', { count: minutes % 60 })] : []),
  ];
  return parts.length > 0 ? parts.slice(0, 2) : [say('a moment')];
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}
