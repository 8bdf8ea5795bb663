/** Prompts of one batch, as a trainer has it; each of them has many rollouts. */
const PROMPTS = 64;

const WORDS =
  'the rope holds while the tide is out and nobody asked who tied it there before the lamp went dark so I kept the letter under the third step where the damp would not reach it until somebody came who could read what she had written'.split(
    ' ',
  );

const contexts = Array.from({ length: PROMPTS }, (_, prompt) => JSON.stringify(contextOf(prompt)));

/** A request for one sample, unlike any other: nothing comes from the cache. */
export function sampleBody(number: number): Buffer {
  const reward_context = contexts[number % PROMPTS] ?? '';
  const response = `<system_thinking>${words(number, 90)}</system_thinking><role_thinking>${words(number + 7, 20)} by the ${number} th</role_thinking><role_action>${words(number + 3, 8)}</role_action>${words(number * 5, 40)}, ${number} times.`;
  return Buffer.from(JSON.stringify({ samples: [{ id: String(number), reward_context, response }] }));
}

/** Some 7,000 characters: a sheet, a setting, two others and twenty lines. */
function contextOf(prompt: number) {
  const line = (at: number) =>
    at % 2 === 0
      ? `Ada Crane: <role_action>${words(prompt + at, 7)}</role_action>${words(prompt * 3 + at, 34)}.`
      : `Perran Hale: <role_thinking>${words(prompt + at, 14)}</role_thinking>${words(prompt * 7 + at, 34)}.`;
  return {
    format: 1,
    context: {
      speaker: 'Perran Hale',
      sheet: words(prompt, 180),
      setting: words(prompt + 1, 60),
      others: [
        { name: 'Ada Crane', sheet: words(prompt + 2, 40) },
        { name: 'Jory Penrose', sheet: words(prompt + 3, 40) },
      ],
      lines: Array.from({ length: 20 }, (_, at) => line(at)),
      note: '',
    },
    baseline: `<role_action>${words(prompt + 4, 8)}</role_action>${words(prompt + 5, 40)}.`,
  };
}

function words(from: number, count: number): string {
  return Array.from(
    { length: count },
    (_, at) => WORDS[(from * 13 + at * (1 + (from % 5))) % WORDS.length],
  ).join(' ');
}
