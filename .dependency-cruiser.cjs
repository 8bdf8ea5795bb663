// The arrows between the rooms: format <- scene <- cast <- {director, performer, judge} <- engine
// <- stages, lab, commands. `npm run check` holds the tree to them; a rule's comment says what to do.

/** What any room may import of rooms that are otherwise closed to it. */
const INTERFACES =
  '^src/(errors|listen|log|words/.*|model/(chat-model|embedding-model|moderation-model|model-settings)|store/(scene-store|counters|leases))[.]ts$';

/** Files that put the rooms together. */
const WIRING = '^src/(cli[.]ts$|cli/|config/)';

/** `from` may import, of our own tree, only these rooms (and the interfaces). */
function room(name, { from, to, comment }) {
  return {
    name,
    severity: 'error',
    comment,
    from: { path: from },
    to: { path: '^(src|commands|bench|test|scripts)/', pathNot: [...to, INTERFACES] },
  };
}

/** Only `from` may import this package. */
function onlyImporter(name, { from, to, comment }) {
  return {
    name,
    severity: 'error',
    comment,
    from: { path: '^(src|commands)/', pathNot: from },
    to: { path: to.map((module) => `(^|/)node_modules/${module}/`) },
  };
}

const [FORMAT, SCENE, CAST, SAFETY, ENGINE, CONFIG] = [
  'format',
  'scene',
  'cast',
  'safety',
  'engine',
  'config',
].map((name) => `^src/${name}/`);

module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      comment: 'Move what both need into a file of its own.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'core-has-no-io',
      severity: 'error',
      comment: 'format and scene are pure: they get data and return data. Only zod is allowed.',
      from: { path: '^src/(format|scene)/' },
      to: { path: '.', pathNot: ['^src/(format|scene)/', '(^|/)node_modules/zod/'] },
    },
    {
      name: 'format-knows-no-scene',
      severity: 'error',
      comment: 'scene -> format, never back.',
      from: { path: FORMAT },
      to: { path: '^src/', pathNot: FORMAT },
    },
    room('cast-is-below-who-plays-it', {
      from: CAST,
      to: [FORMAT, SCENE, CAST],
      comment: 'Cards, lore and memory know nothing of who directs or performs them.',
    }),
    room('safety-judges-words', {
      from: SAFETY,
      to: [FORMAT, CAST, SAFETY],
      comment: 'What may be said, and by whom, is worked out from text and cards alone.',
    }),
    room('players-are-strangers', {
      from: '^src/(director|performer|judge)/',
      to: [FORMAT, SCENE, CAST, '^src/$1/'],
      comment: 'Director, performer and judge meet in the engine only.',
    }),
    room('enrichment-drafts-cards', {
      from: '^src/enrich/',
      to: [FORMAT, SCENE, CAST, SAFETY, '^src/enrich/'],
      comment: 'What a card lacks is worked out from text and cards; who may ask for it is the engine’s.',
    }),
    room('engine-is-below-stages', {
      from: ENGINE,
      to: [FORMAT, SCENE, CAST, '^src/(director|performer|judge|enrich)/', SAFETY, ENGINE, CONFIG],
      comment: 'The engine speaks to stages and stores through its own interfaces (engine/stage.ts).',
    }),
    {
      name: 'stages-are-strangers',
      severity: 'error',
      comment: 'What two stages need belongs to the engine.',
      from: { path: '^src/stage/([^/]+)/' },
      to: { path: '^src/stage/', pathNot: '^src/stage/$1/' },
    },
    room('stages-translate', {
      from: '^src/stage/',
      to: [FORMAT, SCENE, CAST, SAFETY, ENGINE, CONFIG, '^src/stage/', '^commands/'],
      comment: 'A stage holds no scene state and speaks to the engine only.',
    }),
    room('commands-speak-to-the-engine', {
      from: '^commands/',
      to: [FORMAT, SCENE, CAST, SAFETY, ENGINE, CONFIG, '^commands/'],
      comment: 'A command is the same on every stage.',
    }),
    room('operations-look-on', {
      from: '^src/operations/',
      to: ['^src/operations/', CONFIG],
      comment:
        'What operators read is told to this room; it asks nothing of the others but their interfaces.',
    }),
    room('lab-drives-the-rooms', {
      from: '^src/lab/',
      to: [FORMAT, SCENE, CAST, '^src/(director|performer|judge|enrich)/', ENGINE, CONFIG, '^src/lab/'],
      comment: 'The lab adds no second engine, and needs no stage.',
    }),
    room('model-is-a-leaf', {
      from: '^src/model/',
      to: ['^src/model/', CONFIG],
      comment: 'The model room knows messages and tokens, no scenes.',
    }),
    room('store-knows-beats-only', {
      from: '^src/store/',
      to: ['^src/store/', SCENE, CONFIG],
      comment: 'The store keeps what it is given.',
    }),
    room('config-wires-nothing', {
      from: CONFIG,
      to: [CONFIG],
      comment: 'Settings are data; cli.ts makes things of them.',
    }),
    {
      name: 'model-through-its-interface',
      severity: 'error',
      comment:
        'Import src/model/chat-model.ts or embedding-model.ts; cli.ts passes in what stands behind it.',
      from: { path: '^(src|commands)/', pathNot: ['^src/model/', WIRING] },
      to: { path: '^src/model/', pathNot: INTERFACES },
    },
    {
      name: 'store-through-its-interface',
      severity: 'error',
      comment: 'Import src/store/scene-store.ts; cli.ts passes in what stands behind it.',
      from: { path: '^(src|commands)/', pathNot: ['^src/store/', WIRING] },
      to: { path: '^src/store/', pathNot: INTERFACES },
    },
    onlyImporter('only-model-imports-openai', {
      from: '^src/model/',
      to: ['openai'],
      comment: 'Elsewhere use ChatModel.',
    }),
    onlyImporter('only-store-imports-keyv', {
      from: '^src/store/',
      to: ['keyv', '@keyv', 'pg', '@redis'],
      comment: 'Elsewhere use SceneStore.',
    }),
    onlyImporter('only-the-discord-stage-imports-discord', {
      from: '^src/stage/discord/',
      to: ['discord[.]js', '@discordjs', 'discord-api-types'],
      comment: 'Commands and engine are the same on every stage.',
    }),
    onlyImporter('only-operations-import-prom-client', {
      from: '^src/(operations|lab/reward)/',
      to: ['prom-client'],
      comment: 'Elsewhere report to the log, or through an interface that is wrapped.',
    }),
    onlyImporter('only-the-mcp-server-imports-its-sdk', {
      from: '^src/cli/mcp/',
      to: ['@modelcontextprotocol'],
      comment: 'Agents join the stage as games do; the stage knows nothing of them.',
    }),
    {
      name: 'nothing-imports-the-command-line',
      severity: 'error',
      comment: 'cli.ts is where a program begins.',
      from: { path: '.', pathNot: ['^src/cli[.]ts$', '^src/cli/', '^test/'] },
      to: { path: '^src/cli([.]ts$|/)' },
    },
    {
      name: 'shipped-code-needs-no-tools',
      severity: 'error',
      comment: 'Move the package to dependencies: `npm start` installs no others.',
      from: { path: '^(src|commands)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only', 'pre-compilation-only'] },
    },
    {
      name: 'shipped-code-knows-no-tests',
      severity: 'error',
      comment: 'Tests import the code, never the other way.',
      from: { path: '^(src|commands)/' },
      to: { path: '^(test|bench|scripts)/' },
    },
    {
      name: 'all-imports-resolve',
      severity: 'error',
      comment: 'A file or package that is not there, or not in package.json.',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'packages-are-declared',
      severity: 'error',
      comment: 'Add it to package.json: what another package brings may go with it.',
      from: { path: '^(src|commands)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // An import for types only is an arrow too.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
