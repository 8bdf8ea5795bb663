import { stripVTControlCharacters, styleText } from 'node:util';

/** How text is dressed: with the terminal's own styles, or with plain marks where it has none. */
export type Ink = {
  name(name: string, id: string): string;
  action(text: string): string;
  aside(text: string): string;
  thought(text: string): string;
};

const COLOURS = ['cyan', 'yellow', 'green', 'magenta', 'blue', 'red'] as const;

/** Styles for a terminal, or plain text with `*actions*` for pipes and `NO_COLOR`. */
export function createInk(coloured: boolean): Ink {
  if (!coloured) {
    return {
      name: (name) => name,
      action: (text) => `*${text}*`,
      aside: (text) => text,
      thought: (text) => `(thinks: ${text})`,
    };
  }
  const paint = (format: Parameters<typeof styleText>[0], text: string) =>
    styleText(format, text, { validateStream: false });
  return {
    name: (name, id) => paint(['bold', colourOf(id)], name),
    action: (text) => paint(['italic', 'dim'], text),
    aside: (text) => paint('dim', text),
    thought: (text) => paint(['italic', 'magentaBright'], `💭 ${text}`),
  };
}

/** Text from a model or a card must not move the cursor or clear the screen. */
export function harmless(text: string): string {
  return stripVTControlCharacters(text).replace(/[^\P{Cc}\n\t]/gu, '');
}

function colourOf(id: string): (typeof COLOURS)[number] {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 997;
  return COLOURS[sum % COLOURS.length] ?? 'cyan';
}
