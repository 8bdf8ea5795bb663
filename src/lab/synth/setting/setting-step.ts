import { type Conversation, SHEET_FIELDS } from '../record/conversation.ts';
import { publicSheetOf, scenarioOf } from '../record/setting-of.ts';
import { speakersOf } from '../record/views.ts';
import { SAMPLE } from '../sample.ts';
import { type Step, sideBySide } from '../step.ts';
import { askAdditions, type Done, MOST_ADDITIONS, SAMPLING } from './ask-additions.ts';
import { passageFor, sourceOf } from './passage.ts';
import { type AskedAgain, settingRequest } from './setting-prompt.ts';
import { tellsOf } from './tells-of.ts';
import { withAdditions } from './with-additions.ts';

const CHARS_PER_TOKEN = 3;
/** What a prompt needs beside the passage. Characters. */
const BESIDE_PASSAGE = 22_000;
const LEAST_PASSAGE = 4000;

/**
 * Setting completion (her-spec 6.4): what the turns show, the setting lacks and the passage says is added to sheets
 * and scenario, each with its quotation; what was there stays as it was, at the head. A conversation without a
 * passage goes on as it is.
 */
export const settingStep: Step = {
  name: 'setting',
  title: 'completing settings',
  roles: ['teacher'],
  prompts: { character: sampleText('Perran Hale'), scenario: sampleText(undefined) },
  settings: { 'rules of setting': 3, 'additions to a part': MOST_ADDITIONS, ...SAMPLING },
  async work(record, tools) {
    if (record.passage.trim() === '') return { record, rejects: [], counts: { 'without a passage': 1 } };
    const source = sourceOf(record);
    const speakers = speakersOf(record);
    const room = (tools.model('teacher').contextSize - SAMPLING.maxTokens) * CHARS_PER_TOKEN - BESIDE_PASSAGE;
    const passage = passageFor(record.passage, speakers, Math.max(LEAST_PASSAGE, room));
    const asked = await sideBySide(
      [undefined, ...speakers].map((name) => askAdditions(record, name, source, passage, tools)),
    );
    const done = withoutLeaks(record, asked);
    const all = done.flatMap(({ added }) => added);
    const sum = (which: keyof Done['counts']) => done.reduce((total, { counts }) => total + counts[which], 0);
    return {
      record: all.length === 0 ? record : withAdditions(record, done),
      rejects: done.flatMap(({ rejects }) => rejects),
      counts: {
        asked: done.length,
        added: all.length,
        ...Object.fromEntries(
          [...SHEET_FIELDS, 'scenario'].map((field) => [
            `added to ${field}`,
            all.filter((one) => one.field === field).length,
          ]),
        ),
        'asked again': sum('again'),
        restated: sum('restated'),
        'settings completed': all.length > 0 ? 1 : 0,
      },
    };
  },
};

/**
 * What one is now given to keep to itself may stand in the answer about another, or in a part that everybody
 * reads: each answer was checked before anyone knew.
 */
function withoutLeaks(record: Conversation, done: readonly Done[]): readonly Done[] {
  const known = [scenarioOf(record), ...record.characters.map(publicSheetOf)].join('\n');
  const kept = (which: (name: string | undefined) => boolean) =>
    done
      .filter(({ name }) => which(name))
      .flatMap(({ added }) => added.filter(({ field }) => field === 'motivation').map(({ text }) => text))
      .join('\n');
  return done.map((one) => {
    const [ofAll, ofOthers] = [kept(() => true), kept((name) => name !== one.name)];
    const isLeak = ({ field, text }: Done['added'][number]) =>
      tellsOf(
        text,
        field === 'profile' || field === 'description' || field === 'scenario' ? ofAll : ofOthers,
        known,
      );
    const leaks = one.added.filter(isLeak);
    if (leaks.length === 0) return one;
    return {
      ...one,
      added: one.added.filter((each) => !isLeak(each)),
      rejects: [
        ...one.rejects,
        ...leaks.map(({ text }) => ({
          why: 'setting-gives-away',
          detail: text,
          ...(one.name === undefined ? {} : { character: one.name }),
        })),
      ],
    };
  });
}

/** The request for a sample, so that every change of its words is seen. */
function sampleText(name: string | undefined): string {
  const again: AskedAgain[] = [{ add: 'He is brave.', fault: 'unsupported' }];
  const request = settingRequest(SAMPLE, name, SAMPLE.passage, again, SAMPLING);
  return request.messages.map(({ role, content }) => `[${role}]\n${content}`).join('\n\n');
}
