import { IDLE, isIdle, type Npc } from './npc.ts';

/** One frame as lines of text: who shows what, what can be read below it, and the state of each one’s AI. */
export function drawFrame(frame: number, npcs: readonly Npc[], caption: string): string {
  const head = `frame ${String(frame).padStart(4)}${caption ? `  * ${caption}` : ''}`;
  return `${[head, ...npcs.map(drawNpc)].join('\n')}\n`;
}

function drawNpc(npc: Npc): string {
  const { name, mood, animation, subtitle, thought } = npc;
  const shown = animation === IDLE ? '' : `[${animation}]`;
  const said = subtitle ? `“${subtitle}”` : '';
  const visible = `  ${name.padEnd(12)} ${mood.padEnd(9)} ${shown.padEnd(13)} ${said}`.trimEnd();
  // Why they are in that state: for whoever makes the game.
  const inside = thought && !isIdle(npc) ? `\n${' '.repeat(15)}thinks: ${thought}` : '';
  return `${visible}${inside}`;
}
