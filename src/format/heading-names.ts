import { tagNameOf } from './layer-names.ts';

/** What stands under a heading. */
export type HeadingLayer = 'plan' | 'musing' | 'thought' | 'action' | 'reply';

// Words that say what a section holds, as `tagNameOf` gives them; English, then German, Spanish, French,
// Italian, Portuguese.
const SURE: ReadonlyMap<string, HeadingLayer> = byName({
  plan: `systemthinking systemthought systemthoughts thinkingprocess thoughtprocess mythoughtprocess
    hereismythoughtprocess chainofthought internalreasoning hiddenreasoning
    systemdenken denkprozess gedankengang`,
  musing: 'thinking thought thoughts',
  thought: `rolethinking rolethought rolethoughts innerthought innerthoughts innerthinking innermonologue
    innervoice internalthought internalthoughts internalmonologue privatethoughts hiddenthoughts secretthoughts
    gedanken inneregedanken rollendenken rollengedanken innerermonolog innerestimme
    pensamientos pensamientosinternos monólogointerior pensées penséesintérieures monologueintérieur
    pensieri pensieriinteriori monologointeriore pensamentos pensamentosinternos`,
  action: 'roleaction roleactions',
  reply: `rolespeech roleplayresponse roleplayreply hereismyresponse incharacterresponse incharacterreply
    finalresponse finalanswer`,
});

// What anybody may say: only trusted where markdown marks the line as a heading, or the reply has shown that it
// is written under headings.
const UNSURE: ReadonlyMap<string, HeadingLayer> = byName({
  plan: 'analysis reasoning reflection planning plan strategy notes überlegung überlegungen',
  thought: 'thinks feelings emotion emotions monologue mind monolog gefühle',
  action: 'action actions gesture handlung handlungen aktion acción azione ação',
  reply: `response reply answer output roleplay dialogue dialog speech spoken says
    antwort rede respuesta réponse risposta resposta diálogo`,
});

function byName(words: Readonly<Partial<Record<HeadingLayer, string>>>): ReadonlyMap<string, HeadingLayer> {
  return new Map(
    Object.entries(words).flatMap(([layer, names]) =>
      names.split(/\s+/).map((name): [string, HeadingLayer] => [tagNameOf(name), layer as HeadingLayer]),
    ),
  );
}

/**
 * The layer that a name from `tagNameOf` stands for.
 *
 * @param unsureToo words that anybody may say count as well
 */
export function layerOfName(name: string, unsureToo: boolean): HeadingLayer | undefined {
  return SURE.get(name) ?? (unsureToo ? UNSURE.get(name) : undefined);
}

/**
 * How the names of layers end that need neither a sign nor a colon, as the source of a pattern: a line that ends so and
 * holds nothing else is worth the look whether it is a heading.
 */
export const LAYER_ENDING =
  '(?:thinking|thoughts?|reasoning|process|monolog(?:ue)?|voice|actions?|speech|response|reply|answer' +
  '|denken|gedanken|gedankengang|prozess|stimme|pensam[ie]{1,2}ntos|pens[ée]es|pensieri|int[eé]ri(?:o|eu)r[ei]?s?|internos)';
