import { describe, expect, test } from 'vitest';
import {
  type Candidate,
  directorLine,
  nextSpeakerRequest,
  type PredictOptions,
  predictNextSpeaker,
} from '../../../src/director/predict.ts';
import type { ChatDelta, ChatModel } from '../../../src/model/chat-model.ts';
import type { ViewEntry } from '../../../src/scene/view.ts';
import type { Window } from '../../../src/scene/window.ts';
import { answeringModel, promptOf } from '../../support/answering-model.ts';

const CANDIDATES: readonly Candidate[] = [
  { id: 'd', name: 'Mr. Darcy', names: ['Mr. Darcy', 'Darcy'], kind: 'character' },
  { id: 'j', name: 'Jane', names: ['Jane'], kind: 'character' },
  { id: 'p', name: 'Mara', names: ['Mara'], kind: 'player' },
  { id: 'environment', name: 'Environment', names: ['Environment'], kind: 'environment' },
];

function windowOf(...texts: readonly string[]): Window {
  const entry: ViewEntry = { n: 1, kind: 'line', own: false, segments: [] };
  const lines = texts.map((text) => ({ entry, text, weight: text.length }));
  return { read: () => ({ lines, note: '', folded: 0, dropped: 0, noted: [], foldedUpTo: 0, pinned: [] }) };
}

function options(change: Partial<PredictOptions> = {}): PredictOptions {
  return {
    model: answeringModel(),
    setting: 'SETTING',
    candidates: CANDIDATES,
    lastSpeaker: 'Jane',
    window: windowOf('Jane: Well?'),
    ...change,
  };
}

describe('the director’s prompt', () => {
  test('has a head that stays the same while the talk goes on, and the list after the rules', () => {
    const one = nextSpeakerRequest(options());
    const other = nextSpeakerRequest(
      options({
        lastSpeaker: 'Mr. Darcy',
        window: windowOf('Jane: Well?', 'Mr. Darcy: Well.'),
        steer: 'STEER',
        clock: 'day 1, 21:05',
      }),
    );
    expect(other.messages[0]).toEqual(one.messages[0]);
    const head = one.messages[0]?.content ?? '';
    expect(head.indexOf('## Who may be next')).toBeGreaterThan(head.indexOf('Answer as JSON'));
    expect(
      promptOf(other).startsWith(promptOf(one).slice(0, promptOf(one).lastIndexOf('[Who is next?'))),
    ).toBe(true);
  });

  test('ends with the hour, the owner’s direction and the question', () => {
    const asked = nextSpeakerRequest(options({ steer: 'let the storm come', clock: 'day 1, 21:05' }));
    expect(asked.messages.at(-1)?.content).toBe(
      'Jane: Well?\n\n[It is day 1, 21:05.]\n[The scene’s owner wants this of the next turns: let the storm come]\n[Who is next? Not Jane.]',
    );
    expect(nextSpeakerRequest(options()).messages.at(-1)?.content).toBe(
      'Jane: Well?\n\n[Who is next? Not Jane.]',
    );
  });

  test('says where the scene is and who may be next, with what each of them is', () => {
    const [head, talk] = nextSpeakerRequest(options()).messages;
    expect(head?.role).toBe('system');
    expect(talk?.role).toBe('user');
    const content = String(head?.content);
    expect(content).toMatch(/^You direct a scene that is played live\./);
    expect(content.slice(content.indexOf('## The scene'))).toBe(
      [
        '## The scene\n\nSETTING\n\n## Who may be next\n',
        '- Mr. Darcy',
        '- Jane',
        '- Mara (a player: the scene waits for them)',
        '- Environment (the world: weather, things, passers-by)',
        '- random: it could be any of them',
        '- <END CHAT>: the scene has reached its close',
      ].join('\n'),
    );
  });

  test('has no part for what is empty', () => {
    const bare = nextSpeakerRequest(options({ setting: '', window: windowOf(), lastSpeaker: undefined }));
    expect(bare.messages[0]?.content).not.toContain('## The scene');
    expect(bare.messages[0]?.content).not.toMatch(/\n{3}|undefined|true|false/);
    expect(bare.messages[1]?.content).toBe('(Nothing has happened yet.)\n\n[Who is next?]');
  });

  test('asks for a short answer, and for a shorter one where the model allows no more', () => {
    const asked = (maxTokens: number) =>
      nextSpeakerRequest(options({ model: { ...answeringModel(), maxTokens } }));
    expect(asked(4000).maxTokens).toBe(512);
    expect(asked(100).maxTokens).toBe(100);
    expect(asked(100).jsonSchema?.name).toBe('next_speaker');
  });

  test('lets nobody be named who spoke last', () => {
    const schema = JSON.stringify(nextSpeakerRequest(options()).jsonSchema);
    expect(schema).toContain('Mr. Darcy');
    expect(schema).not.toContain('"Jane"');
  });
});

test('an answer in pieces is put together, and what was thought is no part of it', async () => {
  const model: ChatModel = {
    ...answeringModel(),
    async *stream() {
      yield { type: 'reasoning', text: 'Mr. Darcy, perhaps. ' };
      yield { type: 'text', text: 'Ma' };
      yield { type: 'reasoning', text: ' Mr. Darcy' };
      yield { type: 'text', text: 'ra' };
    },
  };
  const prediction = await predictNextSpeaker(options({ model }), new AbortController().signal);
  expect(prediction).toEqual({ type: 'actor', actor: 'p', reason: '' });
});

describe('a model that does not stop', () => {
  function endless(delta: ChatDelta): { model: ChatModel; count: () => number } {
    let count = 0;
    const model: ChatModel = {
      ...answeringModel(),
      async *stream() {
        for (;;) {
          count += 1;
          yield delta;
        }
      },
    };
    return { model, count: () => count };
  }

  test.each(['text', 'reasoning'] as const)('in its %s is not read to its end', async (type) => {
    const { model, count } = endless({ type, text: 'Jane, or rather Darcy, '.repeat(20) });
    const prediction = await predictNextSpeaker(options({ model }), new AbortController().signal);
    expect(prediction.type).toBe('random');
    expect(count()).toBeLessThan(500);
  });

  test.each([
    ['text', 21],
    ['reasoning', 61],
  ] as const)('may say in its %s what is allowed, and no more', async (type, thousands) => {
    const { model, count } = endless({ type, text: 'x'.repeat(1000) });
    await predictNextSpeaker(options({ model }), new AbortController().signal);
    expect(count()).toBe(thousands);
  });
});

test.each([
  [
    {
      kind: 'line',
      segments: [
        { kind: 'action', text: 'bows' },
        { kind: 'speech', text: 'Well.' },
      ],
    },
    'Jane: (bows) Well.',
  ],
  [{ kind: 'line', segments: [{ kind: 'speech', text: ' Well. ' }] }, 'Jane: Well.'],
  [{ kind: 'line', segments: [] }, ''],
  [{ kind: 'change', segments: [] }, '(Jane is all ears again.)'],
  [{ kind: 'exit', segments: [] }, '(Jane leaves)'],
  [{ kind: 'entrance', segments: [] }, '(Jane comes in)'],
  [{ kind: 'change', segments: [], condition: 'asleep' }, '(Jane falls asleep.)'],
  [
    { kind: 'change', segments: [{ kind: 'action', text: 'Jane nods off.' }], condition: 'asleep' },
    '(Jane nods off.)',
  ],
  [{ kind: 'setting', segments: [{ kind: 'action', text: 'A hall.' }] }, ''],
] as const)('an entry as the director reads it: %j', (entry, expected) => {
  expect(directorLine({ n: 1, own: false, speaker: { id: 'j', name: 'Jane' }, ...entry })).toBe(expected);
});

test('what nobody in particular did, the world did', () => {
  const segments = [{ kind: 'action', text: 'It rains.' }] as const;
  expect(directorLine({ n: 1, own: false, kind: 'line', segments })).toBe('Environment: (It rains.)');
});
