import { isDeepStrictEqual } from 'node:util';
import { wordsOf } from '../checks/words.ts';
import type { Window } from '../prompt-parts.ts';
import type { Conversation, Turn } from '../record/conversation.ts';
import { isWorld, segmentsOf, speakersOf } from '../record/views.ts';
import { SAMPLE } from '../sample.ts';
import { type Reject, type Step, type StepTools, sideBySide } from '../step.ts';
import { type Answered, askTurns, SAMPLING, thinkWindows } from './ask-turns.ts';
import { type Mind, mindOf, type ThinkFault } from './check-turn.ts';
import { lookAlike } from './look-alike.ts';
import { shapeCounts } from './think-counts.ts';
import { type AskedTurn, thinkRequest } from './think-prompt.ts';

/**
 * Role-thinking enhancement (her-spec 6.2): each character’s turns are given its thoughts, asked for from its own
 * view, so that nobody’s thought can hold another’s. A turn that cannot be used is asked for once more, and then
 * stays as it was; one that can be used and is built like its neighbours is asked for once more too, and stays as it
 * was written first where the second is no better.
 */
export const thinkStep: Step = {
  name: 'think',
  title: 'adding thoughts',
  roles: ['teacher'],
  prompts: { request: sampleText() },
  settings: { 'rules of think': 3, ...SAMPLING },
  async work(record, tools) {
    const parts = speakersOf(record).flatMap((name): Part[] => {
      const windows = thinkWindows(record, name, tools.model('teacher'));
      const mind = mindOf(record, name);
      return windows.map((window) => ({ name, mind, window }));
    });
    // All first answers come before any second question: which turns are alike, only all of them show.
    const first = await sideBySide(parts.map((part) => ask(part, wanted(part.window), tools)));
    const texts = new Map(first.flatMap((one) => [...one.texts]));
    const faults = new Map(first.flatMap((one) => one.faults.map(({ turn, fault }) => [turn, fault])));
    const alike = lookAlike(withTexts(record, texts));

    const again = parts.map(({ window }) => faulty(window, faults, alike));
    const second = await sideBySide(parts.map((part, at) => ask(part, again[at] ?? [], tools)));
    for (const one of second) for (const [turn, text] of one.texts) texts.set(turn, text);

    const after = withTexts(record, texts);
    const rejects = [...unclear(record), ...second.flatMap((one, at) => lost(one, texts, parts[at]?.name))];
    const changed = record.turns.filter((turn) => texts.has(turn.id) && texts.get(turn.id) !== turn.text);
    const enhanced = changed.filter((turn) => hasOtherWords(turn, texts.get(turn.id) ?? '', record)).length;
    const isHard = ({ turn }: AskedTurn) => faults.has(turn);
    return {
      record: after,
      rejects,
      counts: {
        turns: record.turns.filter((turn) => !isWorld(turn)).length,
        enhanced,
        'mended in form': changed.length - enhanced,
        unchanged: texts.size - changed.length,
        'kept as they were': rejects.length,
        'asked again': again.flat().filter(isHard).length,
        'asked again for variety': again.flat().filter((one) => !isHard(one)).length,
        ...shapeCounts(record, after),
      },
    };
  },
};

/** Some turns of a character, and what they are held against. */
type Part = { readonly name: string; readonly mind: Mind; readonly window: Window };

async function ask({ name, mind, window }: Part, asked: readonly AskedTurn[], tools: StepTools) {
  if (asked.length === 0) return NOTHING;
  return askTurns(mind, name, window, asked, tools);
}

const NOTHING: Answered = { texts: new Map(), faults: [] };

function wanted({ turns }: Window): AskedTurn[] {
  return turns.map((turn) => ({ turn }));
}

function faulty({ turns }: Window, ...found: readonly ReadonlyMap<number, ThinkFault>[]): AskedTurn[] {
  return turns.flatMap((turn) => {
    const fault = found.map((faults) => faults.get(turn)).find((one) => one !== undefined);
    return fault ? [{ turn, fault }] : [];
  });
}

/** What still cannot be used, unless the first answer could. */
function lost({ faults }: Answered, texts: ReadonlyMap<number, string>, name = ''): Reject[] {
  return faults.flatMap(({ turn, fault }) =>
    texts.has(turn) ? [] : [{ why: fault, turn, character: name }],
  );
}

/** Turns whose layers cannot be told apart: nobody is asked for them. */
function unclear(record: Conversation): Reject[] {
  return record.turns.flatMap((turn) =>
    isWorld(turn) || segmentsOf(turn, record).length > 0
      ? []
      : [{ why: 'layers-unclear', turn: turn.id, character: turn.speaker }],
  );
}

function withTexts(record: Conversation, texts: ReadonlyMap<number, string>): Conversation {
  return { ...record, turns: record.turns.map((turn) => withText(turn, texts.get(turn.id))) };
}

function withText(turn: Turn, text: string | undefined): Turn {
  if (text === undefined || text === turn.text) return turn;
  return { ...turn, text, original: turn.original ?? turn.text };
}

/** Whether more was done than to take away a full stop or a blank. */
function hasOtherWords(turn: Turn, text: string, record: Conversation): boolean {
  const layers = (words: string) =>
    segmentsOf({ ...turn, text: words }, record).map(({ kind, text: some }) => [kind, ...wordsOf(some)]);
  return !isDeepStrictEqual(layers(turn.text), layers(text));
}

/** The request for a sample, so that every change of its words is seen. */
function sampleText(): string {
  const [window] = thinkWindows(SAMPLE, 'Perran Hale', { contextSize: 32_000 });
  const lines = window?.lines ?? [];
  const request = thinkRequest(SAMPLE, 'Perran Hale', { lines }, [{ turn: 1, fault: 'too-long' }], SAMPLING);
  return request.messages.map(({ role, content }) => `[${role}]\n${content}`).join('\n\n');
}
