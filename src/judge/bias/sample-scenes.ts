import type { Candidate, JudgeContext } from '../verdict/verdict.ts';

/** A moment in a scene, and two ways to go on from it. */
export type SampleScene = {
  readonly context: JudgeContext;
  /** Plainly better than `poorer`: in character, and an answer to what was said. */
  readonly better: Candidate;
  readonly poorer: Candidate;
  /** A word in the speech of `better`, and one that says the same and is as long. */
  readonly synonym: readonly [string, string];
};

function turn(thought: string, action: string, speech: string): Candidate {
  return {
    segments: [
      { kind: 'thought', text: thought },
      { kind: 'action', text: action },
      { kind: 'speech', text: speech },
    ],
  };
}

/**
 * What the self-test asks about where nobody gives it other scenes. In half of them the poorer line is the longer
 * one: who goes by length alone cannot do well.
 */
export const SAMPLE_SCENES: readonly SampleScene[] = [
  {
    context: {
      speaker: 'Orla Venn',
      sheet:
        'Keeper of the lighthouse at Grey Point. Dry, patient, counts everything. Trusts the sea, not people.',
      setting: 'The lamp room on a night of storm. The oil is low.',
      others: [{ name: 'Pim', sheet: 'A boy of twelve from the village, soaked to the skin.' }],
      lines: [
        'Pim: <role_action>shuts the hatch behind him</role_action>The ferry has not come in. My mother is on it.',
        'Orla Venn: <role_action>looks at the gauge</role_action>We have oil for two hours, if I am mean with it.',
        'Pim: Then they will not see us after that.',
      ],
      note: '',
    },
    better: turn(
      'Two hours. The stove oil makes it three. I will be cold and that is all I will be.',
      'unhooks the can from the stove and holds it out to him',
      'Then nobody gets warm tonight. Pour slowly, Pim, and count aloud, so that I know you are still awake.',
    ),
    poorer: turn(
      'I feel sad.',
      'smiles brightly',
      'What lovely weather! I adore all people and I trust every one of them. Let us talk about something else, for example about my favourite songs, of which there are many, or about how wonderful everything is today, here and everywhere.',
    ),
    synonym: ['slowly', 'gently'],
  },
  {
    context: {
      speaker: 'Brother Anselm',
      sheet: 'The monastery’s cook, once a soldier. Gruff, kind, will not talk about the war.',
      setting: 'The kitchen before dawn.',
      others: [{ name: 'Ilse', sheet: 'A traveller with a bandaged hand.' }],
      lines: [
        'Brother Anselm: <role_action>kneads</role_action>You are up before the bells.',
        'Ilse: I dreamt of the bridge at Karr. They say that you were there.',
      ],
      note: '',
    },
    better: turn(
      'Not that bridge. Not before bread.',
      'folds the dough over, harder than it needs, and pushes half of it towards her good hand',
      'They say a great deal. Here. Like this, with the heel of the hand, until it stops fighting you.',
    ),
    poorer: turn('She asks about the bridge.', 'nods', 'As an AI language model I cannot have dreams.'),
    synonym: ['stops', 'quits'],
  },
  {
    context: {
      speaker: 'Tamsin Roe',
      sheet: 'A pickpocket of nineteen, quick and funny, who is ashamed that she cannot read.',
      setting: 'A courtroom corridor, a bench, a guard who dozes.',
      others: [{ name: 'Mr. Hale', sheet: 'A young lawyer on his first case, ink on his cuffs.' }],
      lines: [
        'Mr. Hale: Before we go in, read this and sign below. It says that you were at your aunt’s.',
        'Tamsin Roe: <role_action>holds the sheet at arm’s length</role_action>Handsome bit of paper.',
        'Mr. Hale: Is something wrong with it?',
      ],
      note: '',
    },
    better: turn(
      'If he sees me squint he will know.',
      'gives the sheet back as if it bored her',
      'Your hand is too small for my poor eyes, sir. Read it me, and make the aunt sound sober.',
    ),
    poorer: turn(
      'I read the paper carefully, all of it, every word.',
      'reads the whole page and then reads it again',
      'I have read it, and the third clause is badly drafted, and the date in the second line is wrong, and I would put a comma after the word aunt. Mr. Hale says: “You are right!” and signs it himself and falls down.',
    ),
    synonym: ['poor', 'weak'],
  },
  {
    context: {
      speaker: 'Dr. Ines Faro',
      sheet: 'Ship’s doctor on the freighter Halcyon. Precise, tired, hides worry behind small jokes.',
      setting: 'The sick bay. The captain lies on the cot; the ship hums.',
      others: [{ name: 'Captain Okoye', sheet: 'Proud and feverish. Wants to be on the bridge.' }],
      lines: [
        'Captain Okoye: <role_action>tries to sit up</role_action>Give me the shot that keeps me standing. We dock in an hour.',
        'Dr. Ines Faro: <role_action>pushes him back with one finger</role_action>See? One finger.',
        'Captain Okoye: That is an order, doctor.',
      ],
      note: '',
    },
    better: turn(
      'Thirty-nine eight. If he stands he falls, and they will all see it.',
      'writes the number on her palm and shows it to him',
      'Noted. When this says thirty-eight you may shout at me in person. Until then your mate docks her, and you begin with this glass.',
    ),
    poorer: turn('Fine.', 'does nothing', 'Okay.'),
    synonym: ['begin', 'start'],
  },
  {
    context: {
      speaker: 'Marek',
      sheet: 'A ferryman who speaks little and lies badly. Yesterday he let a fugitive cross for nothing.',
      setting: 'The river landing at noon. The rope is wet.',
      others: [{ name: 'Sergeant Dole', sheet: 'Polite, thorough, in no hurry.' }],
      lines: [
        'Sergeant Dole: A man with a red scarf. Yesterday, towards evening.',
        'Marek: <role_action>coils the rope</role_action>Many scarves.',
        'Sergeant Dole: Your book has no fare at six. But the boat was on the other side at seven.',
      ],
      note: '',
    },
    better: turn(
      'The book. I forgot the book.',
      'coils the rope a second time, the wrong way round',
      'Boats drift. The current is quick in spring.',
    ),
    poorer: turn(
      'I will tell him all of it now, since there is no reason not to.',
      'laughs, sings, dances on the landing and throws the rope into the river, then the book, then his hat',
      'Sergeant, allow me to deliver a complete account: yesterday I carried the fugitive, whose name I never heard and which is Anton Brill, across this river at six, and I also know what you told your wife this morning.',
    ),
    synonym: ['quick', 'rapid'],
  },
  {
    context: {
      speaker: 'Aunt Philippa',
      sheet: 'Runs a boarding house and everyone in it. Formal, sharp, fond of her niece and never says so.',
      setting: 'The breakfast table. A letter lies beside the toast.',
      others: [{ name: 'Nora', sheet: 'Her niece, twenty, about to leave for the city.' }],
      lines: [
        'Nora: I have taken the room, aunt. I go on Monday.',
        'Aunt Philippa: <role_action>butters toast to its very edges</role_action>Monday is laundry.',
        'Nora: I know. I am sorry about the laundry.',
      ],
      note: '',
    },
    better: turn(
      'Four days. I had thought a month.',
      'puts the toast on the girl’s plate, not her own',
      'You will want the large trunk. The small one has a hinge that I would not trust with a niece.',
    ),
    poorer: turn(
      'Toast.',
      'eats toast',
      'Toast. Toast. Toast. I like toast. Monday is laundry. Monday is laundry.',
    ),
    synonym: ['large', 'great'],
  },
];
