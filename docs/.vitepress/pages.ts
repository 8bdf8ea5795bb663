/** What stands at the side of every page: a group of pages, each with its path without `.md`. */
export type Group = {
  readonly text: string;
  readonly collapsed?: true;
  readonly items: readonly { readonly text: string; readonly link: string }[];
};

function group(text: string, pages: Readonly<Record<string, string>>, collapsed?: true): Group {
  const items = Object.entries(pages).map(([path, title]) => ({ text: title, link: `/${path}` }));
  return { text, items, ...(collapsed ? { collapsed } : {}) };
}

/** Every page of the site. A test holds that none is missing. */
export const PAGES: readonly Group[] = [
  group('Begin', {
    'guide/play': 'Play in a minute',
    'guide/your-server': 'Bring it to your server',
    'guide/how-it-works': 'How it works',
    'guide/troubleshooting': 'Troubleshooting',
  }),
  group('For you', {
    'guide/players': 'Players',
    'guide/moderators': 'Moderators',
    'guide/card-authors': 'Card authors',
    'guide/researchers': 'Researchers',
    games: 'Game developers',
    mcp: 'Agents',
  }),
  group('Playing', {
    commands: 'Commands',
    'group-scenes': 'Who knows what',
    'local-stage': 'The local stage',
    'discord-setup': 'On Discord',
    cli: 'The command line',
    settings: 'Settings',
    choices: 'Choices that count',
    continuity: 'Continuity',
    'best-of': 'Best of several',
  }),
  group('Moderating', {
    moderation: 'Presets and settings',
    'moderation-log': 'The log',
    safety: 'Safety',
    privacy: 'Privacy',
    'privacy-policy-template': 'A privacy policy',
    'discord-faults': 'What Discord refuses',
  }),
  group('Characters', {
    characters: 'Cards and scenes',
    authoring: 'Writing on Discord',
    enrich: 'Enriching a card',
    lore: 'Lore',
    chats: 'Chats',
  }),
  group('Running it', {
    models: 'Models',
    costs: 'Costs',
    storage: 'Storage',
    operating: 'Operating',
    scaling: 'Many machines',
    security: 'Security',
    reliability: 'Reliability',
    performance: 'Performance',
  }),
  group('Under the hood', {
    format: 'The turn format',
    protocol: 'The stage protocol',
    her: 'HER, row by row',
    dependencies: 'Dependencies',
    translating: 'Translating',
    'test-doubles': 'Test doubles',
    'mutation-testing': 'Mutation testing',
  }),
  group(
    'The lab',
    {
      judge: 'The judge',
      principles: 'Principles',
      benchmarks: 'Benchmarks',
      training: 'Training',
      'lab-eval': 'Measuring',
      'lab-selfplay': 'Self-play',
      'lab-judge': 'Judging files',
      'lab-synth': 'Synthesis',
      'lab-data-forms': 'Forms of data',
      'lab-gates': 'Quality gates',
      'lab-export': 'Export',
      'lab-check': 'Checks',
      'lab-reward': 'The reward server',
    },
    true,
  ),
];
