import { describe, expect, test } from 'vitest';
import { headingLayer, readHeading } from '../../../src/format/headings.ts';

/** The layer that a line names, and what of it belongs to that layer; below another heading, or not. */
function headingIn(line: string, underHeadings = false): [string, string] | undefined {
  const heading = readHeading(line, 0, underHeadings);
  return heading && [heading.layer, line.slice(heading.to)];
}

describe('a heading', () => {
  test.each([
    'Thinking: He lies.',
    '  Thinking: He lies.',
    'THINKING： He lies.',
    'Thinking : He lies.',
    '**Thinking:** He lies.',
    '**Thinking**: He lies.',
    '**Thinking **: He lies.',
    '*Thinking*: He lies.',
    '__Thinking__: He lies.',
    '__Thinking:__ He lies.',
    '_Thinking_: He lies.',
    '`Thinking`: He lies.',
    '# Thinking: He lies.',
    '#Thinking: He lies.',
    '###### **Thinking:** He lies.',
    '> Thinking: He lies.',
    '- Thinking: He lies.',
    '• Thinking: He lies.',
    '1. Thinking: He lies.',
    '12) Thinking: He lies.',
    '(2) Thinking: He lies.',
    '2)Thinking: He lies.',
    '[Thinking]: He lies.',
    '{Thinking}: He lies.',
    '[Thinking] He lies.',
    '[**Thinking**] He lies.',
    '*[Thinking]* He lies.',
    '【Thinking】 He lies.',
    '> ## 1. **Thinking:** He lies.',
    'Thinking:\tHe lies.',
  ])('may have marks and numbers: %s', (line) => {
    expect(headingIn(line)).toEqual(['musing', 'He lies.']);
  });

  test.each([
    '## Thinking',
    '**Thinking**',
    '__Thinking__',
    '1. Thinking',
    '[Thinking]',
    '【Thinking】',
    '**Thinking:**',
    'Thinking:',
    '## Thinking   ',
  ])('may stand alone on its line: %j', (line) => {
    expect(headingIn(`${line}\nHe lies.`)?.[0]).toBe('musing');
    expect(readHeading(`One\n${line}\nHe lies.`, 4, false)?.to).toBe(4 + line.trimEnd().length);
  });

  test.each([
    'Thinking of you.',
    'Weather',
    'Constructor: x',
    'Constructor',
    'So his thoughts of you: no.',
    'Thinkings: he lies.',
    'a:thinking: he lies.',
    'Weather 2',
    'Thinking of you: no.',
    '## Thinking of you',
    '**Thinking** of you',
    '*Thinking: he lies.*',
    '**Thinking: he lies.**',
    '[thinking](nods)',
    '[thinking] （nods）',
    '[thinking] [nods]',
    '[thinking]   (nods)',
    '- Feelings: he lies.',
    '> Feelings: he lies.',
    '####### Thinking: he lies.',
    '100. Thinking: he lies.',
    'T: he lies.',
    ': he lies.',
    'Weather: rain.',
    `Thinking${' of'.repeat(20)}: no.`,
    '',
  ])('is not: %j', (line) => {
    expect(headingIn(line)).toBeUndefined();
  });

  test('in brackets may have others later on its line', () => {
    expect(headingIn('[Thinking] He lies (to me).')).toEqual(['musing', 'He lies (to me).']);
  });

  test('without a sign is one alone on its line where its words are nothing else', () => {
    expect(headingIn('Inner Thoughts')).toEqual(['thought', '']);
    expect(headingIn('Thoughts')).toEqual(['musing', '']);
    expect(headingIn('Good day')).toBeUndefined();
    expect(headingIn('Response')).toBeUndefined();
  });

  test('with a sign goes on behind the words that name a layer', () => {
    expect(headingIn('## System Thinking he must not know')).toEqual(['plan', ' he must not know']);
    expect(headingIn('System Thinking he must not know')).toBeUndefined();
    expect(headingIn('## Good day he must not know')).toBeUndefined();
  });

  test('names a layer by its words', () => {
    expect(headingIn('System Thinking: x')?.[0]).toBe('plan');
    expect(headingIn('Role_Thinking: x')?.[0]).toBe('thought');
    expect(headingIn('Role-Action: x')?.[0]).toBe('action');
    expect(headingIn('Role-play Response: x')?.[0]).toBe('reply');
  });

  test.each<[string, string]>([
    ['plan', 'system thinking, system thought, system thoughts, thinking process, thought process'],
    [
      'plan',
      'my thought process, here is my thought process, chain of thought, internal reasoning, hidden reasoning',
    ],
    ['musing', 'thinking, thought, thoughts'],
    ['thought', 'role thinking, role thought, role thoughts, inner thought, inner thoughts, inner thinking'],
    ['thought', 'inner monologue, inner voice, internal thought, internal thoughts, internal monologue'],
    ['thought', 'private thoughts, hidden thoughts, secret thoughts'],
    ['action', 'role action, role actions'],
    ['reply', 'role speech, roleplay response, roleplay reply, here is my response, in-character response'],
    ['reply', 'in-character reply, final response, final answer'],
  ])('names a layer by words that are nothing else: %s: %s', (layer, all) => {
    for (const words of all.split(', ')) expect(headingIn(`${words}: x`)).toEqual([layer, 'x']);
  });

  test.each<[string, string]>([
    ['plan', 'Systemdenken, Denkprozess, Gedankengang'],
    ['thought', 'Gedanken, Innere Gedanken, innerer Monolog, Innere Stimme, Rollendenken, Rollen-Gedanken'],
    ['thought', 'Meine Gedanken, ihre Gedanken, Seine Gedanken, Maras Gedanken, Mara’s Gedanken'],
    ['thought', 'Pensamientos, pensamientos internos, Monólogo interior'],
    ['thought', 'Pensées, Pensées intérieures, monologue intérieur'],
    ['thought', 'Pensieri, pensieri interiori, Monologo interiore, Pensamentos, Pensamentos internos'],
  ])('may be in other languages: %s: %s', (layer, all) => {
    for (const words of all.split(', ')) {
      expect(headingIn(`${words}: x`)).toEqual([layer, 'x']);
      expect(headingIn(`${words}`)).toEqual([layer, '']);
      expect(headingIn(`**${words}**`)).toEqual([layer, '']);
    }
  });

  test.each<[string, string]>([
    ['plan', 'Überlegung, Überlegungen'],
    ['thought', 'Monolog, Gefühle'],
    ['action', 'Handlung, Handlungen, Aktion, Acción, Azione, Ação'],
    ['reply', 'Antwort, Rede, Respuesta, Réponse, Risposta, Resposta, Diálogo'],
  ])('in other languages needs a sign for words that anybody may say: %s: %s', (layer, all) => {
    for (const words of all.split(', ')) {
      expect(headingIn(`${words}: x`)).toBeUndefined();
      expect(headingIn(`${words}: x`, true)).toEqual([layer, 'x']);
      expect(headingIn(`**${words}**`)).toEqual([layer, '']);
    }
  });

  test.each<[string, string]>([
    ['Mara’s thoughts', 'thought'],
    ["Mara Vell's inner voice", 'thought'],
    ['the girls’ thoughts', 'thought'],
    ['The courier’s thoughts', 'thought'],
    ['her inner monologue', 'thought'],
    ['The character thinking', 'thought'],
    ['My thought process', 'plan'],
    ['Its_role_action', 'action'],
  ])('may say whose it is: %s', (words, layer) => {
    expect(headingIn(`${words}: x`)?.[0]).toBe(layer);
  });

  test.each<[string, string]>([
    ['思考', 'plan'],
    ['内心', 'thought'],
    ['мысли', 'thought'],
    ['动作', 'action'],
    ['对话', 'reply'],
    ['セリフ', 'reply'],
  ])('may be in other scripts: %s', (word, layer) => {
    expect(headingIn(`${word}：x`)).toEqual([layer, 'x']);
  });

  test.each<[string, string]>([
    ['Analysis', 'plan'],
    ['Reasoning', 'plan'],
    ['Reflection', 'plan'],
    ['Planning', 'plan'],
    ['Plan', 'plan'],
    ['Strategy', 'plan'],
    ['Notes', 'plan'],
    ['Feelings', 'thought'],
    ['Mind', 'thought'],
    ['Thinks', 'thought'],
    ['Emotion', 'thought'],
    ['Emotions', 'thought'],
    ['Monologue', 'thought'],
    ['Action', 'action'],
    ['Actions', 'action'],
    ['Gesture', 'action'],
    ['Response', 'reply'],
    ['Reply', 'reply'],
    ['Answer', 'reply'],
    ['Output', 'reply'],
    ['Roleplay', 'reply'],
    ['Dialogue', 'reply'],
    ['Dialog', 'reply'],
    ['Speech', 'reply'],
    ['Spoken', 'reply'],
    ['Says', 'reply'],
  ])('is what anybody may say only with a sign, or below another heading: %s', (word, layer) => {
    expect(headingIn(`${word}: x`)).toBeUndefined();
    expect(headingIn(`${word}: x`, true)).toEqual([layer, 'x']);
    expect(headingIn(`Her ${word.toLowerCase()}: x`)).toBeUndefined();
    expect(headingIn(`Her ${word.toLowerCase()}: x`, true)).toEqual([layer, 'x']);
    expect(headingIn(word, true)).toEqual([layer, '']);
    expect(headingIn(`**${word}:** x`)).toEqual([layer, 'x']);
    expect(headingIn(`## ${word}`)).toEqual([layer, '']);
  });
});

test.each<[string, string | undefined]>([
  ['Inner Thoughts', 'thought'],
  ['Plan', 'plan'],
  ['Thinking', 'musing'],
  ['Mara’s thoughts', 'thought'],
  ['her action', 'action'],
  ['final_response', 'speech'],
  ['对话', 'speech'],
  ['weather', undefined],
])('a key of JSON may be such words: %s', (key, layer) => {
  expect(headingLayer(key)).toBe(layer);
});
