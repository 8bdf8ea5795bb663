// Control characters, which could drive a terminal.
const CONTROL = /[^\P{Cc}\n\t]/gu;

/** Words out of a file as they may be printed. */
export function plain(text: string): string {
  return text.replace(CONTROL, '');
}
