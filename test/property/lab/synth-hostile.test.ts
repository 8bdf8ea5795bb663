import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderHer } from '../../../src/format/render-her.ts';
import { type Segment, visibleSegments } from '../../../src/format/segments.ts';
import { stepsWithout } from '../../../src/lab/synth/all-steps.ts';
import type { Conversation } from '../../../src/lab/synth/record/conversation.ts';
import { isWorld, segmentsOf } from '../../../src/lab/synth/record/views.ts';
import type { Reject } from '../../../src/lab/synth/step.ts';
import { turnFaults } from '../../../src/lab/synth/validate/turn-faults.ts';
import { gossip, HOSTILE, HOSTILE_AT_A_STEP, type Teacher } from '../../doubles/teacher/hostile.ts';
import { teach } from '../../doubles/teacher/teacher.ts';
import { sampleConversation } from '../../support/synth/conversation.ts';
import { type Asked, stepTools } from '../../support/synth/tools.ts';

const NAMES = [
  'Ada Crane',
  'Will',
  'Grace',
  'The Landlord',
  'Q',
  'Mr. J. R. Hale',
  '陈平',
  'Иван Петров',
  'O’Hara',
];
const SPOKEN = [
  'Tide’s wrong till four.',
  'Will you come, or must I say please?',
  'Grace under fire: that is all it is.',
  'The price (two shillings) is “fair” [so they say].',
  'Q: a letter, and nothing else.',
  '天已经黑了。',
  'Nein, heute nicht.',
];

/** What a character thinks and has in mind: words that stand nowhere else. */
const secretOf = (name: string) =>
  ['hid', 'ledger', 'beneath', 'third', 'stair', 'before', 'dawn']
    .map((word) => `${word}${'qwertyuio'[NAMES.indexOf(name)] ?? ''}`)
    .join(' ');

const scenes: fc.Arbitrary<Conversation> = fc
  .record({
    cast: fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 4 }),
    turns: fc.array(
      fc.record({
        who: fc.nat(),
        spoken: fc.constantFrom(...SPOKEN),
        thinks: fc.boolean(),
        acts: fc.boolean(),
      }),
      { minLength: 1, maxLength: 14 },
    ),
    passage: fc.boolean(),
  })
  .map(({ cast, turns, passage }) =>
    sampleConversation({
      ...(passage ? {} : { passage: '' }),
      characters: cast.map((name) => ({
        name,
        profile: 'Somebody at the slip.',
        background: '',
        motivation: secretOf(name),
        description: '',
        experience: '',
      })),
      turns: turns.map(({ who, spoken, thinks, acts }, id) => {
        const speaker = [...cast, 'Environment'][who % (cast.length + 1)] ?? 'Environment';
        const layers: Segment[] = [
          ...(thinks ? [{ kind: 'thought' as const, text: secretOf(speaker) }] : []),
          ...(acts ? [{ kind: 'action' as const, text: 'turns to the water' }] : []),
          { kind: 'speech', text: spoken },
        ];
        return {
          id,
          from: [id],
          speaker,
          text: renderHer(speaker === 'Environment' ? [{ kind: 'speech', text: 'A bell rings.' }] : layers),
        };
      }),
    }),
  );

type Taken = {
  readonly record: Conversation | undefined;
  readonly rejects: readonly Reject[];
  readonly asked: readonly Asked[];
};

async function throughAllSteps(scene: Conversation, teacher: Teacher): Promise<Taken> {
  const { tools, asked } = stepTools(({ request }) => teacher(request.messages));
  let record: Conversation | undefined = scene;
  const rejects: Reject[] = [];
  for (const step of stepsWithout([])) {
    if (!record) break;
    const before: Conversation = record;
    const done = await step.work(before, tools);
    rejects.push(...done.rejects);
    record = done.record;
    if (!record) expect(done.rejects.length).toBeGreaterThan(0);
    if (step.name === 'validate') {
      const count = (name: string) => done.counts[name] ?? 0;
      const parts = ['targets', 'history only', 'turns of the Environment', 'taken out'];
      expect(parts.reduce((sum, name) => sum + count(name), 0)).toBe(count('turns'));
    }
  }
  return { record, rejects, asked };
}

const wordsOf = ({ request }: Asked) => request.messages.map(({ content }) => content).join('\n');

function expectSound(scene: Conversation, { record, rejects, asked }: Taken): void {
  const cast = scene.characters.map(({ name }) => name);
  for (const one of asked) {
    // Of one character or, of the scenario, of nobody: what others keep to themselves is in no prompt.
    const about = /^The character: (.+)$/mu.exec(wordsOf(one))?.[1];
    for (const other of cast.filter((name) => name !== about))
      expect(wordsOf(one)).not.toContain(secretOf(other));
  }
  for (const before of scene.turns) {
    const after = record?.turns.find(({ id }) => id === before.id);
    const isNamed = rejects.some(({ turn }) => turn === before.id);
    if (!after) expect(isNamed || record === undefined).toBe(true);
    else if (!isWorld(before)) expect(after.plan !== undefined || isNamed).toBe(true);
    if (!after || !record) continue;
    if (after.plan !== undefined) expect(turnFaults(after, record)).toEqual([]);
    const seen = renderHer(visibleSegments(segmentsOf(after, record)));
    for (const name of cast) {
      expect(seen).not.toContain(secretOf(name));
      if (name !== after.speaker) expect(`${after.text}\n${after.plan ?? ''}`).not.toContain(secretOf(name));
    }
  }
  for (const { name, completed } of record?.characters ?? []) {
    const open = [completed?.profile, completed?.description].map((one) => one?.text ?? '').join('\n');
    for (const other of cast) {
      expect(open).not.toContain(secretOf(other));
      if (other !== name) expect(JSON.stringify(completed ?? {})).not.toContain(secretOf(other));
    }
  }
}

/** Each tells one secret to whoever asks, and one of them all. */
const GOSSIPS = Object.fromEntries([
  ...['Ada Crane', 'Will', '陈平'].map(
    (name) => [`tells what ${name} hides`, gossip([secretOf(name)])] as const,
  ),
  ['tells what all hide', gossip(NAMES.map(secretOf))] as const,
]);

describe('whoever answers, nothing is thrown, nothing lost in silence, nothing hidden told', () => {
  const teachers = { ...HOSTILE, ...HOSTILE_AT_A_STEP, ...GOSSIPS };
  test.each(Object.entries(teachers))('%s', async (_name, teacher) => {
    await fc.assert(
      fc.asyncProperty(scenes, async (scene) => expectSound(scene, await throughAllSteps(scene, teacher))),
      { numRuns: 8 },
    );
  });

  test('a good teacher, and whatever scene', async () => {
    await fc.assert(
      fc.asyncProperty(scenes, async (scene) =>
        expectSound(scene, await throughAllSteps(scene, (messages) => teach(messages) ?? '')),
      ),
      { numRuns: 80 },
    );
  });
});

test('a good teacher gets a plan for every turn, whatever the names are', async () => {
  for (const name of NAMES) {
    const scene = sampleConversation({
      turns: sampleConversation().turns.map((turn) =>
        turn.speaker === 'Ada Crane' ? { ...turn, speaker: name } : turn,
      ),
      characters: [],
    });
    const { record } = await throughAllSteps(scene, (messages) => teach(messages) ?? '');
    expect(record?.turns.filter(({ plan }) => plan !== undefined).map(({ id }) => id)).toEqual([0, 1, 3, 4]);
  }
});
