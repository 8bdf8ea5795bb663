// Words that say nothing about what a line is about.
const EMPTY = new Set(
  (
    'a about again ah all also am an and any are as at back be been before being but by can come could did do does ' +
    'done dont down else enough ever every for from get give go good got had has have he her here him his how i if ' +
    'in into is it its just know last let like little long made make many may me might mine more most much must my ' +
    'never no nobody none not nothing now of off oh old on one only or other our out over own perhaps please put ' +
    'quite rather really said say see shall she should sir so some something still such sure take tell than that ' +
    'the their them then there these they thing things think this those thought though time to too two under until ' +
    'up upon us very want was way we well were what when where which while who whom whose why will with without ' +
    'would yes yet you your yours mr mrs miss dr'
  ).split(' '),
);

/** For MiniSearch: a word in lower case, or null where it carries no subject of its own. */
export function contentWord(term: string): string | null {
  const word = term.toLowerCase().replace(/['’].*$/, '');
  return word.length < 2 || EMPTY.has(word) ? null : word;
}
