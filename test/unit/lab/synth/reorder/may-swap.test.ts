import { describe, expect, test } from 'vitest';
import { swapBar } from '../../../../../src/lab/synth/reorder/may-swap.ts';

describe('a thought and a small movement may change places', () => {
  test.each([
    ['He looks older than I remember', 'adjusts his collar'],
    ['Such a grey morning', 'leans back in her chair'],
    ['A poor joke, and he knows it is poor', 'nods'],
    ['How quiet the house is', 'slowly straightens her back'],
    ['She has her mother’s eyes', 'rubs his chin'],
    ['Nobody told me he was married', 'raises an eyebrow'],
    ['What a dreary little man', 'smooths down her skirts'],
    ['The clock is slow', 'shifts his weight to the other leg'],
    ['Rain, and the roof not mended', 'sighs'],
  ])('%s / %s', (thought, action) => {
    expect(swapBar(thought, action)).toBeUndefined();
  });
});

describe('they stay as they are', () => {
  test.each([
    ['plans', 'I’ll wait until he has gone', 'nods'],
    ['plans', 'I must not show it', 'adjusts her gloves'],
    ['plans', 'Better not to look', 'rubs his chin'],
    ['plans', 'I need to be quick', 'shrugs'],
    ['plans', 'We should leave', 'leans back in his chair'],
    ['explains', 'It is best that he thinks me slow', 'blinks'],
    ['explains', 'He came because of the letter', 'nods'],
    ['explains', 'Otherwise she would have written', 'tilts her head'],
    ['depends', 'There, that did it', 'tugs at the collar'],
    ['depends', 'Heavier than I thought', 'shifts the weight to his arm'],
    ['depends', 'Still warm', 'rests her hand on the chair'],
    ['no-small-movement', 'How quiet the house is', 'opens the drawer and takes out the letter'],
    ['no-small-movement', 'How quiet the house is', 'walks to the window'],
    ['no-small-movement', 'How quiet the house is', 'hands her the key'],
    ['no-small-movement', 'How quiet the house is', 'pours the wine'],
    ['no-small-movement', 'How quiet the house is', 'turns over the last page of the ledger'],
    ['plans', 'This collar will be the death of me', 'adjusts his collar'],
    ['plans', 'I’ve got to leave', 'nods'],
    ['plans', 'Let’s hear what comes', 'tilts her head'],
    ['plans', 'He’ll see soon', 'smooths his coat'],
    ['plans', 'He shan’t have the satisfaction', 'shrugs'],
    ['plans', 'Not yet', 'shrugs'],
    ['explains', 'Anything to hide the stain', 'pulls down her sleeves'],
    ['explains', 'So he came after all', 'blinks'],
    ['explains', 'It’s safer not to answer', 'shrugs'],
    ['explains', 'Might as well look bored', 'leans back in her chair'],
    ['depends', 'That hurts more than it used to', 'stretches'],
    ['depends', 'It itches', 'rubs his neck'],
    ['depends', 'Colder than the church', 'rests her hand on the seat'],
    ['depends', 'And yet he stays', 'nods'],
    ['depends', 'How like my father', 'shivers at the thought'],
    ['depends', 'How like my father', 'smiles at that'],
    ['depends', 'How quiet the house is', 'nods again'],
    ['depends', 'How quiet the house is', 'tilts her head to listen'],
    ['depends', 'How quiet the house is', 'turns his face away as if struck'],
    ['no-small-movement', 'How quiet the house is', 'nods, gets up and goes out by the garden door'],
    ['no-small-movement', 'How quiet the house is', 'shakes the old man awake'],
    ['no-small-movement', 'How quiet the house is', 'sits down'],
    ['no-small-movement', 'How quiet the house is', ''],
    ['other-language', 'Wie still das Haus heute ist', 'nods'],
    ['other-language', 'как тихо', 'nods'],
    ['other-language', 'How quiet the house is', '点点头'],
    ['other-language', '', 'nods'],
    ['speaks-of-it', 'Father’s old collar, a little frayed', 'adjusts his collar'],
    ['speaks-of-it', 'My hands are cold', 'folds her hands'],
  ])('%s: %s / %s', (bar, thought, action) => {
    expect(swapBar(thought, action)).toBe(bar);
  });
});
