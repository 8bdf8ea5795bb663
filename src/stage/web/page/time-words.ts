const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

/** `Today at 12:03`, as chat says it. */
export function whenWords(at: number, now = Date.now()): string {
  const words = clock.format(at);
  return new Date(at).toDateString() === new Date(now).toDateString()
    ? `Today at ${words}`
    : `${day.format(at)}, ${words}`;
}

export function clockWords(at: number): string {
  return clock.format(at);
}
