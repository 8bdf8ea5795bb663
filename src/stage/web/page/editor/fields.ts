/** Whose eyes a field is for: anyone's in the scene, its own character's prompt, those who hear it said, or people's alone. */
export type Eye = 'all' | 'own' | 'said' | 'kept';

/** One field of a card, as it is edited. */
export type Field = {
  readonly path: string;
  readonly label: string;
  readonly hint?: string;
  readonly eye: Eye;
  readonly kind: 'line' | 'text' | 'her' | 'words' | 'her-list' | 'number' | 'share' | 'switch';
  /** Left out of the card while it is empty. */
  readonly optional?: true;
};

export type Section = { readonly id: string; readonly title: string; readonly fields: readonly Field[] };

const OWN = 'extensions.dramatis';

/** Example turns have a form of their own. */
export const EXAMPLES = `${OWN}.examples`;

export const SEEN: Section = {
  id: 'seen',
  title: 'Who anyone sees',
  fields: [
    { path: 'name', label: 'Name', eye: 'all', kind: 'line' },
    {
      path: 'nickname',
      label: 'Nickname',
      hint: 'What {{char}} stands for, where that is not the name.',
      eye: 'all',
      kind: 'line',
      optional: true,
    },
    {
      path: `${OWN}.aliases`,
      label: 'Other names',
      hint: 'With commas between. First and last names are found by themselves.',
      eye: 'all',
      kind: 'words',
    },
    {
      path: 'tags',
      label: 'Tags',
      hint: 'With commas between; for finding them.',
      eye: 'kept',
      kind: 'words',
    },
    {
      path: `${OWN}.public_sheet`,
      label: 'Public sheet',
      hint: 'Looks and reputation: all that others may be told of them.',
      eye: 'all',
      kind: 'text',
    },
    {
      path: 'scenario',
      label: 'Where it plays',
      hint: 'Used where a scene has no place of its own.',
      eye: 'all',
      kind: 'text',
    },
  ],
};

export const MIND: Section = {
  id: 'mind',
  title: 'Mind',
  fields: [
    { path: 'description', label: 'Description', eye: 'own', kind: 'text' },
    { path: 'personality', label: 'Personality', eye: 'own', kind: 'text' },
    {
      path: `${OWN}.motivation`,
      label: 'Motivation',
      hint: 'What they want, and would not say.',
      eye: 'own',
      kind: 'text',
    },
    {
      path: `${OWN}.background`,
      label: 'Background',
      hint: 'What lies behind them.',
      eye: 'own',
      kind: 'text',
    },
    {
      path: `${OWN}.relations`,
      label: 'Relations',
      hint: 'Whom they know, and how they stand with each other.',
      eye: 'own',
      kind: 'text',
      optional: true,
    },
    {
      path: `${OWN}.manner`,
      label: 'Manner of speech',
      hint: 'Diction, rhythm, habits.',
      eye: 'own',
      kind: 'text',
    },
    {
      path: 'extensions.depth_prompt.prompt',
      label: 'Always in mind',
      hint: 'A note that stays near the end of their prompt (a character’s note).',
      eye: 'own',
      kind: 'text',
      optional: true,
    },
  ],
};

export const LINES: Section = {
  id: 'lines',
  title: 'Lines',
  fields: [
    {
      path: 'first_mes',
      label: 'Greeting',
      hint: 'The first line of a scene without a script.',
      eye: 'said',
      kind: 'her',
    },
    {
      path: 'alternate_greetings',
      label: 'Other greetings',
      hint: 'Versions of the first line.',
      eye: 'said',
      kind: 'her-list',
    },
    {
      path: 'group_only_greetings',
      label: 'Greetings among several',
      hint: 'For scenes with more than one character.',
      eye: 'said',
      kind: 'her-list',
      optional: true,
    },
    {
      path: `${OWN}.declines`,
      label: 'Evasions',
      hint: 'A look, a gesture, an evasive word, for what no line of theirs fits. The scripted demo uses them.',
      eye: 'own',
      kind: 'her-list',
    },
  ],
};

export const FACTS: Section = {
  id: 'facts',
  title: 'Facts',
  fields: [
    { path: `${OWN}.age`, label: 'Age in years', eye: 'kept', kind: 'number', optional: true },
    {
      path: `${OWN}.adult`,
      label: 'Grown up',
      hint: 'Where no number is known.',
      eye: 'kept',
      kind: 'switch',
    },
    {
      path: `${OWN}.age_restricted`,
      label: 'For adults only',
      hint: 'Plays in places for adults only; the card must say that the character is grown up.',
      eye: 'kept',
      kind: 'switch',
    },
    {
      path: 'extensions.talkativeness',
      label: 'How readily they speak unasked',
      eye: 'kept',
      kind: 'share',
      optional: true,
    },
    { path: 'creator', label: 'Made by', eye: 'kept', kind: 'line', optional: true },
    { path: 'character_version', label: 'Version', eye: 'kept', kind: 'line', optional: true },
    {
      path: 'creator_notes',
      label: 'Notes of its maker',
      hint: 'To people. Kept, and never part of a prompt.',
      eye: 'kept',
      kind: 'text',
      optional: true,
    },
    {
      path: 'system_prompt',
      label: 'System prompt',
      hint: 'For other programs. Kept, and never part of a prompt here.',
      eye: 'kept',
      kind: 'text',
      optional: true,
    },
    {
      path: 'post_history_instructions',
      label: 'Instructions after the history',
      hint: 'For other programs. Kept, and never part of a prompt here.',
      eye: 'kept',
      kind: 'text',
      optional: true,
    },
    {
      path: 'mes_example',
      label: 'Example dialogue for other programs',
      hint: 'Read for example turns where the card has none above.',
      eye: 'kept',
      kind: 'text',
    },
  ],
};

/** What an eye is called. */
export const EYES: Readonly<Record<Eye, string>> = {
  all: 'anyone may know',
  own: 'private to them',
  said: 'said in a scene; thoughts stay theirs',
  kept: 'in no prompt',
};
