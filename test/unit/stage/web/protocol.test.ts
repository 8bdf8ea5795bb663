import { describe, expect, test } from 'vitest';
import { blankCard } from '../../../../src/stage/web/page/editor/card-draft.ts';
import { clientMessageSchema, scopeNeeded } from '../../../../src/stage/web/protocol.ts';
import { LONGEST_LINE } from '../../../../src/stage/web/protocol-fields.ts';

const ADA = { ...blankCard(), name: 'Ada' };
const reads = (message: unknown) => clientMessageSchema.safeParse(message).success;

describe('what a client may send', () => {
  test.each([
    { type: 'open' },
    { type: 'open', scene: 'web:1', after: 4, revision: 0, run: 'r' },
    { type: 'open', start: { setting: 'An inn.', cast: ['ada'] }, as: { name: 'Mara' } },
    { type: 'open', scene: 'web:1', as: { id: 'p.1@inn', name: 'Mara' } },
    { type: 'cast', character: 'ada', present: true },
    { type: 'say', text: 'Good evening.', key: 'k1', addressed: ['ada'], re: '1' },
    { type: 'act', text: 'bows' },
    { type: 'whisper', to: ['ada'], text: 'Now.' },
    { type: 'next', who: 'environment' },
    { type: 'stop' },
    { type: 'retry' },
    { type: 'swipe', beat: 7, step: 'next' },
    { type: 'rate', beat: 7, thumb: 'up' },
    { type: 'rate', beat: 7, thumb: null },
    { type: 'rewind', beat: 7 },
    { type: 'reword', beat: 7, text: '*nods* Aye.' },
    { type: 'undo', beat: 7 },
    { type: 'command', text: '/cast' },
    { type: 'complete', text: '/' },
    { type: 'history', before: 9 },
    { type: 'peek', beat: 3 },
    { type: 'mind', character: 'ada' },
    { type: 'xray', on: true },
    { type: 'share' },
    { type: 'offers' },
    { type: 'connect', offer: 'one' },
    { type: 'card', name: 'ada.json', data: 'e30=' },
    { type: 'card-save', character: 'ada', card: { ...ADA, from_elsewhere: { kept: true } }, picture: null },
    { type: 'card', name: 'ada.json', upload: 'one' },
    { type: 'card-part', upload: 'one', data: 'e30=' },
    { type: 'card-save', card: ADA, picture: 'iVBORw0K' },
    { type: 'card-export', character: 'ada', as: 'png' },
    { type: 'card-preview', card: ADA },
    { type: 'card-try', card: ADA, cue: 'Well?' },
    { type: 'card-enrich', card: ADA, text: 'Her letters.' },
    { type: 'world-open', world: 'harbour' },
  ])('$type', (message) => {
    expect(reads(message)).toBe(true);
  });

  test.each([
    ['a player whose id is two', { type: 'open', as: { id: 'a:b', name: 'Mara' } }],
    ['a type it does not know', { type: 'shout', text: 'x' }],
    ['no type', { text: 'x' }],
    ['a field too many', { type: 'stop', scene: 'web:1' }],
    ['an empty line', { type: 'say', text: '   ' }],
    ['a line too long', { type: 'say', text: 'x'.repeat(LONGEST_LINE + 1) }],
    ['a whisper to nobody', { type: 'whisper', to: [], text: 'x' }],
    ['a beat that cannot be', { type: 'peek', beat: 0 }],
    ['a card that is not base64', { type: 'card', name: 'a.json', data: '{}' }],
    ['a card without a name', { type: 'card-save', card: { ...ADA, name: '' } }],
    ['a card with a tag for a name', { type: 'card-save', card: { ...ADA, name: '<role_thinking>' } }],
    ['a huge field', { type: 'card-preview', card: { ...ADA, description: 'x'.repeat(100_001) } }],
    ['a try without a word', { type: 'card-try', card: ADA, cue: ' ' }],
    ['a file of a kind there is not', { type: 'card-export', character: 'ada', as: 'exe' }],
    ['a thumb that there is not', { type: 'rate', beat: 7, thumb: 'sideways' }],
    ['no word of the thumb', { type: 'rate', beat: 7 }],
    ['a step that there is not', { type: 'swipe', beat: 7, step: 'back' }],
    ['text where a number belongs', { type: 'open', after: '4' }],
  ])('not %s', (_name, message) => {
    expect(reads(message)).toBe(false);
  });

  test('watching needs no scope, all else does', () => {
    const open = clientMessageSchema.options
      .map((option) => option.shape.type.value)
      .filter((type) => scopeNeeded[type] === undefined);
    expect(open.sort()).toEqual(['history', 'open']);
  });
});
