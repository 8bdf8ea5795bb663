import { renderHer } from '../../../format/render-her.ts';
import { visibleSegments } from '../../../format/segments.ts';
import { parseTurn } from '../../../format/turn-parser.ts';
import { contextOf } from '../../../judge/context/context-of.ts';
import type { JudgeContext } from '../../../judge/verdict/verdict.ts';
import type { ChatMessage, ChatModel } from '../../../model/chat-model.ts';
import type { Planning } from '../../../model/model-settings.ts';
import { type ActorPrompt, CHARS_PER_TOKEN, createActorPrompt } from '../../../performer/actor-prompt.ts';
import { ENVIRONMENT } from '../../../scene/beat.ts';
import type { View } from '../../../scene/view.ts';
import { weightOf } from '../../../scene/weight-of.ts';
import { createHouseViews } from '../../gca/house/house-views.ts';
import type { Conversation, Turn } from '../../synth/record/conversation.ts';
import { isWorld, segmentsOf } from '../../synth/record/views.ts';
import { castOf, type RecordPerson } from './cast-of.ts';

/** More than any record has: how long a prompt may be is seen to here, in whole turns. */
const NO_LIMIT = 1e9;

/** What can be learnt from one turn of a character. */
export type PlayedTurn = {
  readonly turn: Turn;
  /** HER text without a name. */
  readonly reply: string;
  /**
   * The messages that our bot sends before this turn to a model in HER’s layout; `cut`: turns left out at its
   * beginning, so that it weighs no more than `most`. Undefined where not even the last one fits.
   */
  prompt(
    planning: Planning,
    most: number,
  ): { readonly messages: readonly ChatMessage[]; readonly cut: number } | undefined;
  /** What a judge of the turn reads: the speaker’s own view. @param most weight of its lines */
  context(most: number): JudgeContext;
  /** The target, with a plan or without; undefined where the parser does not read it as that. */
  target(plan: string): string | undefined;
};

export type NotPlayed = {
  readonly turn: Turn;
  readonly why: 'unreadable-turn' | 'no-sheet';
};

/** Tokens of a prompt, estimated: three characters each, more for scripts that take more. */
export function tokensOf(messages: readonly Pick<ChatMessage, 'content'>[]): number {
  return Math.ceil(messages.reduce((sum, { content }) => sum + weightOf(content), 0) / CHARS_PER_TOKEN);
}

/**
 * Plays a record through the views, prompts and renderers of the bot itself: what is trained is what is
 * played. Turns of the world are none of anybody’s.
 */
export function playRecord(conversation: Conversation): {
  readonly turns: readonly PlayedTurn[];
  readonly others: readonly NotPlayed[];
} {
  const { setting, people } = castOf(conversation);
  const views = createHouseViews(people);
  const turns: PlayedTurn[] = [];
  const others: NotPlayed[] = [];
  const actors = new Map(
    people.map((person) => [person.name, actorOf(person, views.of(person.id))] as const),
  );
  let beats = 0;

  function actorOf(person: RecordPerson, view: View) {
    const { character } = person;
    if (!character) return undefined;
    const macros = { char: person.name, user: '' };
    const prompts = new Map<string, ActorPrompt>();
    const open = (planning: Planning, skipped: number) =>
      createActorPrompt({
        ...{ model: HER_MODEL, planning, temperature: 0, maxTokens: 0, loreRoom: 0 },
        head: { setting, people },
        sheet: { character, macros, secret: '', arrival: '' },
        people: { publicSheet: () => '', inOpening: () => true },
        view: skipped === 0 ? view : { ...view, entries: view.entries.slice(skipped) },
      });
    const promptOf = (planning: Planning) => {
      const known = prompts.get(planning) ?? open(planning, 0);
      prompts.set(planning, known);
      return known;
    };
    return {
      prompt(planning: Planning, before: number, most: number) {
        const build = (prompt: ActorPrompt) =>
          prompt.build({ others: [], secondTry: false, before }).messages;
        const past = view.entries.filter(({ n }) => n < before);
        let messages = build(promptOf(planning));
        let cut = 0;
        for (let over = tokensOf(messages) - most; over > 0; over = tokensOf(messages) - most) {
          const least = cut + 1;
          for (let room = over * CHARS_PER_TOKEN; cut < least || room > 0; cut += 1) {
            if (cut >= past.length - 1) return undefined;
            room -= past[cut]?.segments.reduce((sum, { text }) => sum + weightOf(text), 0) ?? 0;
          }
          messages = build(open(planning, cut));
        }
        return { messages, cut };
      },
      context: (before: number, most: number) =>
        contextOf({
          ...{ character, macros, setting, view, before, budget: most },
          others: people
            .filter(({ name, publicSheet }) => name !== person.name && publicSheet)
            .map(({ name, publicSheet: sheet }) => ({ name, sheet })),
        }),
    };
  }

  for (const turn of conversation.turns) {
    const segments = segmentsOf(turn, conversation);
    if (segments.length === 0) {
      others.push({ turn, why: 'unreadable-turn' });
      continue;
    }
    beats += 1;
    const n = beats;
    if (isWorld(turn)) {
      views.narration(
        visibleSegments(segments)
          .map(({ text }) => text)
          .join(' '),
      );
      continue;
    }
    const speaker = people.find(({ name }) => name === turn.speaker) ?? ENVIRONMENT;
    views.line(speaker, segments);
    const actor = actors.get(turn.speaker);
    if (!actor) {
      others.push({ turn, why: 'no-sheet' });
      continue;
    }
    turns.push({
      turn,
      reply: renderHer(segments),
      prompt: (planning, most) => actor.prompt(planning, n, most),
      context: (most) => actor.context(n, most),
      target: (plan) => targetOf(turn, renderHer(segments), plan, people),
    });
  }
  return { turns, others };
}

/** As HER has it: nothing between the plan and the name (her-spec 8.1). It is read back before it is believed. */
function targetOf(
  { speaker }: Turn,
  reply: string,
  plan: string,
  people: readonly { readonly name: string }[],
): string | undefined {
  const head = plan && `<system_thinking>${plan}</system_thinking>`;
  const target = `${head}${speaker}: ${reply}`;
  const others = people.map(({ name }) => name).filter((name) => name !== speaker);
  const read = parseTurn(target, { speaker: { name: speaker }, others });
  const isRight = read.usable && read.systemThinking === plan.trim() && renderHer(read.segments) === reply;
  return isRight ? target : undefined;
}

/** Nobody is asked: its profile says which layout a prompt has. */
const HER_MODEL: ChatModel = {
  ...{ name: 'her', profile: 'her', contextSize: NO_LIMIT, maxTokens: 0, temperature: 0, planning: 'full' },
  // biome-ignore lint/correctness/useYield: it is never asked
  async *stream() {
    throw new Error('the model of an export is not asked');
  },
};
