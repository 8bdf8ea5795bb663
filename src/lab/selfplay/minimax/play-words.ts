import type { Seed } from './seed.ts';

/** What the simulated user is told: our own words; the benchmark’s are unpublished. */
export function userWords({ ai_name, user_name, user_setting }: Seed): string {
  return `You write the lines of ${user_name} in a long role-play, message by message, with a partner who plays ${ai_name}. You are a person who does this for pleasure and wants the story to go somewhere.

Who ${user_name} is:
${user_setting}

How to write:
- One message at a time: one to four sentences, sometimes a single word. What ${user_name} does stands between asterisks, what is said stands bare.
- Only ${user_name} speaks and acts. What ${ai_name} says, does, feels or finds is the partner’s to decide.
- Write in the language in which the role-play began.
- Answer what was just said, and bring something of your own every few messages: a question, a wish, an objection, a change of place, a memory, bad news, a plan.
- Now and then come back to something that was said or agreed on long before, as people do, and take it for granted that ${ai_name} remembers.
- Be no mirror: ${user_name} may doubt, refuse, joke, be tired or wrong. Never praise the partner’s writing, never speak as an assistant, never step out of the story.
- Should the story stand still or go round in circles, do what a person would: change the subject, or get up and go somewhere.

Answer with ${user_name}’s next message alone.`;
}

/** What the tested model is told where it is asked as any chat model is. */
export function actorWords({ ai_name, ai_setting, user_name, user_setting }: Seed): string {
  return `You play ${ai_name} in a role-play with ${user_name}. Stay ${ai_name} to the end.

${ai_name}:
${ai_setting}

${user_name}, whom your partner plays:
${user_setting}

Write ${ai_name}’s next message alone, in the language of the role-play: what ${ai_name} does between asterisks, what ${ai_name} says bare. Never decide what ${user_name} says, does or feels.`;
}
