import { expect, test } from 'vitest';
import { characterChoices } from '../../../../src/engine/command/find-character.ts';
import { smallCharacter } from '../../../support/small-library.ts';

test.each([
  ['Mr. Darcy', 'Mr. Darcy of Pemberley, tall. Proud.', 'Mr. Darcy · of Pemberley, tall'],
  [
    'Dr. Watson',
    'Dr. John Watson, once of the army. Sturdy.',
    'Dr. Watson · Dr. John Watson, once of the army',
  ],
  ['Ines', 'A pilot\nof the harbour', 'Ines · A pilot'],
  ['Ines', '', 'Ines'],
])(
  'a choice begins with the full name and says in one sentence who that is: %s, “%s”',
  (name, publicSheet, label) => {
    const [choice] = characterChoices([smallCharacter('one', name, { publicSheet })]);
    expect(choice).toEqual({ name: label, value: name });
  },
);
