import { describe, expect, test } from 'vitest';
import { readHeading } from '../../../src/format/headings.ts';

/** The layer that a line names, and what of it belongs to that layer. */
function headingIn(line: string): [string, string] | undefined {
  const heading = readHeading(line, 0, false);
  return heading && [heading.layer, line.slice(heading.to)];
}

describe('a heading', () => {
  test.each<[string, string]>([
    ['Her Thoughts', 'thought'],
    ['his thoughts', 'thought'],
    ['My thought process', 'plan'],
    ['The character thinking', 'thought'],
    ['Mara’s thoughts', 'thought'],
    ['MARA’S thoughts', 'thought'],
    ["Mara Vell's inner voice", 'thought'],
    ['the girls’ thoughts', 'thought'],
    ['The Old Courier’s Thoughts', 'thought'],
    ['Meine Gedanken', 'thought'],
    ['Maras Gedanken', 'thought'],
    ['Their thoughts', 'thought'],
    ['Its inner voice', 'thought'],
    ['Mein innerer Monolog', 'thought'],
    ['Seine Gedanken', 'thought'],
    ['Sein innerer Monolog', 'thought'],
    ['Ihre Gedanken', 'thought'],
    ['Ihr innerer Monolog', 'thought'],
    ['Mis pensamientos', 'thought'],
    ['Su monólogo interior', 'thought'],
    ['Mes pensées', 'thought'],
    ['Son monologue intérieur', 'thought'],
    ['I miei pensieri', 'thought'],
    ['Il suo monologo interiore', 'thought'],
    ['Os meus pensamentos', 'thought'],
    ['Seus pensamentos', 'thought'],
  ])('without a sign may say whose it is, and nothing else: %s', (line, layer) => {
    expect(headingIn(line)).toEqual([layer, '']);
    expect(headingIn(line.toUpperCase())).toEqual([layer, '']);
    expect(headingIn(`**${line}**`)).toEqual([layer, '']);
    expect(headingIn(`${line}: He lies.`)).toEqual([layer, 'He lies.']);
  });

  test.each(['Her feelings', 'Mind', 'Plan', 'Notes', 'Reply', 'HER FEELINGS'])(
    'without a sign needs words that nobody says: %s',
    (line) => {
      expect(headingIn(line)).toBeUndefined();
    },
  );

  test.each([
    'I know his thoughts',
    'You read her inner thoughts',
    'I know Mara’s thoughts',
    'His thoughts are mine',
    'Her good reply',
    'Her weather',
    'Mara’s weather',
    'Andere Gedanken',
    'HIS GOOD REPLY',
    'I KNOW HIS THOUGHTS',
  ])('is no sentence about thoughts: %s', (line) => {
    expect(headingIn(line)).toBeUndefined();
  });
});
