import type { WireDraft } from '../wire-shapes.ts';
import { type Child, el } from './dom.ts';

type Usage = Omit<NonNullable<WireDraft['usage']>, 'model'> & { readonly msToVisible?: number };
type Part = { readonly kind: string; readonly share: number };

/**
 * What a turn took, in words and as two bars: tokens in and out; and the time it was waited for, was planned and thought
 * while nothing of it could be seen (where that is known), and was written.
 */
export function usageBars(usage: Usage): Child {
  const { promptTokens, cachedTokens, completionTokens, msToFirst, msToLast } = usage;
  const msToVisible = usage.msToVisible ?? msToFirst;
  const cached = Math.min(cachedTokens, promptTokens);
  const inWords = cached > 0 ? `${promptTokens} tokens in (${cached} cached)` : `${promptTokens} tokens in`;
  const visible = usage.msToVisible === undefined ? '' : ` · to be seen after ${seconds(msToVisible)}`;
  return el(
    'div',
    { class: 'xray-row usage' },
    el('h3', {}, 'Usage'),
    el('p', {}, `${inWords} · ${completionTokens} out`),
    bar('tokens', [
      { kind: 'cached', share: cached },
      { kind: 'prompt', share: promptTokens - cached },
      { kind: 'completion', share: completionTokens },
    ]),
    el('p', {}, `first after ${seconds(msToFirst)}${visible} · last after ${seconds(msToLast)}`),
    bar('time', [
      { kind: 'waited', share: msToFirst },
      { kind: 'unseen-yet', share: Math.max(0, msToVisible - msToFirst) },
      { kind: 'written', share: Math.max(0, msToLast - msToVisible) },
    ]),
  );
}

/** The words beside it say the same, so it is for the eye alone. */
function bar(of: string, parts: readonly Part[]): HTMLElement {
  return el('div', { class: `usage-bar ${of}`, 'aria-hidden': 'true' }, ...parts.map(partElement));
}

function partElement({ kind, share }: Part): HTMLElement {
  const element = el('i', { class: kind });
  // Not as an attribute: the page's policy lets in no style that was not known before.
  element.style.setProperty('flex-grow', String(share));
  return element;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
