// What the model makes of a query: each of its words with the terms that the model adds for it.
import { at, bar, element, fill, number } from './dom.js';

const shownPerWord = 8;

export function showExpansion(terms, modelName) {
  const groups = new Map();
  for (const term of terms) {
    const word = (term.word ?? '').toLowerCase();
    if (!groups.has(word)) groups.set(word, []);
    groups.get(word).push(term);
  }
  const most = Math.max(...terms.map(term => term.weight), 0.01);
  const title = element('h2', '', 'What the model makes of the query');
  title.id = 'expansion-title';
  at('expansion').hidden = terms.length === 0;
  fill(at('expansion'), title,
    element('p', 'muted', `${modelName} weighs the words that you typed and adds related ones. A document that has many of them ranks high.`
      + (terms.some(term => term.term.includes('…')) ? ' A word that it doesn’t know stands in pieces, such as …ing.' : '')),
    element('div', 'words', ...[...groups].map(([word, all]) => group(word, all, most))));
}

function group(word, terms, most) {
  const rest = terms.length - shownPerWord;
  return element('div', 'word', element('h3', '', word || 'the query as a whole'),
    element('ul', 'bars', ...terms.slice(0, shownPerWord).map(term => bar(
      term.term, term.weight / most, number(term.weight), term.typed ? 'typed' : 'expansion'))),
    rest > 0 ? element('p', 'muted', `and ${rest} lighter`) : null);
}
