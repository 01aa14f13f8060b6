// What the rankings are worth on each kind of judged query, and queries that show most.
import { at, button, element, fill, number } from './dom.js';

export function showKinds(kinds, about) {
  const line = (tag, cells) => element('tr', '', ...cells.map(cell => element(tag, '', cell)));
  const named = ({ kind, queries }) => element('span', '', `${kind} (${queries})`, about?.[kind] ? element('small', '', ` ${about[kind]}`) : null);
  fill(at('kinds'), kinds.length < 2 ? null : element('table', 'kinds', element('caption', '', 'nDCG@10 by kind of judged query'),
    element('thead', '', line('th', ['queries', 'words', 'meaning', 'fused'])),
    element('tbody', '', ...kinds.map(kind => line('td',
      [named(kind), ...[kind.words, kind.meaning, kind.fused].map(worth => number(worth, 3))])))));
}

export function showTries(examples, open) {
  fill(at('tries'), 'Where they differ most, common words such as “its” aside: ', ...examples.map(({ query, gain }) => button(
    gain < 0 ? 'try worse' : 'try better', () => open(query), query, element('small', '', gain < 0 ? ' words win' : ' meaning wins'))));
}
