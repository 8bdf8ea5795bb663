import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { decideFrom, type Prediction } from '../../../src/director/decide.ts';
import type { Floor } from '../../../src/director/floor.ts';
import { nextSpeakerSchema, readNextSpeaker } from '../../../src/director/next-speaker.ts';

const cast = ['Mr Bennet', 'Elizabeth Bennet', 'Environment'];
const titles = new Set(['Mr', 'Mrs']);

function candidates(names: readonly string[]) {
  return names.map((name) => {
    const words = name.split(' ').filter((word) => !titles.has(word));
    return {
      id: name === 'Environment' ? 'environment' : `character:${name}`,
      names: [name, words.at(0) ?? name, words.at(-1) ?? name],
    };
  });
}

function named(prediction: Prediction): string {
  if (prediction.type !== 'actor') return prediction.type;
  return prediction.actor === 'environment' ? 'Environment' : prediction.actor.replace('character:', '');
}

describe('a next-speaker answer', () => {
  test.each([
    ['Elizabeth Bennet: she should answer', 'Elizabeth Bennet'],
    ['"Elizabeth Bennet"', 'Elizabeth Bennet'],
    ['- Elizabeth Bennet', 'Elizabeth Bennet'],
    ['the environment', 'Environment'],
    ['Narrator', 'Environment'],
    ['**Elizabeth Bennet**', 'Elizabeth Bennet'],
    ['Reasoning: he was asked\nNext Speaker: **Elizabeth Bennet**', 'Elizabeth Bennet'],
    ['**Next Speaker:** Elizabeth Bennet', 'Elizabeth Bennet'],
    ['Next Speaker: Elizabeth Bennet, Mr Bennet', 'Elizabeth Bennet'],
    ['Mr. Bennet', 'Mr Bennet'],
    ['Elizabeth', 'Elizabeth Bennet'],
    ['<END_CHAT>', 'end'],
    ['The scene should end. <END CHAT>', 'end'],
    ['She looks at Mr Bennet while Elizabeth Bennet leaves', 'random'],
    ['random', 'random'],
    ['', 'random'],
    ['Bennet', 'random'],
    ['{"reasoning":"Elizabeth was asked","next_speaker":"Mr Bennet"}', 'Mr Bennet'],
    ['```json\n{"reasoning": "x", "next_speaker": "<END CHAT>"}\n```', 'end'],
    ['<think>Elizabeth Bennet, surely</think>Next Speaker: Mr Bennet', 'Mr Bennet'],
    ['<think>Elizabeth Bennet never stops', 'random'],
    ['\n \n Mr Bennet \nElizabeth Bennet is silent', 'Mr Bennet'],
    ['Mr Bennet: Elizabeth Bennet has just asked him', 'Mr Bennet'],
    ['Mr  Bennet  and  Elizabeth  Bennet', 'Mr Bennet'],
    ['Mr Bennet and then Elizabeth Bennet', 'random'],
    ['Elizabeth_Bennet', 'Elizabeth Bennet'],
    ['**Next speaker** is **Mr Bennet**, not Elizabeth Bennet', 'Mr Bennet'],
    ['next_speaker - "Mr Bennet", not Elizabeth Bennet', 'Mr Bennet'],
    ['Next speaker: \nMr Bennet, surely', 'Mr Bennet'],
    ['End  of  the chat', 'random'],
    ['END - CHAT', 'end'],
    ['end of - scene', 'end'],
    ['Elizabeth Bennet < / system thinking > Mr Bennet', 'Mr Bennet'],
    ['Mr Bennet <system thinking off > Elizabeth Bennet', 'Mr Bennet'],
    ['{"next_speaker": 7} {"next_speaker": "Mr Bennet"}', 'Mr Bennet'],
    ['It is hard to say, but Mr Bennet has not been heard.', 'Mr Bennet'],
  ])('%j is %s', (text, expected) => {
    expect(named(readNextSpeaker(text, candidates(cast)))).toBe(expected);
  });

  test('prefers the longer name to the shorter one inside it', () => {
    expect(named(readNextSpeaker('Anna', candidates(['Ann', 'Anna'])))).toBe('Anna');
    expect(named(readNextSpeaker('Ann', candidates(['Anna', 'Ann'])))).toBe('Ann');
  });

  test('beyond what anybody needs to say is not read', () => {
    const long = `${' '.repeat(30_000)}Mr Bennet`;
    expect(readNextSpeaker(long, candidates(cast)).type).toBe('random');
  });

  test('may name somebody by any exact name, however odd, in whatever case', () => {
    const odd = [
      { id: 'odd', names: ['[x]|y$', 'Odd'] },
      { id: 'jane', names: ['Jane'] },
    ];
    expect(readNextSpeaker('{"next_speaker": " [X]|Y$ "}', odd)).toMatchObject({ actor: 'odd' });
  });

  test('gives as its reason what stood before its field', () => {
    const prediction = readNextSpeaker('She asked him.\nNext speaker: Mr Bennet', candidates(cast));
    expect(prediction.reason).toBe('She asked him.\n');
  });

  test('gives no reason where none was given', () => {
    for (const answer of [
      'Mr Bennet',
      'I would say Mr Bennet now',
      'END CHAT',
      'who knows who is to speak next',
    ]) {
      expect(readNextSpeaker(answer, candidates(cast)).reason).toBe('');
    }
    expect(readNextSpeaker('{"next_speaker": "Mr Bennet"}', candidates(cast)).reason).toBe('');
  });

  test('is asked for by a schema that strict servers take', () => {
    const name = { type: 'string', enum: ['Mr Bennet', 'random', '<END CHAT>'] };
    expect(nextSpeakerSchema(['Mr Bennet'])).toEqual({
      type: 'object',
      properties: { reasoning: { type: 'string' }, next_speaker: name },
      required: ['reasoning', 'next_speaker'],
      additionalProperties: false,
    });
    expect(nextSpeakerSchema(['Mr Bennet'], ['Jane'])).toEqual({
      type: 'object',
      properties: {
        reasoning: { type: 'string' },
        next_speaker: name,
        later_speakers: { type: 'array', items: { type: 'string', enum: ['Jane'] } },
      },
      required: ['reasoning', 'next_speaker', 'later_speakers'],
      additionalProperties: false,
    });
  });

  test('keeps its reason for people', () => {
    const prediction = readNextSpeaker(
      '{"reasoning":"he was insulted","next_speaker":"Mr Bennet"}',
      candidates(cast),
    );
    expect(prediction.reason).toBe('he was insulted');
  });

  test.each([
    `${'{"reasoning":"'.repeat(2000)}${'<think '.repeat(2000)}${'next speaker '.repeat(2000)}`,
    `</${' '.repeat(1_000_000)}`,
    `<${'think'.repeat(200_000)}`,
  ])('is made sense of in linear time, whatever it is: %#', (answer) => {
    expect(readNextSpeaker(answer, candidates(cast)).type).toBe('random');
  });
});

describe('the end', () => {
  test.each([
    [5, 'speak'],
    [6, 'rest'],
  ])('after %i turns is %s', (characterTurns, expected) => {
    const floor: Floor = {
      characters: ['a', 'b'].map((id) => ({ id: `character:${id}`, name: id })),
      players: [],
      lastSpeaker: 'character:a',
      lastSpoke: new Map(),
      turnsSincePlayer: 0,
      characterTurns,
      beats: 9,
      seed: 1,
      addressed: [],
      talkativeness: new Map(),
    };
    expect(decideFrom({ type: 'end', reason: '' }, floor).type).toBe(expected);
  });
});

const golden = new URL('../../../../shared/data/golden/next-speaker-decisions.jsonl', import.meta.url);

describe('the decision rule on published decisions', () => {
  const there = existsSync(golden);
  test.skipIf(!there)(
    `agrees with all of them${there ? '' : ' (skipped: ../shared/data is not here)'}`,
    () => {
      const lines = readFileSync(golden, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(lines.length).toBeGreaterThan(50);
      for (const { round, current, nsp_name, speaking_characters_w_env, actual_next, rule } of lines) {
        const ids = candidates(speaking_characters_w_env);
        const prediction = readNextSpeaker(`Next Speaker: ${nsp_name}`, ids);
        const floor: Floor = {
          characters: ids
            .filter((one) => one.id !== 'environment')
            .map((one) => ({ id: one.id, name: one.names[0] ?? '' })),
          players: [],
          lastSpeaker: current === 'Environment' ? 'environment' : `character:${current}`,
          lastSpoke: new Map(),
          turnsSincePlayer: 0,
          characterTurns: round + 1,
          beats: round,
          seed: 1,
          addressed: [],
          talkativeness: new Map(),
        };
        const decision = decideFrom(prediction, floor);
        const next =
          decision.type === 'rest'
            ? null
            : decision.actor.replace('character:', '').replace('environment', 'Environment');
        if (rule === 'accepted' || rule === 'end')
          expect(next, `${current} -> ${nsp_name}`).toBe(actual_next);
        else expect(next).not.toBe(current);
      }
    },
  );
});
