import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderHer } from '../../../src/format/render-her.ts';
import type { Segment } from '../../../src/format/segments.ts';
import { parseTurn } from '../../../src/format/turn-parser.ts';
import { draftStep } from '../../../src/lab/synth/draft/draft-step.ts';
import { harvest, LONGEST_DRAFT } from '../../../src/lab/synth/draft/harvest.ts';
import { checkPlan, planContext } from '../../../src/lab/synth/plan/check-plan.ts';
import { planStep } from '../../../src/lab/synth/plan/plan-step.ts';
import { lengthAsked, lengthTaken } from '../../../src/lab/synth/plan/plan-type.ts';
import type { Conversation } from '../../../src/lab/synth/record/conversation.ts';
import { isWorld } from '../../../src/lab/synth/record/views.ts';
import { HOSTILE_DRAFT, teachDraft } from '../../doubles/teacher/draft.ts';
import { HOSTILE_PLAN, teachPlan } from '../../doubles/teacher/plan.ts';
import { sampleConversation } from '../../support/synth/conversation.ts';
import { type Asked, stepTools } from '../../support/synth/tools.ts';

/** Each has a word of its own, that stands in its thoughts and its motive alone, and one in its given plans. */
const SECRET: Readonly<Record<string, string>> = {
  'Ada Crane': 'deedpaper',
  'Perran Hale': 'drownedbrother',
  'Wenna Rosewarne': 'falseledger',
};
const PEOPLE = Object.keys(SECRET);
const PLANNED = 'plannedbefore';
const words = fc
  .array(fc.constantFrom('tide', 'bell', 'rope', 'lamp', 'stone', 'four', 'late', 'wet'), {
    minLength: 1,
    maxLength: 9,
  })
  .map((some) => some.join(' '));

const scenes: fc.Arbitrary<Conversation> = fc
  .array(
    fc.record({
      speaker: fc.constantFrom(...PEOPLE, 'Environment'),
      thought: fc.option(words),
      action: fc.option(words),
      speech: words,
      given: fc.boolean(),
    }),
    { minLength: 1, maxLength: 20 },
  )
  .map((turns) =>
    sampleConversation({
      characters: PEOPLE.map((name) => ({
        name,
        profile: 'Somebody at the slip.',
        background: '',
        motivation: `I think of the ${SECRET[name]} and of nothing else.`,
        description: '',
        experience: '',
      })),
      turns: turns.map(({ speaker, thought, action, speech, given }, id) => {
        const mind = speaker === 'Environment' ? null : thought;
        const segments: Segment[] = [
          ...(mind ? [{ kind: 'thought' as const, text: `${SECRET[speaker]} ${mind}` }] : []),
          ...(mind && action ? [{ kind: 'action' as const, text: action }] : []),
          { kind: 'speech', text: speech },
        ];
        const plan = given && mind ? { plan: `${speaker} ${PLANNED}.`, planType: 'given' as const } : {};
        return { id, from: [id], speaker, text: renderHer(segments), ...plan };
      }),
    }),
  );

const textOf = ({ request }: Asked) => request.messages.map(({ content }) => content).join('\n');
const askedAbout = (asked: Asked) => /^The character: (.+)$/mu.exec(textOf(asked))?.[1] ?? '';

describe('for any scene', () => {
  test('who drafts or plans for one reads nothing that is hidden from it, and no plan', async () => {
    await fc.assert(
      fc.asyncProperty(scenes, async (scene) => {
        const drafter = stepTools(({ request }) => teachDraft(request.messages) ?? '');
        const { record = scene } = await draftStep.work(scene, drafter.tools);
        const teacher = stepTools(({ request }) => teachPlan(request.messages) ?? '');
        await planStep.work(record, teacher.tools);
        for (const one of [...drafter.asked, ...teacher.asked]) {
          expect(PEOPLE).toContain(askedAbout(one));
          expect(textOf(one)).not.toContain(PLANNED);
          for (const other of PEOPLE.filter((name) => name !== askedAbout(one)))
            expect(textOf(one)).not.toContain(SECRET[other]);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('every turn of a character ends with a plan or with its name among the rejects, whoever answers', async () => {
    const drafters = [teachDraft, ...Object.values(HOSTILE_DRAFT)];
    const teachers = [teachPlan, teachPlan, () => 'no JSON', ...Object.values(HOSTILE_PLAN)];
    const lots = fc.array(fc.nat(), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(scenes, lots, async (scene, drawn) => {
        let asked = 0;
        const next = () => drawn[asked++ % drawn.length] ?? 0;
        const drafter = stepTools(
          ({ request }) => drafters[next() % drafters.length]?.(request.messages) ?? '',
        );
        const { record: drafted = scene } = await draftStep.work(scene, drafter.tools);
        const teacher = stepTools(
          ({ request }) => teachers[next() % teachers.length]?.(request.messages) ?? '',
        );
        const { record, rejects } = await planStep.work(drafted, teacher.tools);
        for (const [at, turn] of (record?.turns ?? []).entries()) {
          const before = scene.turns[at];
          const named = rejects.filter((one) => one.turn === turn.id).length;
          expect(turn.text).toBe(before?.text);
          if (isWorld(turn)) expect([turn.plan, turn.draft, named]).toEqual([undefined, undefined, 0]);
          else if (before?.plan !== undefined) expect([turn, named]).toEqual([before, 0]);
          else
            expect([turn.plan === undefined, turn.planType === undefined]).toEqual([
              named === 1,
              named === 1,
            ]);
        }
      }),
      { numRuns: 80 },
    );
  });
});

describe('a plan that is taken', () => {
  const SCENE = sampleConversation();
  const CONTEXT = planContext(SCENE, 'Perran Hale');
  const piece = fc.oneof(
    fc.constantFrom(
      'Perran would refuse.',
      'Ada Crane: Two shillings.',
      'Perran Hale: No.',
      '</system_thinking>',
      '<system_thinking>',
      '<role_action>',
      '</role_thinking>',
      '<',
      '＜think＞',
      '===Requirements===',
      '### Perran Hale',
      'Goal:',
      '\n',
      '\n\n\n',
      '\u2028',
      '\u0000',
    ),
    fc.string({ unit: 'binary', maxLength: 12 }),
  );

  test('reads back as it is with its turn behind it, whatever was written', () => {
    let taken = 0;
    const written = fc.array(piece, { maxLength: 8 }).map((pieces) => `Perran waits. ${pieces.join(' ')}`);
    fc.assert(
      fc.property(written, fc.constantFrom(1, 4), (text, id) => {
        const turn = SCENE.turns[id];
        if (!turn) throw new Error('the scene has five turns');
        const checked = checkPlan(turn, text, { least: 1, most: 1000 }, CONTEXT);
        if ('fault' in checked) return;
        taken += 1;
        const whole = `<system_thinking>${checked.plan}</system_thinking>Perran Hale: ${turn.text}`;
        const parsed = parseTurn(whole, { speaker: { name: 'Perran Hale' }, others: ['Ada Crane'] });
        expect(parsed.systemThinking).toBe(checked.plan);
        expect(renderHer(parsed.segments)).toBe(turn.text);
        expect(checked.plan).not.toMatch(/[<>\0]/u);
      }),
      { numRuns: 500 },
    );
    expect(taken).toBeGreaterThan(200);
  });

  test('may always be as long as was asked for, up to what a record takes', () => {
    fc.assert(
      fc.property(fc.nat({ max: LONGEST_DRAFT }), fc.constantFrom('A', 'B', 'C'), (size, type) => {
        const draft = 'x'.repeat(size);
        const [asked, taken] = [lengthAsked(type, draft), lengthTaken(type, draft)];
        expect(taken.least).toBeLessThanOrEqual(Math.max(1, asked.least));
        expect(taken.most).toBeGreaterThanOrEqual(asked.most);
        expect(taken.most).toBeLessThanOrEqual(6000);
      }),
    );
  });
});

describe('a draft', () => {
  const line = fc.oneof(
    words,
    fc.string({ maxLength: 20 }),
    fc.constant('Perran: '),
    fc.constant('Ада: нет'),
  );
  const some = fc.array(line, { maxLength: 6 }).map((lines) => lines.join('\n').replaceAll('<', ' '));

  test('is the reasoning and never the reply, where a tag stands between them', () => {
    const reply = some.map((text) => `Perran: THE REPLY ${text}`);
    const tag = fc.constantFrom('think', 'thinker', 'thinking', 'thought');
    fc.assert(
      fc.property(some, reply, tag, fc.boolean(), (reasoning, said, name, opened) => {
        const { draft } = harvest(`${opened ? `<${name}>` : ''}${reasoning}</${name}>${said}`, '', 'Perran');
        expect(draft).not.toContain('THE REPLY');
        expect(draft).toBe(harvest('', reasoning, 'Perran').draft);
      }),
    );
  });

  test('holds nothing from the first line of the speaker on, where no tag tells', () => {
    fc.assert(
      fc.property(some, some, (before, said) => {
        expect(harvest(`${before}\nPerran: THE REPLY ${said}`, '', 'Perran').draft).not.toContain(
          'THE REPLY',
        );
      }),
    );
  });

  test('is bounded and whole in its signs, whatever was reasoned', () => {
    const long = fc
      .tuple(fc.string({ unit: 'binary', maxLength: 40 }), fc.nat({ max: 600 }))
      .map(([text, times]) => text.repeat(times));
    fc.assert(
      fc.property(long, (reasoning) => {
        const { draft, method } = harvest('Perran: No.', reasoning, 'Perran');
        expect(draft.length).toBeLessThanOrEqual(LONGEST_DRAFT);
        expect(draft.isWellFormed()).toBe(true);
        expect(draft === '').toBe(method === 'none');
      }),
    );
  });
});
