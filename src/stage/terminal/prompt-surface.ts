import { clearScreenDown, cursorTo, type Interface, moveCursor } from 'node:readline';
import type { Writable } from 'node:stream';
import type { Ink } from './ink.ts';
import { createTextSurface, type Surface } from './surface.ts';

/**
 * Writes above a prompt that someone may be typing in: what was typed so far stays, and the prompt
 * says who is thinking.
 */
export function createPromptSurface(prompt: Interface, out: Writable, name: string, ink: Ink): Surface {
  const text = createTextSurface(out, ink);
  let left = false;
  prompt.once('close', () => {
    left = true;
  });
  const ask = (thinking?: string) => {
    const before = thinking ? `${ink.aside(`${thinking} is thinking…`)} ` : '';
    prompt.setPrompt(`${before}${name} › `);
  };
  ask();

  function above<T>(write: () => T): T {
    // A scene that is being closed may still have a word to say.
    if (left) return write();
    moveCursor(out, 0, -prompt.getCursorPos().rows);
    cursorTo(out, 0);
    clearScreenDown(out);
    const result = write();
    prompt.prompt(true);
    return result;
  }

  return {
    beat: (beat, notes) => above(() => text.beat(beat, notes)),
    rewound: (standing) => above(() => text.rewound(standing)),
    header: (line) => above(() => text.header(line)),
    aside: (line) => above(() => text.aside(line)),
    choices: (lines) => above(() => text.choices(lines)),
    typing: (who) => above(() => ask(who)),
  };
}
