// What the rankings are worth on each kind of judged query: a mean over all hides how much hangs on their mixture.
import { at, element, fill, number } from './dom.js';

export function showKinds(rows) {
  const kinds = Object.entries(Object.groupBy(rows, row => row.kind)).sort(([one], [other]) => one.localeCompare(other));
  if (kinds.length < 2) return;
  const mean = (some, side) => number(some.reduce((sum, row) => sum + row[side], 0) / some.length, 3);
  const line = (tag, cells) => element('tr', '', ...cells.map(cell => element(tag, '', cell)));
  fill(at('kinds'), element('table', 'kinds', element('caption', '', 'nDCG@10 by kind of judged query'),
    element('thead', '', line('th', ['queries', 'words', 'meaning', 'fused'])),
    element('tbody', '', ...kinds.map(([kind, some]) => line('td',
      [`${kind} (${some.length})`, mean(some, 'words'), mean(some, 'meaning'), mean(some, 'fused')])))));
}
