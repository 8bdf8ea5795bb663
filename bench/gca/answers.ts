import type { Kind } from './service-times.ts';

/** Words of no particular scene; how they are put together changes from answer to answer. */
const WORDS =
  'the rope holds while the tide is out and nobody asked who tied it there before the lamp went dark so I kept the letter under the third step where the damp would not reach it until somebody came who could read what she had written'.split(
    ' ',
  );

/** An answer of that kind, as a whole body; no two in a row are the same. */
export function answerBody(kind: Kind, number: number, dimension: string): string {
  const content = contentOf(kind, number, dimension);
  return JSON.stringify({
    id: `bench-${number}`,
    object: 'chat.completion',
    model: kind,
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 1000, completion_tokens: Math.ceil(content.length / 4) },
  });
}

function contentOf(kind: Kind, number: number, dimension: string): string {
  switch (kind) {
    case 'actor':
      return `<system_thinking>${words(number, 40)}</system_thinking><role_thinking>${words(number + 7, 20)}</role_thinking><role_action>${words(number + 3, 8)}</role_action>${words(number * 5, 45)}.`;
    case 'narrator':
      return JSON.stringify({ narration: `${words(number * 3, 30)}.`, changes: [] });
    case 'director':
      return JSON.stringify({ reasoning: words(number, 10), next_speaker: 'random' });
    case 'judge':
      return JSON.stringify({
        [dimension]: { flaws: [{ instance: words(number, 12), type: 'Lacks depth', severity: 2 }] },
      });
  }
}

function words(from: number, count: number): string {
  return Array.from(
    { length: count },
    (_, at) => WORDS[(from * 13 + at * (1 + (from % 5))) % WORDS.length],
  ).join(' ');
}
