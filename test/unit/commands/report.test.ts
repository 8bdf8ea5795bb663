import { expect, test } from 'vitest';
import { reportWords } from '../../../src/engine/command/report-words.ts';
import type { MarkedLine } from '../../../src/engine/continuity/continuity-api.ts';
import type { ChatModel } from '../../../src/model/chat-model.ts';
import { render } from '../../../src/words/render.ts';
import { answeringModel } from '../../support/answering-model.ts';
import { scriptedModel } from '../../support/scripted-model.ts';
import { openDesk, people } from './typing.ts';

const LEAK =
  '<role_thinking>I sold the lighthouse lamp to Pieter.</role_thinking>Well. I sold the lighthouse lamp to Pieter.';

function judgeSaying(text: string): ChatModel {
  const judge = { ...answeringModel(), name: 'gemma' };
  judge.stream = async function* () {
    yield { type: 'text', text };
  };
  return judge;
}

async function deskWith(judge?: ChatModel) {
  const actor = scriptedModel({ turn: (name) => (name === 'Old Wenna' ? LEAK : '*nods* _Rope_ is rope.') });
  const desk = await openDesk({ models: { actor, ...(judge ? { judge } : {}) } });
  await desk.type('/scene start cast: Tom, Wenna preset: called-only', people.operator);
  return desk;
}

test('/scene report names the line, what it found and who says so, and that it is advisory', async () => {
  const { type } = await deskWith(
    judgeSaying('{"out_of_card": {"quote": "lighthouse lamp", "found": true}}'),
  );
  await type('/next Wenna');
  await type('/next Tom');
  const told = await type('/scene report lines: 2');
  expect(told.split('\n')).toEqual([
    expect.stringMatching(/^Looked over the last 2 lines of the cast, by rules and by gemma\.$/),
    expect.stringMatching(
      /^#\d+ Old Wenna: says what was only thought \(“I sold the lighthouse lamp to Pieter”\), by rules; does not fit the card \(“lighthouse lamp”\), by gemma\.$/,
    ),
    'All of it is advisory: a mark says where to look, and may be wrong.',
  ]);
});

test('where the judge cannot be read that is said, and nothing found is said, too', async () => {
  const { type } = await deskWith(judgeSaying('Fine by me. JUDGE-CANARY'));
  await type('/next Tom');
  const told = await type('/scene report 1');
  expect(told).toContain('gemma gave no answer that could be read on 1');
  expect(told).toContain('Nothing was found.');
  expect(told).not.toMatch(/CANARY|advisory/);
});

test('it is for the owner and moderators, of a scene that was played here, and for up to 50 lines', async () => {
  const { type } = await deskWith();
  expect(await type('/scene report', people.passer)).toMatch(/^refused: Only the one who started/);
  expect(await type('/scene report', people.operator)).toContain('by rules alone');
  expect(await type('/scene report lines: 51')).toMatch(/50/);
  const { type: elsewhere } = await openDesk();
  expect(await elsewhere('/scene report')).toMatch(/^refused: No scene was played here/);
});

test('markup in a name or a quote is shown as it stands, and a long report keeps the newest and fits a message', () => {
  const line = (n: number): MarkedLine => ({
    n,
    speaker: { id: 'character:x', name: '*Mira*' },
    marks: [{ kind: 'repetition', quote: `**${'long words '.repeat(14)}** <@1>`, by: 'rules' }],
  });
  const lines = Array.from({ length: 50 }, (_, at) => line(at + 1));
  for (const locale of ['en', 'de'] as const) {
    const told = render(
      reportWords({ lines, looked: 50, model: 'm'.repeat(80), unread: 49 }, locale),
      locale,
    );
    expect(told.length).toBeLessThanOrEqual(2000);
    expect(told).toContain('#50 ');
    expect(told).not.toContain('#1 ');
    expect(told).toMatch(/earlier|frühere|davor|zuvor/u);
    expect(told).toContain('\\*Mira\\*');
    expect(told).not.toContain('<@1>');
  }
});

test('an empty scene has nothing to look over', () => {
  expect(render(reportWords({ lines: [], looked: 0, unread: 0 }, 'en'))).toContain('no lines of the cast');
});
