import { describe, expect, test } from 'vitest';
import { parseTurn } from '../../../src/format/turn-parser.ts';

const NODS = '<role_action>nods</role_action>';

/** `p:` a plan if there is one, then `t:` thought, `a:` action, `s:` speech. */
function read(text: string): string[] {
  const { systemThinking, segments } = parseTurn(text, { speaker: { name: 'Mara Vell' } });
  const plan = systemThinking === '' ? [] : [`p:${systemThinking}`];
  return [...plan, ...segments.map((segment) => `${segment.kind[0]}:${segment.text}`)];
}

describe('channels', () => {
  test.each([
    '',
    ' ',
    'final',
    'Final',
    ' final ',
    'final json',
    ' final json',
    'response',
    ' response ',
    'assistant',
    'assistantresponse',
    'assistant response',
    'assistant  final',
  ])('say aloud what is in “%s”', (name) => {
    expect(read(`<|channel|>${name}<|message|>Fine.`)).toEqual(['s:Fine.']);
  });

  test.each(['analysis', 'commentary', 'commentary final', 'xfinal json', 'finally', 'assistant analysis'])(
    'hide what is in “%s”',
    (name) => {
      const turn = `<|channel|>${name}<|message|>He lies.<|end|><|channel|>final<|message|>Fine.`;
      expect(read(turn)).toEqual(['p:He lies.', 's:Fine.']);
      expect(read(`<|channel|>${name}<|message|>He lies.`)).toEqual(['p:He lies.']);
    },
  );

  test.each<[string, string[]]>([
    [
      '<|channel|>analysis<|message|>wait<|end|><|start|>assistant<|channel|>final<|message|>Fine.',
      ['p:wait', 's:Fine.'],
    ],
    ['<|channel|>analysis<|message|>wait<|channel|>final<|message|>Fine.', ['p:wait', 's:Fine.']],
    ['<|channel|>analysis<|message|>wait<|end|><|start|>assistant', ['p:wait']],
    ['<|channel|>analysis<|message|>wait<|end|>Fine.', ['p:wait', 's:Fine.']],
    [`<|channel|>final<|message|>${NODS}Fine.<|return|>Go.`, ['a:nods', 's:Fine.']],
    ['<|channel|>final<|message|>Fine.<eos>He lies.', ['s:Fine.']],
    ['<|channel>thought\nHe lies.<channel|>Fine.', ['p:thought\nHe lies.', 's:Fine.']],
    ['<|channel|>final<|message|>Fine.<message>he lies</message>Go.', ['p:he lies', 's:Fine. Go.']],
  ])('begin and end: %s', (text, parts) => {
    expect(read(text)).toEqual(parts);
  });

  test.each<[string, string[]]>([
    ['final<|message|>Fine.', ['s:Fine.']],
    ['analysis<|message|>He lies.<|end|>final<|message|>Fine.', ['p:He lies.', 's:Fine.']],
    ['analysis<|message|>He lies.', ['p:He lies.']],
  ])('are known without the token before their name: %s', (text, parts) => {
    expect(read(text)).toEqual(parts);
  });

  test.each<[string, string[]]>([
    ['analysisWe wait. assistantfinalFine.', ['p:We wait.', 's:Fine.']],
    ['\nanalysisWe wait. assistantfinalFine.', ['p:We wait.', 's:Fine.']],
    [
      `analysisWe <role_action>wait</role_action>. assistantfinal${NODS}Fine.`,
      ['p:We <role_action>wait</role_action>.', 'a:nods', 's:Fine.'],
    ],
  ])('are known without any token: %s', (text, parts) => {
    expect(read(text)).toEqual(parts);
  });
});
