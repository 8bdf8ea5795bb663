import { describe, expect, test } from 'vitest';
import { languageOf, languageReminder } from '../../../src/performer/language.ts';

describe('the language of what is played', () => {
  test.each([
    ['en', 'Good evening. Is there a room for the night, and what do you ask for it?'],
    ['de', 'Guten Abend. Ist noch ein Zimmer frei, und was wollt ihr dafür haben?'],
    ['fr', 'Bonsoir. Il y a une chambre pour la nuit, et que demandez-vous pour elle ?'],
    ['es', 'Buenas noches. ¿Hay una habitación para la noche, y qué pide usted por ella?'],
    ['it', 'Buona sera. C’è una camera per la notte, e che cosa chiede per la stanza?'],
    ['pt', 'Boa noite. Há um quarto para a noite, e o que você pede por ele?'],
  ])('is found by its function words: %s', (language, text) => {
    expect(languageOf(text)).toBe(language);
  });

  test.each([
    '',
    'Elizabeth!',
    'Mara, Tom, Ines, Jory, Wenna, Perran',
    'Добрый вечер, есть ли у вас комната на ночь?',
  ])('cannot be told from “%s”', (text) => {
    expect(languageOf(text)).toBeUndefined();
  });

  test('is asked for in itself; English, in which the rules are, is not', () => {
    expect(languageReminder('Ist noch ein Zimmer frei, und was wollt ihr dafür haben?')).toBe(
      'Alles auf Deutsch.',
    );
    expect(languageReminder('Is there a room for the night, and what do you ask for it?')).toBe('');
    expect(languageReminder('Hm.')).toBe('');
  });
});
