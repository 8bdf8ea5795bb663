import type { CardData } from './card-data.ts';

/** One example: what was said to the character just before (may be empty), and its turn as the card has it. */
export type ExampleTurn = { readonly cue: string; readonly turn: string };

/** A card's example turns: its own in HER format where it has them, else those of `mes_example`. */
export function exampleTurns(card: CardData): ExampleTurn[] {
  const own = card.extensions.dramatis.examples.map((example) =>
    typeof example === 'string' ? { cue: '', turn: example } : { cue: example.to, turn: example.turn },
  );
  return own.length > 0 ? own : splitDialogue(card.mes_example, namesOf(card));
}

/** The labels that the character's own lines may bear. */
function namesOf({ name, nickname, extensions }: CardData): ReadonlySet<string> {
  const names = [name, nickname ?? '', ...extensions.dramatis.aliases];
  return new Set(['{{char}}', '<bot>', ...names.filter(Boolean).map((one) => one.toLowerCase())]);
}

/**
 * Takes `mes_example` apart: blocks after `<START>`, in them lines of `{{char}}:` and `{{user}}:`,
 * each going on until the next label. A block without any label is one turn of the character.
 */
function splitDialogue(dialogue: string, names: ReadonlySet<string>): ExampleTurn[] {
  return dialogue.split(/<START>/i).flatMap((block) => {
    const turns: ExampleTurn[] = [];
    let cue = '';
    for (const { speaker, text } of labelledLines(block, names)) {
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

function labelledLines(block: string, names: ReadonlySet<string>): LabelledLine[] {
  const lines: LabelledLine[] = [];
  for (const line of block.split('\n')) {
    const speaker = speakerOf(line, names);
    const last = lines.at(-1);
    if (speaker) lines.push({ speaker, text: line.slice(line.indexOf(':') + 1).trim() });
    else if (last) last.text = `${last.text}\n${line}`.trim();
    else if (line.trim()) lines.push({ speaker: 'char', text: line.trim() });
  }
  return lines;
}

function speakerOf(line: string, names: ReadonlySet<string>): 'char' | 'user' | undefined {
  const label = line.split(':', 1)[0]?.trim().toLowerCase();
  if (label === undefined || !line.includes(':')) return undefined;
  if (names.has(label)) return 'char';
  // Some cards number the strangers of an example.
  return ['{{user}}', '<user>', 'you'].includes(label) || /^\{\{random_user_\d+\}\}$/.test(label)
    ? 'user'
    : undefined;
}
