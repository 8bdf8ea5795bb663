import type { CardData } from './card-data.ts';

/** One example: what was said to the character just before (may be empty), and its turn as the card has it. */
export type ExampleTurn = { readonly cue: string; readonly turn: string };

/** A card's example turns: its own in HER format where it has them, else those of `mes_example`. */
export function exampleTurns(card: CardData): ExampleTurn[] {
  const own = card.extensions.dramatis.examples.map((example) =>
    typeof example === 'string' ? { cue: '', turn: example } : { cue: example.to, turn: example.turn },
  );
  return own.length > 0 ? own : splitDialogue(card.mes_example, card.name);
}

/**
 * Takes `mes_example` apart: blocks after `<START>`, in them lines of `{{char}}:` and `{{user}}:`,
 * each going on until the next label. A block without any label is one turn of the character.
 */
function splitDialogue(dialogue: string, name: string): ExampleTurn[] {
  return dialogue.split(/<START>/i).flatMap((block) => {
    const turns: ExampleTurn[] = [];
    let cue = '';
    for (const { speaker, text } of labelledLines(block, name)) {
      if (speaker === 'user') {
        cue = text;
      } else if (text) {
        turns.push({ cue, turn: text });
        cue = '';
      }
    }
    return turns;
  });
}

type LabelledLine = { speaker: 'char' | 'user'; text: string };

function labelledLines(block: string, name: string): LabelledLine[] {
  const lines: LabelledLine[] = [];
  for (const line of block.split('\n')) {
    const speaker = speakerOf(line, name);
    const last = lines.at(-1);
    if (speaker) lines.push({ speaker, text: line.slice(line.indexOf(':') + 1).trim() });
    else if (last) last.text = `${last.text}\n${line}`.trim();
    else if (line.trim()) lines.push({ speaker: 'char', text: line.trim() });
  }
  return lines;
}

function speakerOf(line: string, name: string): 'char' | 'user' | undefined {
  const label = line.split(':', 1)[0]?.trim().toLowerCase();
  if (label === undefined || !line.includes(':')) return undefined;
  if (['{{char}}', '<bot>', name.toLowerCase()].includes(label)) return 'char';
  return ['{{user}}', '<user>', 'you'].includes(label) ? 'user' : undefined;
}
