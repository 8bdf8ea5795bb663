import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blankCard, createCardDraft } from '../../../../../src/stage/web/page/editor/card-draft.ts';
import { differenceOf } from '../../../../../src/stage/web/page/editor/difference.ts';
import { type Prompted, partsOf } from '../../../../../src/stage/web/page/editor/find-parts.ts';
import { paintHer } from '../../../../../src/stage/web/page/editor/her-paint.ts';
import { problemsIn } from '../../../../../src/stage/web/page/editor/problems-in.ts';
import { promptedTexts } from '../../../../../src/stage/web/page/editor/prompted-texts.ts';

const text = (path: string, words: string): Prompted => ({ path, label: path, text: words, isPrivate: true });

describe('whose words stand where in a prompt', () => {
  test('is told for each text, and the parts are the whole', () => {
    const prompt = '## You\n\nKeeps the lamp.\n\nWants it out.\n\nKeeps the lamp.';
    const parts = partsOf(prompt, [text('a', 'Keeps the lamp.'), text('b', '  Wants it out.\n')]);
    expect(parts.map(({ of }) => of?.path)).toEqual([undefined, 'a', undefined, 'b', undefined, 'a']);
    expect(parts.map((part) => part.text).join('')).toBe(prompt);
  });

  test('is told whatever its placeholders were filled with', () => {
    const [part] = partsOf('Vesna knows Mara well; she hides it.', [
      text('a', '{{char}} knows {{user}} well; she hides it.'),
    ]).filter(({ of }) => of);
    expect(part?.text).toBe(' knows Mara well; she hides it.');
  });

  test('is told where the stage writes it otherwise: line ends, brackets, asterisks', () => {
    const prompt = [
      'Keeps\nthe lamp,  the ‹b›big‹/b› one.',
      '“System:” she] was born here.',
      '<role_action>nods</role_action>It is so, indeed.',
    ].join('\n\n');
    const parts = partsOf(prompt, [
      text('a', 'Keeps\r\nthe lamp, the <b>big</b> one.'),
      text('b', '[System: she] was born here.'),
      text('c', '*nods* It is so, indeed.'),
      text('d', 'Keeps the door.'),
    ]);
    expect(parts.flatMap(({ of }) => of?.path ?? [])).toEqual(['a', 'b', 'c']);
    expect(parts.map((part) => part.text).join('')).toBe(prompt);
  });

  test('a text of three letters is found where it has a line of its own', () => {
    const parts = partsOf('Dryness.\n\nDry\n\nNot Dry.', [text('a', 'Dry')]);
    expect(parts.map(({ text, of }) => [text, of?.path])).toEqual([
      ['Dryness.\n\n', undefined],
      ['Dry', 'a'],
      ['\n\nNot Dry.', undefined],
    ]);
  });

  test('a text that repeats itself without end is given up, and not looked for without end', () => {
    const prompt = 'a a '.repeat(20_000);
    expect(partsOf(prompt, [text('a', `${'a <'.repeat(20_000)}z`)])).toEqual([{ text: prompt }]);
  });

  test('of two that overlap the longer has it, and a word of three letters is nobody’s', () => {
    const parts = partsOf('The red lamp is lit.', [
      text('a', 'red lamp'),
      text('b', 'The red lamp is lit.'),
      text('c', 'lit'),
    ]);
    expect(parts.map(({ of }) => of?.path)).toEqual(['b']);
  });
});

describe('a line in HER format as it is edited', () => {
  test('is painted by its tags and stars, and stays the whole line', () => {
    const line = '<role_thinking>Hm</role_thinking>Yes. *nods* <role_action>goes';
    const painted = paintHer(line);
    expect(painted.map((piece) => piece.text).join('')).toBe(line);
    expect(painted.map(({ as }) => as)).toEqual([
      'tag',
      'thought',
      'tag',
      'speech',
      'action',
      'speech',
      'tag',
      'action',
    ]);
  });

  test('system thinking stands out', () => {
    expect(paintHer('<system_thinking>x</system_thinking>').map(({ as }) => as)).toEqual([
      'tag',
      'plan',
      'tag',
    ]);
  });
});

describe('a card that is edited', () => {
  test('keeps what the form does not know, and takes keys away', () => {
    const draft = createCardDraft({ ...blankCard(), name: 'Ada', elsewhere: { deep: [1] }, nickname: 'A' });
    draft.set('nickname', undefined);
    draft.set('extensions.depth_prompt.prompt', 'Now.');
    expect(draft.card()).toMatchObject({
      elsewhere: { deep: [1] },
      extensions: { depth_prompt: { prompt: 'Now.' } },
    });
    expect(draft.card()).not.toHaveProperty('nickname');
  });

  test('is changed until it is saved, or changed back', () => {
    const draft = createCardDraft({ ...blankCard(), name: 'Ada' });
    expect(draft.isChanged()).toBe(false);
    draft.set('name', 'Eve');
    expect(draft.isChanged()).toBe(true);
    draft.set('name', 'Ada');
    expect(draft.isChanged()).toBe(false);
    draft.set('name', 'Eve');
    const sent = draft.card();
    draft.set('name', 'Eva');
    draft.markSaved(sent);
    expect(draft.isChanged()).toBe(true);
    draft.markSaved(draft.card());
    expect(draft.isChanged()).toBe(false);
  });

  test('keys of Object are no fields', () => {
    const draft = createCardDraft(blankCard());
    expect(draft.get('constructor.name')).toBeUndefined();
    draft.set('__proto__.polluted', 'x');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('of a lore entry its decorators are not looked for', () => {
    const draft = createCardDraft(blankCard());
    draft.set('character_book.entries', [{ keys: ['k'], content: '@@depth 3\n@@@role user\nA fact.' }]);
    expect(promptedTexts(draft).map(({ text }) => text)).toEqual(['A fact.']);
  });

  test('no text that is kept for other programs is looked for in the prompt', () => {
    const draft = createCardDraft({
      ...blankCard(),
      name: 'Ada',
      creator_notes: 'NOTES',
      system_prompt: 'SYSTEM',
      description: 'DESCRIPTION',
    });
    expect(promptedTexts(draft).map((one) => one.text)).toEqual(['DESCRIPTION']);
  });
});

describe('what would change in a text', () => {
  test.each([
    [
      'A keeper.',
      'A keeper.\nShe is old.',
      { same: 'A keeper.', gone: '', added: '\nShe is old.', rest: '' },
    ],
    ['A young keeper.', 'A old keeper.', { same: 'A ', gone: 'young', added: 'old', rest: ' keeper.' }],
    ['', 'New.', { same: '', gone: '', added: 'New.', rest: '' }],
    ['Same.', 'Same.', { same: 'Same.', gone: '', added: '', rest: '' }],
    ['keeping', 'keeper', { same: '', gone: 'keeping', added: 'keeper', rest: '' }],
  ])('%j to %j', (before, after, difference) => {
    expect(differenceOf(before, after)).toEqual(difference);
  });

  test('is the whole of both, whatever they are', () => {
    const words = fc.array(fc.constantFrom('a', 'b', ' ', '\n', 'ab', '. '), { maxLength: 12 });
    fc.assert(
      fc.property(words, words, (one, other) => {
        const [before, after] = [one.join(''), other.join('')];
        const { same, gone, added, rest } = differenceOf(before, after);
        expect(same + gone + rest).toBe(before);
        expect(same + added + rest).toBe(after);
      }),
    );
  });
});

describe('what the stage found wrong', () => {
  test('is told field by field', () => {
    expect(problemsIn('card.name: is missing: name it card.tags.0: is too long')).toEqual([
      { path: 'name', words: 'is missing: name it' },
      { path: 'tags.0', words: 'is too long' },
    ]);
    expect(problemsIn('Somebody is called so.')).toEqual([{ path: '', words: 'Somebody is called so.' }]);
  });
});
