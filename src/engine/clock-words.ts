const DAY = 24 * 60;

/** The hour of a story: `day 1, 21:05`. Minutes since midnight of its first day. */
export function clockWords(minutes: number): string {
  const day = Math.floor(minutes / DAY) + 1;
  const hour = Math.floor((minutes % DAY) / 60);
  return `day ${day}, ${pad(hour)}:${pad(minutes % 60)}`;
}

/** How much of the story's time went by: `2 hours`, `3 days and 4 hours`. */
export function durationWords(minutes: number): string {
  const parts = [
    count(Math.floor(minutes / DAY), 'day'),
    count(Math.floor((minutes % DAY) / 60), 'hour'),
    count(minutes % 60, 'minute'),
  ].filter(Boolean);
  return parts.slice(0, 2).join(' and ') || 'a moment';
}

function count(number: number, unit: string): string {
  return number === 0 ? '' : `${number} ${unit}${number === 1 ? '' : 's'}`;
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}
