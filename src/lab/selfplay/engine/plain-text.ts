import { renderPlain } from '../../../format/render-plain.ts';
import { visibleSegments } from '../../../format/segments.ts';
import type { TurnParserOptions } from '../../../format/turn-parser.ts';
import type { Keep } from '../../calls/ask.ts';
import { readAnswerTurn } from './answer-turn.ts';

/**
 * What is kept of an answer that was asked for as plain chat: the text as it was written where nothing in it
 * is a plan, a tagged thought or another’s line, else only what can be seen and heard of it. Fails closed.
 *
 * @param whole false: always taken apart, as for a simulated user whose thoughts are nobody’s business
 */
export function keepPlain(options: TurnParserOptions, whole: boolean): Keep {
  return (answer) => {
    const { segments, faults, usable, systemThinking, nextSpeaker } = readAnswerTurn(answer, options);
    const inText =
      answer.reasoning === '' ? systemThinking : systemThinking.slice(answer.reasoning.trim().length);
    const isClean = inText.trim() === '' && nextSpeaker === undefined && !UNCLEAN.test(faults.join(' '));
    const visible = usable ? renderPlain(visibleSegments(segments)) : '';
    const stays = whole && usable && isClean && !TAGS.test(answer.text);
    const text = stays ? answer.text.trim() : visible;
    // Nobody asked for a plan here; and what stays as it is has its own form.
    const wrong = stays ? [] : faults.filter((fault) => fault !== 'plan-missing');
    return { text, format: { usable: text !== '', faults: wrong, planned: systemThinking.length } };
  };
}

const TAGS = /<\/?[\p{L}_][\p{L}_ -]{2,40}>/u;
const UNCLEAN =
  /\b(?:plan-(?!missing)|thought-|tag-|own-name|other-speaker|stop-token|json-reply|heading-reply|noise)/u;
