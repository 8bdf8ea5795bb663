import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commands } from '../../../../commands/index.ts';
import type { Command, CommandOption } from '../../../../src/engine/command/command.ts';
import { readTypedCommand } from '../../../../src/engine/command/typed-command.ts';
import { render } from '../../../../src/words/render.ts';

function values(text: string, among: readonly Command[] = commands) {
  const typed = readTypedCommand(text, among);
  return 'problem' in typed ? render(typed.problem) : typed.values;
}

function commandWith(...options: CommandOption[]): Command {
  const action = { description: 'test', options, allowed: 'anyone' as const, run: async () => {} };
  return { name: 'do', description: 'test', action };
}

describe('a typed command', () => {
  test('has options by name, each reaching to the next', () => {
    expect(values('/scene start setting: a cold inn, at night cast: Holmes, Dr. Watson thread: yes')).toEqual(
      {
        setting: 'a cold inn, at night',
        cast: 'Holmes, Dr. Watson',
        thread: true,
      },
    );
  });

  test.each([
    ['/summon Elizabeth Bennet', { name: 'Elizabeth Bennet' }],
    ['/summon "Elizabeth Bennet"', { name: 'Elizabeth Bennet' }],
    ['/summon name: Elizabeth', { name: 'Elizabeth' }],
    ['  /SUMMON   Elizabeth  ', { name: 'Elizabeth' }],
    ['/say He wrote text: nothing.', { text: 'He wrote text: nothing.' }],
    ['/say "Yes," she said, "no"', { text: '"Yes," she said, "no"' }],
    ['/say as: Darcy text: I text: nothing.', { as: 'Darcy', text: 'I text: nothing.' }],
    ['/say Good evening. as: A waiter', { text: 'Good evening.', as: 'A waiter' }],
    ['/say "They treat you the same as: a thief."', { text: 'They treat you the same as: a thief.' }],
    ['/say first\nsecond', { text: 'first\nsecond' }],
    ['/whisper Darcy I saw your letter', { to: 'Darcy', text: 'I saw your letter' }],
    ['/whisper "Mr. Darcy" I saw it', { to: 'Mr. Darcy', text: 'I saw it' }],
    ['/whisper “Mr. Darcy” I saw it', { to: 'Mr. Darcy', text: 'I saw it' }],
    ['/whisper to: Mr. Darcy text: I saw it', { to: 'Mr. Darcy', text: 'I saw it' }],
    ['/whisper text: I saw it to: Mr. Darcy', { to: 'Mr. Darcy', text: 'I saw it' }],
    [
      '/scene start setting: "a sign reads cast: none" cast: Holmes',
      { setting: 'a sign reads cast: none', cast: 'Holmes' },
    ],
    ['/whisper Darcy', { to: 'Darcy' }],
    ['/knows Darcy the letter', { name: 'Darcy', topic: 'the letter' }],
    ['/reset character Darcy', { what: 'character', name: 'Darcy' }],
    ['/reset all confirm: yes', { what: 'all', confirm: true }],
    ['/plant Darcy I must leave. turns: 3', { name: 'Darcy', thought: 'I must leave.', turns: 3 }],
    ['/steer slow down', { text: 'slow down' }],
    ['/time skip two hours', { amount: 'two hours' }],
    ['/enter Miss Grey', { as: 'Miss Grey' }],
    ['/scene start a cold inn', { setting: 'a cold inn' }],
    ['/scene start', {}],
    ['/scene start cast:', {}],
    ['/scene start thread:', { thread: true }],
    ['/scene start thread: no', { thread: false }],
    ['/scene start PRESET: Lively', { preset: 'lively' }],
    ['/next', {}],
  ])('%s', (text, expected) => {
    expect(values(text)).toEqual(expected);
  });

  test.each([
    ['hello', /begins with a slash/],
    ['/', /There is no command \//],
    ['/sumon Darcy', /Did you mean \/summon/],
    ['/xyzzyx', /There are: \/scene/],
    ['/scene', /needs one of: start, demo, info/],
    ['/scene strat', /Did you mean \/scene start/],
    ['/scene constructor', /There is no command \/scene constructor/],
    ['/summon', /needs name/],
    ['/inform Darcy', /needs text/],
    ['/scene start preset: loud', /preset is one of: called-only/],
    ['/scene start thread: perhaps', /thread is yes or no/],
    [`/summon ${'x'.repeat(101)}`, /name is too long: 101 of at most 100/],
  ])('%s is answered with what is wrong', (text, expected) => {
    expect(values(text)).toMatch(expected);
  });

  test('takes numbers within their bounds only', () => {
    const among = [commandWith({ name: 'turns', description: 'how many', type: 'number', min: 1, max: 10 })];
    expect(values('/do 3', among)).toEqual({ turns: 3 });
    expect(values('/do turns: 10', among)).toEqual({ turns: 10 });
    for (const wrong of ['0', '11', 'ten', '1e1', '3 4']) {
      expect(values(`/do ${wrong}`, among)).toBe('turns is a number from 1 to 10.');
    }
  });

  test('never throws and never makes up an option, whatever is typed', () => {
    const words = fc.constantFrom(
      '/scene',
      'start',
      'cast:',
      'setting:',
      '"',
      '“',
      ' ',
      'thread:',
      '/say',
      ':',
      '\n',
    );
    const line = fc.array(fc.oneof(words, fc.string({ unit: 'grapheme' })), { maxLength: 20 });
    fc.assert(
      fc.property(line, (parts) => {
        const typed = readTypedCommand(parts.join(''), commands);
        if ('problem' in typed) {
          expect(render(typed.problem)).not.toBe('');
        } else {
          const known = typed.action.options.map(({ name }) => name);
          expect(known).toEqual(expect.arrayContaining(Object.keys(typed.values)));
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('five million characters are read and refused in one line', () => {
    expect(values(`/say ${'cast: "a '.repeat(600_000)}`)).toMatch(/^text is too long: \d+ of at most 2000/);
    expect(values(`/scene start ${'cast: "a '.repeat(600_000)}`)).toMatch(/^cast is too long/);
  });
});
