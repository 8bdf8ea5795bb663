import { html, raw } from 'hono/html';
import type { VisibleSegment } from '../../format/segments.ts';
import { ORIGIN_MARK } from '../../scene/origin.ts';
import { dayWords, directionWords, type KeepsakePart, partsOf, speakerName } from './beat-words.ts';
import { cutText } from './cut-text.ts';
import type { Keepsake, KeepsakeBeat, KeepsakeMember } from './keepsake.ts';
import { KEEPSAKE_STYLE, VOICES } from './keepsake-style.ts';

/** As much of a public sheet as stands beside a name. */
const SHEET_CHARS = 280;

type Markup = ReturnType<typeof html>;

/** The look of a voice: a colour of its own for each of the cast, none for anyone else. */
type Voices = ReadonlyMap<string, string>;

/**
 * The scene as a play: one document that runs nothing and asks nothing of any other address. Thoughts
 * are behind a switch, each of them and all at once; without any there is no switch.
 */
export function renderKeepsakeHtml(keepsake: Keepsake): string {
  const { title, setting, cast, players, at, ended, beats, thoughts } = keepsake;
  const voices: Voices = new Map(cast.map(({ id }, i) => [id, `v${i % VOICES}`]));
  const parts = partsOf(beats).map((part) => partMarkup(part, keepsake, voices));
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="${ORIGIN_MARK}" content="${keepsake.origin}">
<title>${title}</title>
<style>${raw(KEEPSAKE_STYLE)}</style>
</head>
<body>
${thoughts?.size ? switchMarkup() : ''}<main>
<header>
<p class="day">${dayWords(at)}</p>
<h1 dir="auto">${title}</h1>
${setting ? html`<p class="setting" dir="auto">${setting}</p>\n` : ''}</header>
${cast.length > 0 ? castMarkup(cast, voices) : ''}
${players.length > 0 ? html`<p class="players">Played with <bdi>${listWords(players)}</bdi></p>` : ''}
<div class="ornament" aria-hidden="true">❦</div>
<section class="play" aria-label="The scene">
${parts}</section>
<footer>
<p class="curtain">${ended ? 'Curtain' : 'The scene goes on'}</p>
<p>Played with Dramatis: characters who think before they speak.</p>
</footer>
</main>
</body>
</html>
`;
  return String(document);
}

function switchMarkup(): Markup {
  return html`<input type="checkbox" id="minds"><label for="minds" class="switch"><span aria-hidden="true">💭</span> What they thought</label>
`;
}

function castMarkup(cast: readonly KeepsakeMember[], voices: Voices): Markup {
  return html`<section class="cast" aria-labelledby="persons">
<h2 id="persons">Persons of the scene</h2>
<ul>
${cast.map(
  (
    member,
  ) => html`<li class="${voices.get(member.id) ?? ''}">${portraitMarkup(member)}<div><b dir="auto">${member.name}</b>
<span dir="auto">${cutText(member.sheet, SHEET_CHARS)}</span></div></li>
`,
)}</ul>
</section>`;
}

function portraitMarkup({ name, portrait }: KeepsakeMember): Markup {
  if (!portrait) return html`<i class="face" aria-hidden="true">${firstLetter(name)}</i>`;
  const data = Buffer.from(portrait.bytes).toString('base64');
  return html`<img class="face" alt="" src="data:${portrait.mime};base64,${data}">`;
}

function partMarkup(part: KeepsakePart, keepsake: Keepsake, voices: Voices): Markup {
  if (part.type === 'day') return html`<p class="day break">${dayWords(part.at)}</p>\n`;
  if (part.type === 'place') {
    return part.place === undefined
      ? html`<h2 class="place">Back on the main stage</h2>\n`
      : html`<h2 class="place" dir="auto">${part.place}</h2>\n`;
  }
  const { beat } = part;
  return beat.kind === 'line'
    ? lineMarkup(beat, keepsake.thoughts?.get(beat.n) ?? [], voices)
    : html`<p class="told ${beat.kind}" dir="auto">${directionWords(beat)}</p>\n`;
}

function lineMarkup(beat: KeepsakeBeat, thoughts: readonly string[], voices: Voices): Markup {
  const name = speakerName(beat);
  const voice = voices.get(beat.speaker?.id ?? '') ?? '';
  return html`<article class="line ${voice}">
<p class="who" dir="auto">${name}</p>
<div>${thoughts.length > 0 ? thoughtMarkup(beat.n, name, thoughts) : ''}<p class="said" dir="auto">${beat.segments.map(
    segmentMarkup,
  )}</p></div>
</article>
`;
}

// Before what was said: they think before they speak.
function thoughtMarkup(n: number, name: string, thoughts: readonly string[]): Markup {
  return html`<input type="checkbox" class="peek" id="mind-${n}"><label for="mind-${n}" title="What was thought"><span aria-hidden="true">💭</span><span class="spoken">What ${name} thought</span></label>
<blockquote class="thought" dir="auto">${thoughts.map((text) => html`<p>${text}</p>`)}</blockquote>
`;
}

function segmentMarkup({ kind, text }: VisibleSegment, i: number): Markup {
  const space = i === 0 ? '' : ' ';
  return kind === 'action' ? html`${space}<i>${text}</i>` : html`${space}${text}`;
}

function listWords(names: readonly string[]): string {
  return new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(names);
}

function firstLetter(name: string): string {
  const word = name.replace(/^(mr|mrs|ms|miss|dr|sir|lady|lord|old)\.?\s+/i, '');
  return (Array.from(word)[0] ?? '?').toUpperCase();
}
