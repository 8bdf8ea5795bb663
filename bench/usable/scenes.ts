import { fileURLToPath } from 'node:url';
import { blankCharacter } from '../../src/cast/blank-character.ts';
import { openLibrary } from '../../src/cast/library/library.ts';
import type { Library } from '../../src/cast/library/library-api.ts';
import type { SceneScript } from '../../src/cast/scene-script.ts';
import { smallLibrary } from '../../test/support/small-library.ts';
import type { Language } from './language.ts';

export type PlayedScene = {
  readonly script: SceneScript;
  readonly language: Language;
  readonly library: Library;
};

/** The scenes that ship, in English, and two of our own in German. */
export async function playedScenes(): Promise<readonly PlayedScene[]> {
  const folder = fileURLToPath(new URL('../../characters', import.meta.url));
  const shipped = await openLibrary({ shippedDir: folder });
  const english = shipped.scenes().map((script) => ({ script, language: 'en' as const, library: shipped }));
  const german = GERMAN.map((script) => ({
    script,
    language: 'de' as const,
    library: smallLibrary([...PEOPLE], [...GERMAN]),
  }));
  return [...english, ...german];
}

function person(id: string, name: string, publicSheet: string, description: string, examples: string[]) {
  return { ...blankCharacter(id, name), publicSheet, description, examples };
}

const PEOPLE = [
  person(
    'wirtin',
    'Hanne Brook',
    'Hanne Brook, Wirtin des Gasthofs am Siel, um die fünfzig, mit aufgekrempelten Ärmeln.',
    'Hanne führt den Gasthof seit dem Tod ihres Mannes. Sie redet wenig und rechnet schnell. Im Keller versteckt sie ihren Bruder vor dem Landvogt.',
    [
      '<role_thinking>Schon wieder einer, der fragt</role_thinking><role_action>wischt über den Tresen</role_action>Ein Zimmer kostet drei Taler, Herr. Im Voraus.',
      'Der Wind kommt von Westen. Vor morgen fährt hier niemand.',
    ],
  ),
  person(
    'faehrmann',
    'Jannes Holt',
    'Jannes Holt, Fährmann, hager, mit einer Pfeife, die nie brennt.',
    'Jannes fährt die Fähre über das Siel. Er hat in der Nacht ein Licht im Keller gesehen und überlegt, was ihm das Schweigen einbringt.',
    [
      '<role_action>klopft die Pfeife aus</role_action>Bei dem Wasserstand fahre ich nicht. Nicht für Geld.',
      '<role_thinking>Sie sieht zur Kellertür</role_thinking>Ich habe Zeit. Ich höre gern zu.',
    ],
  ),
  person(
    'botin',
    'Grete Lind',
    'Grete Lind, Botin des Landvogts, jung, durchnässt, mit einer ledernen Tasche.',
    'Grete trägt einen versiegelten Brief bei sich, den sie nicht abgeben will, weil sie weiß, was darin steht.',
    [
      '<role_action>hält die Tasche fest</role_action>Ich suche nur ein Bett für die Nacht.',
      '<role_thinking>Wenn er den Brief liest, ist es vorbei</role_thinking>Das ist eine Rechnung, weiter nichts.',
    ],
  ),
];

const COMMON = {
  tagline: '',
  player: { name: 'Der Reisende', sheet: 'Ein Fremder auf dem Weg nach Norden.' },
  secrets: {},
  chips: [],
  ways: {},
};

const GERMAN: readonly SceneScript[] = [
  {
    ...COMMON,
    id: 'gasthof-am-siel',
    title: 'Der Gasthof am Siel',
    setting:
      'Die Gaststube am Siel, ein Abend im November. Sturm vor den Läden, ein Feuer im Kamin, und die Fähre fährt heute nicht mehr.',
    cast: ['wirtin', 'faehrmann', 'botin'],
    opening: [
      { narrator: 'Der Wind drückt gegen die Läden. Im Kamin fällt ein Scheit um.' },
      {
        speaker: 'wirtin',
        turn: '<role_thinking>Hoffentlich bleibt er unten still</role_thinking><role_action>stellt einen Krug auf den Tisch</role_action>Trinkt, solange er warm ist.',
      },
      {
        speaker: 'faehrmann',
        turn: '<role_action>sieht zur Kellertür</role_action>Hier zieht es heute, Hanne.',
      },
    ],
  },
  {
    ...COMMON,
    id: 'die-faehre',
    title: 'Die letzte Fähre',
    setting:
      'Der Anleger der Fähre bei Tagesanbruch. Nebel über dem Wasser, ein Seil, ein Boot, und drei Leute, die hinüber wollen, bevor der Landvogt kommt.',
    cast: ['faehrmann', 'botin', 'wirtin'],
    opening: [
      { narrator: 'Nebel liegt auf dem Wasser. Irgendwo bellt ein Hund.' },
      {
        speaker: 'botin',
        turn: '<role_thinking>Er darf nicht fragen, was in der Tasche ist</role_thinking>Wann legen wir ab?',
      },
      {
        speaker: 'faehrmann',
        turn: '<role_action>prüft das Seil</role_action>Wenn ich den anderen Pfahl sehe.',
      },
    ],
  },
];
