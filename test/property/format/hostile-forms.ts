import type { Builder } from './hostile-builder.ts';
import type { Pair } from './hostile-words.ts';

// Replies that are written in another form than the one with tags.

export function writeJson(turn: Builder): void {
  const { random } = turn;
  turn.kind('json');
  const reply: Record<string, unknown> = {};
  reply[random.pick(['system_thinking', 'systemThinking', 'System Thinking', 'analysis', 'plan', 'notes'])] =
    turn.sentence('plan');
  reply[random.pick(['role_thinking', 'roleThinking', 'inner_thoughts', 'Inner Monologue'])] =
    turn.sentence('secret');
  reply[random.pick(['role_action', 'action', 'actions'])] = random.chance(0.5)
    ? turn.sentence('act')
    : [turn.sentence('act')];
  reply[random.pick(['speech', 'dialogue', 'response', 'role_speech'])] = random.chance(0.7)
    ? turn.sentence('say')
    : `<role_thinking>${turn.sentence('secret')}</role_thinking>${turn.sentence('say')}`;
  const text = JSON.stringify(reply, null, random.pick([0, 2]));
  const shape = random.int(5);
  if (shape === 0) turn.write(`\`\`\`json\n${text}\n\`\`\``);
  else if (shape === 1) turn.write(`<think>${turn.sentence('plan')}</think>\n${text}`);
  else if (shape === 2) {
    turn.kind('json cut off', 2);
    turn.write(text.slice(0, text.length - 2 - random.int(20)));
  } else turn.write(text);
}

export function writeLegacy(turn: Builder): void {
  const { random } = turn;
  turn.kind('legacy');
  if (random.chance(0.5)) turn.write(`<think>${turn.sentence('plan')}</think>`);
  if (random.chance(0.3)) turn.write(`${turn.speaker}: `);
  const shape = random.int(6);
  if (shape === 0)
    turn.write(`[${turn.sentence('secret')} [${turn.sentence('secret')}] ${turn.sentence('secret')}] `);
  else if (shape === 1) turn.write(`[${turn.sentence('secret')}\n${turn.sentence('secret')}] `);
  else if (shape === 2) turn.write(`${turn.sentence('secret')}] `);
  else if (shape === 3) {
    turn.kind('bracket unclosed', 2);
    turn.write(`[${turn.sentence('secret')} `);
  } else turn.write(`[${turn.sentence('secret')}] `);
  turn.write(`(${turn.sentence('act')}) ${turn.sentence('say')}`);
  if (random.chance(0.4)) turn.write(` [${turn.sentence('secret')}] ${turn.sentence('say')}`);
}

export function writeHeadings(turn: Builder): void {
  const { random } = turn;
  turn.kind('headings');
  const [before, after] = random.pick<Pair>([
    ['**', ':**'],
    ['## ', ''],
    ['### ', ':'],
    ['**', '**:'],
    ['1. ', ':'],
  ]);
  turn.write(`${before}System Thinking${after} ${turn.sentence('plan')}\n\n${turn.sentence('plan')}\n\n`);
  turn.write(
    `${before.replace('1', '2')}${random.pick(['Role-play Response', 'Response', 'Roleplay Response'])}${after}\n`,
  );
  if (random.chance(0.5)) {
    turn.write(
      `<role_thinking>${turn.sentence('secret')}</role_thinking><role_action>${turn.sentence('act')}</role_action>${turn.sentence('say')}`,
    );
    return;
  }
  const owned = `${turn.speaker.split(' ').at(-1)}’s thoughts`;
  const name = random.pick([
    'Her Thoughts',
    owned,
    '**Gedanken**',
    'Meine Gedanken:',
    'Inner Monologue',
    '## Pensées',
  ]);
  turn.write(`${turn.sentence('say')}\n\n${name}\n${turn.sentence('secret')}\n\n`);
  turn.write(`${random.pick(['**Response**', 'Antwort:', '## Réponse'])}\n${turn.sentence('say')}`);
}

export function writeProsePlan(turn: Builder): void {
  turn.kind('plan in prose', 2);
  const opening = turn.random.pick([
    `I need to portray ${turn.speaker.split(' ')[0]} here.`,
    'The user wants a reply in character.',
    'As an AI, I should keep this short.',
    `I should respond as ${turn.speaker.split(' ')[0]}.`,
    'We need to produce a turn for her.',
  ]);
  turn.write(`${opening} ${turn.sentence('plan')}\n\n${turn.sentence('say')}`);
}
