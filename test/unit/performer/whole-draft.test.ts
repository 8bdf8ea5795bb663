import { describe, expect, test } from 'vitest';
import type { ChatModel } from '../../../src/model/chat-model.ts';
import { draft, readWholeDraft } from '../../../src/performer/draft.ts';
import { readWorldDraft } from '../../../src/performer/environment-draft.ts';
import { createEchoGuard } from '../../../src/performer/prompt-echo.ts';
import { withoutThinking } from '../../../src/performer/thinking-in.ts';
import { turnReminder, turnRules } from '../../../src/performer/turn-rules.ts';
import { answeringModel } from '../../support/answering-model.ts';

const parser = { speaker: { name: 'Ada' }, others: ['Bo'] };
const echoes = createEchoGuard(['These are five fixed words of the rules.']);
const USAGE = {
  model: 'm',
  promptTokens: 1,
  cachedTokens: 0,
  completionTokens: 1,
  msToFirst: 0,
  msToLast: 0,
};

function streaming(text: string, reasoning: string): ChatModel {
  return {
    ...answeringModel(),
    async *stream() {
      if (reasoning) yield { type: 'reasoning', text: reasoning };
      for (const piece of text.match(/.{1,7}/gsu) ?? []) yield { type: 'text', text: piece };
      yield { type: 'end', reason: 'stop', usage: USAGE };
    },
  };
}

test.each([
  ['a whole turn', '<system_thinking>P</system_thinking><role_thinking>T</role_thinking>Good evening.', ''],
  ['reasoning on its own channel', 'Good evening.', 'I plan.'],
  ['an open plan', '<system_thinking>P and then no end', ''],
  ['somebody else’s line', 'Good evening.\nBo: Evening.', ''],
  ['rules read aloud', 'These are five fixed words of mine.', ''],
])('%s reads the same at once as in pieces', async (_what, text, reasoning) => {
  const request = { messages: [], maxTokens: 9, temperature: 0 };
  const options = { model: streaming(text, reasoning), parser, echoes, now: () => 0, onRelease: () => {} };
  const { turn } = await draft(options, request, new AbortController().signal);
  expect(readWholeDraft({ text, reasoning }, parser, echoes)).toEqual(turn);
});

describe('the Environment’s whole answer', () => {
  const people = [{ id: 'character:bo', names: ['Bo'] }];
  const world = { speaker: { name: 'Environment', aliases: ['Narrator'] }, others: ['Bo'] };

  test('is its narration, and what it changed', () => {
    const answer =
      '<think>P</think>{"narration":"Rain.","changes":[{"who":"Bo","what":"leaves","how":"Bo leaves."}]}';
    const { turn, changes } = readWorldDraft(answer, people, world, echoes);
    expect(turn.segments).toEqual([{ kind: 'speech', text: 'Rain.' }]);
    expect(changes.length).toBe(1);
  });

  test('is thrown away where it reads its instructions aloud', () => {
    const { turn } = readWorldDraft('These are five fixed words of the world.', people, world, echoes);
    expect(turn).toMatchObject({ usable: false, segments: [] });
  });
});

test.each([
  ['<think>P</think>Bo', 'Bo'],
  ['P</think>Bo', 'Bo'],
  ['Bo<think>P', 'Bo'],
  ['<thought>P</thought> Next Speaker: <Bo>', 'Next Speaker: <Bo>'],
  ['Bo', 'Bo'],
])('of %j only %j was not thought', (text, said) => {
  expect(withoutThinking(text)).toBe(said);
});

describe('a turn without a layer, or in other marks', () => {
  test('is asked for without it', () => {
    const form = { thoughts: false, dialect: 'her' } as const;
    const rules = `${turnRules('short', form)}${turnReminder('Ada', 'short', form)}`;
    expect(rules).not.toMatch(/role_thinking|Thoughts/u);
    expect(rules).toMatch(/2\. <role_action>[\s\S]*3\. Whatever/u);
  });

  test('is asked for in brackets', () => {
    const form = { thoughts: true, dialect: 'coser' } as const;
    expect(turnRules('off', form)).toContain('1. […]: what goes through');
    expect(turnRules('off', form)).not.toContain('role_');
    expect(turnReminder('Ada', 'off', form)).toContain('Begin with a bracket');
  });
});
