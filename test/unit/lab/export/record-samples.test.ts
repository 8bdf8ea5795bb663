import { describe, expect, it } from 'vitest';
import { blankCharacter } from '../../../../src/cast/blank-character.ts';
import { parseTurn } from '../../../../src/format/turn-parser.ts';
import type { Made, RlSample, SftSample } from '../../../../src/lab/export/sample.ts';
import { tokensOf } from '../../../../src/lab/export/samples/played-record.ts';
import { type RecordKind, recordSamples } from '../../../../src/lab/export/samples/record-samples.ts';
import { createHouseViews } from '../../../../src/lab/gca/house/house-views.ts';
import { rewardContextSchema } from '../../../../src/lab/reward/score-request.ts';
import type { Conversation } from '../../../../src/lab/synth/record/conversation.ts';
import { createActorPrompt } from '../../../../src/performer/actor-prompt.ts';
import { scriptedModel } from '../../../support/scripted-model.ts';
import { plannedConversation } from './planned-conversation.ts';

function made(conversation: Conversation, kinds: readonly RecordKind[], maxTokens = 16_384): Made[] {
  return [...recordSamples(conversation, { kinds, maxTokens })];
}

function sft(conversation: Conversation, maxTokens?: number): SftSample[] {
  return made(conversation, ['sft'], maxTokens).flatMap((one) =>
    one.kind === 'sample' && one.sample.kind === 'sft' ? [one.sample] : [],
  );
}

function turn(id: number, speaker: string, text: string, plan?: string) {
  return { id, from: [id], speaker, text, ...(plan === undefined ? {} : { plan }) };
}

describe('samples of a conversation', () => {
  it('are one for each turn of a character, with its plan, and none of the world', () => {
    const samples = sft(plannedConversation());
    expect(samples.map(({ id, source }) => [id, source.character])).toEqual([
      ['The Ferry House-1-0/0', 'Ada Crane'],
      ['The Ferry House-1-0/1', 'Perran Hale'],
      ['The Ferry House-1-0/3', 'Ada Crane'],
      ['The Ferry House-1-0/4', 'Perran Hale'],
    ]);
    expect(samples[1]?.messages.at(-1)?.content).toBe(
      '<system_thinking>Perran Hale weighs what to do in turn 1.</system_thinking>Perran Hale: <role_thinking>She has run the last mile</role_thinking>Tide’s wrong till four.',
    );
  });

  it('have the prompt that the bot sends to a model in HER’s layout', () => {
    const last = sft(plannedConversation()).at(-1);
    const people = [
      { id: 'character:1', name: 'Ada Crane' },
      { id: 'character:2', name: 'Perran Hale' },
    ];
    const views = createHouseViews(people);
    const [ada, perran] = people;
    if (!ada || !perran) throw new Error('nobody is there');
    for (const { speaker, text } of plannedConversation().turns.slice(0, 4)) {
      if (speaker === 'Environment') views.narration(text);
      else views.line(speaker === ada.name ? ada : perran, parseTurn(text).segments);
    }
    const sheets = {
      'Ada Crane': 'A traveller with a heavy coat.\n\nA surveyor’s clerk of twenty-six, exact and impatient.',
      'Perran Hale': 'A man who coils rope.\n\nThe ferryman. Few words, and fewer explanations.',
    };
    const prompt = createActorPrompt({
      model: { ...scriptedModel({}), profile: 'her', contextSize: 32_000 },
      planning: 'full',
      view: views.of(perran.id),
      maxTokens: 1000,
      temperature: 1,
      head: {
        setting: plannedConversation().scenario,
        people: Object.entries(sheets).map(([name, publicSheet]) => ({ name, publicSheet })),
      },
      sheet: {
        character: {
          ...blankCharacter('2', 'Perran Hale'),
          description: sheets['Perran Hale'],
          motivation: 'I will not cross after dark again.',
        },
        macros: { char: 'Perran Hale', user: '' },
        secret: '',
        arrival: '',
      },
      people: { publicSheet: () => '', inOpening: () => true },
      loreRoom: 0,
    });
    const sent = prompt.build({ others: ['Ada Crane'], secondTry: false }).messages;
    expect(last?.messages.slice(0, -1)).toEqual(sent);
  });

  it('keep the one law: no thought or motive of others, no plan but in the target', () => {
    const all = made(plannedConversation(), ['sft', 'sft-plain', 'rp-rl']);
    expect(all).toHaveLength(12);
    for (const one of all) {
      if (one.kind !== 'sample') throw new Error(one.why);
      const { sample } = one;
      const isAda = sample.source.character === 'Ada Crane';
      const text = JSON.stringify(sample);
      expect(text.includes('She has run the last mile')).toBe(!isAda && (sample.source.turn ?? 0) >= 1);
      expect(text.includes('I must be across')).toBe(isAda);
      expect(text.includes('I will not cross after dark')).toBe(!isAda);
      const before = 'messages' in sample ? sample.messages.slice(0, -1) : sample.prompt;
      const said = before.filter(({ role }) => role !== 'system');
      expect(JSON.stringify(said)).not.toContain('system_thinking');
      expect(JSON.stringify(said)).not.toContain('weighs what to do');
      if (sample.kind !== 'sft') expect(text).not.toContain('weighs what to do');
      if (sample.kind === 'sft-plain') expect(text).not.toContain('system_thinking');
    }
  });

  it('alternate, whoever begins and however often somebody speaks twice', () => {
    const ada = (id: number) => turn(id, 'Ada Crane', `Words ${id}.`, `Plan ${id}.`);
    const perran = (id: number) => turn(id, 'Perran Hale', `Answer ${id}.`, `Plan ${id}.`);
    const samples = sft(
      plannedConversation({ turns: [ada(0), ada(1), perran(2), perran(3), perran(4), ada(5), ada(6)] }),
    );
    expect(samples).toHaveLength(7);
    for (const { messages } of samples) {
      const roles = messages.map(({ role }) => role);
      expect(roles.slice(0, 2)).toEqual(['system', 'user']);
      expect(roles.slice(1).every((role, at) => role === (at % 2 === 0 ? 'user' : 'assistant'))).toBe(true);
      expect(roles.at(-1)).toBe('assistant');
    }
    expect(samples[1]?.messages.slice(1).map(({ content }) => content)).toEqual([
      '===Conversation Start===',
      'Ada Crane: Words 0.',
      "(It is Ada Crane's turn.)",
      '<system_thinking>Plan 1.</system_thinking>Ada Crane: Words 1.',
    ]);
  });

  it('give the reward server the speaker’s own view, and the reference as a baseline', () => {
    const [sample] = made(plannedConversation(), ['rp-rl']).flatMap((one) =>
      one.kind === 'sample' && one.sample.source.turn === 4 ? [one.sample as RlSample] : [],
    );
    expect(sample?.truth).toBe('<role_action>goes on coiling the rope</role_action>Suit yourself.');
    const context = rewardContextSchema.parse(sample?.reward);
    expect(context.baseline).toBe(sample?.truth);
    expect(context.context.lines).toEqual([
      'Ada Crane: <role_action>sets down her bag</role_action>Two shillings, if we go now.',
      'Perran Hale: <role_thinking>She has run the last mile</role_thinking>Tide’s wrong till four.',
      'Environment: A bell rings twice on the far bank.',
      'Ada Crane: Then I shall wait here.<role_action>sits down on the wet stone</role_action>',
    ]);
    expect(sample?.prompt.at(-1)?.role).toBe('user');
  });

  it('cut the oldest turns of a history, whole, and count them', () => {
    const turns = Array.from({ length: 40 }, (_, id) =>
      turn(
        id,
        id % 2 === 0 ? 'Ada Crane' : 'Perran Hale',
        `Line ${id} ${'word '.repeat(40)}end.`,
        `Plan ${id}.`,
      ),
    );
    let cuts = 0;
    const all = [
      ...recordSamples(plannedConversation({ turns }), {
        kinds: ['sft'],
        maxTokens: 1000,
        onCut: (_kind, count) => {
          cuts += 1;
          expect(count).toBeGreaterThan(0);
        },
      }),
    ];
    const samples = all.flatMap((one) => (one.kind === 'sample' ? [one.sample as SftSample] : []));
    expect(samples).toHaveLength(40);
    expect(cuts).toBeGreaterThan(20);
    for (const { messages } of samples) expect(tokensOf(messages)).toBeLessThanOrEqual(1000);
    const last = samples.at(-1)?.messages.map(({ content }) => content) ?? [];
    expect(last[0]).toContain('You are Perran Hale.');
    expect(last[1]).toMatch(/^===Conversation Start===/u);
    expect(last.at(-2)).toContain('Line 38 ');
    expect(last.join('\n')).not.toContain('Line 0 ');
    expect(
      last
        .slice(1)
        .join('\n')
        .match(/Line \d+ /gu)?.length,
    ).toBe(last.slice(1).join('\n').match(/end\./gu)?.length);
  });

  it('say what they are not made of, and why', () => {
    const [base] = plannedConversation().characters;
    const conversation = plannedConversation({
      characters: base ? [base] : [],
      turns: [
        turn(0, 'Ada Crane', 'No plan here.'),
        turn(1, 'Perran Hale', 'Nobody knows me.', 'A plan.'),
        turn(2, 'Ada Crane', '<role_thinking>open', 'A plan.'),
        turn(3, 'Ada Crane', 'Hm.', 'A plan</system_thinking> that ends too early'),
        turn(4, 'Ada Crane', 'Far too long.', 'word '.repeat(2500)),
      ],
    });
    const rejects = made(conversation, ['sft'], 4000).flatMap((one) =>
      one.kind === 'reject' ? [[one.id.split('/')[1], one.why]] : [],
    );
    expect(rejects.toSorted()).toEqual([
      ['0', 'sft-no-plan'],
      ['1', 'no-sheet'],
      ['2', 'unreadable-turn'],
      ['3', 'sft-illegal-target'],
      ['4', 'sft-too-long'],
    ]);
  });
});
