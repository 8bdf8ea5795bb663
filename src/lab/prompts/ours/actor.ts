import type { CoserScene } from '../../coser/scene.ts';
import type { ActorTexts } from '../scene-prompts.ts';
import { recordText, recordWords } from './record-text.ts';

/**
 * The system prompt of a character: the sections of the evaluators and their order (her-spec 3.1), which
 * HER’s weights were trained on; the sentences are ours.
 */
export function actorPrompt(scene: CoserScene, name: string, options: ActorTexts): string {
  const { profiles, motivation } = options;
  const who = recordWords(name);
  const others = [...profiles]
    .filter(([other]) => other !== name)
    .map(([other, profile]) => `${recordWords(other)}: ${recordText(profile, scene)}`);
  return [
    `You are ${who} from ${recordWords(scene.book)}.`,
    section(`===${who}'s Profile===`, recordText(profiles.get(name) ?? '', scene)),
    section('===Current Scenario===', recordText(scene.scenario, scene)),
    section('===Information about the other Characters===', others.join('\n\n')),
    section('===Your Inner Thoughts===', recordText(motivation, scene)),
    section('===Requirements===', requirements(who, options)),
  ]
    .filter(Boolean)
    .join('\n\n');
}

function section(heading: string, text: string): string {
  return text && `${heading}\n${text}`;
}

function requirements(who: string, { dialect, plan, thoughts }: ActorTexts): string {
  const form = dialect === 'coser' ? bracketForm(thoughts) : tagForm(who, plan, thoughts);
  return [
    `${who} alone is yours. Write the next turn of ${who} and end there: no line for anybody else, no name with a colon.`,
    form,
    'Speak as people speak, and keep the turn short: a few sentences. Thinking is never seen or heard by the others.',
  ].join('\n');
}

function bracketForm(thoughts: boolean): string {
  return [
    'A turn is made of what is said and done.',
    thoughts ? '[Square brackets] hold a thought that nobody else can hear.' : '',
    '(Round brackets) hold what the others see being done. All else is said aloud.',
    `Example: ${thoughts ? `[${THOUGHT}] ` : ''}(${ACT}) ${SPEECH}`,
  ]
    .filter(Boolean)
    .join(' ');
}

function tagForm(who: string, plan: boolean, thoughts: boolean): string {
  const parts = [
    thoughts && 'first-person thoughts between <role_thinking> and </role_thinking>',
    'visible acts between <role_action> and </role_action>',
    'spoken words without any tag',
  ].filter(Boolean);
  const play = `${parts.join(', ')}; in any order, as often as needed.`;
  const turn = `${thoughts ? `<role_thinking>${THOUGHT}</role_thinking>` : ''}<role_action>${ACT}</role_action>${SPEECH}`;
  if (!plan) return `A turn is made of ${play}\nExample: ${turn}`;
  return [
    'A turn has two parts, in this order:',
    `1. System thinking: one block between <system_thinking> and </system_thinking>, in which you consider in the third person how ${who} should come across now.`,
    `2. Role-play response: ${play}`,
    `Example: <system_thinking>${PLAN}</system_thinking>${turn}`,
  ].join('\n');
}

// The same turn in either form, so that they differ in nothing else.
const PLAN = 'Perran smells money and trouble. He would show neither: a short answer, no look up.';
const THOUGHT = 'He came by the marsh, then.';
const ACT = 'goes on coiling the rope';
const SPEECH = 'Tide’s wrong till four.';
