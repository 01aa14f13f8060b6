'use strict';
const at = id => document.getElementById(id);
let asked = 0;

function element(name, text, kind) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (kind) made.className = kind;
  return made;
}

async function fetchAnswer(path, values) {
  const answer = await fetch(path + '?' + new URLSearchParams(values));
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

const score = value => value === null ? 'none' : value.toFixed(2);

function showColumn(name, hits, query) {
  at(name).replaceChildren(...hits.map(hit => {
    const item = element('li', undefined, hit.relevant ? 'relevant' : '');
    const button = element('button', hit.text.slice(0, 120));
    button.append(element('small', `${hit.relevant ? 'judged relevant, ' : ''}BM25 ${score(hit.bm25)}, SPLADE ${score(hit.splade)}`));
    button.onclick = () => showWhy(query, hit.id);
    item.dataset.id = hit.id;
    item.append(button);
    return item;
  }));
  if (hits.length === 0) at(name).append(element('p', 'nothing found'));
}

function drawLines() {
  const frame = at('columns').getBoundingClientRect();
  const box = at('lines');
  box.replaceChildren();
  for (const [from, to] of [['words', 'meaning'], ['meaning', 'fused']]) {
    for (const left of at(from).querySelectorAll('li')) {
      const right = [...at(to).querySelectorAll('li')].find(item => item.dataset.id === left.dataset.id);
      if (!right) continue;
      const a = left.getBoundingClientRect(), b = right.getBoundingClientRect();
      const line = document.createElementNS('http://www.w3.org/2000/svg', 'line');
      line.setAttribute('x1', a.right - frame.left);
      line.setAttribute('y1', a.top + a.height / 2 - frame.top);
      line.setAttribute('x2', b.left - frame.left - 24);
      line.setAttribute('y2', b.top + b.height / 2 - frame.top);
      if (left.className) line.setAttribute('class', left.className);
      box.append(line);
    }
  }
}

function bar(name, value, most, expansion, shown) {
  const row = element('div', undefined, expansion ? 'bar expansion' : 'bar');
  const length = element('i');
  length.style.width = `${100 * value / most}%`;
  row.append(element('span', name), length, element('span', shown));
  return row;
}

function reasonName(reason) {
  const query = reason.query && reason.query.toLowerCase() !== reason.term ? reason.query + ' → ' : '';
  const said = reason.document && reason.document.toLowerCase() !== reason.term ? ' ← ' + reason.document : '';
  return query + reason.term + said;
}

function bars(title, reasons) {
  const all = element('div');
  const sum = reasons.reduce((total, one) => total + one.score, 0);
  all.append(element('h3', `${title}: ${sum.toFixed(2)}`));
  for (const one of reasons.slice(0, 15))
    all.append(bar(reasonName(one), one.score, reasons[0].score, one.expansion, `${Math.round(100 * one.score / sum)} %`));
  if (reasons.length > 15) all.append(element('p', `and ${reasons.length - 15} weaker ones`));
  if (reasons.length === 0) all.append(element('p', 'Nothing in common.'));
  return all;
}

async function showWhy(query, id) {
  const mine = asked;
  try {
    const why = await fetchAnswer('api/why', { q: query, id });
    if (mine !== asked) return;
    const text = element('p', undefined, 'text');
    text.append(...why.text.map(piece => element(piece.marked ? 'mark' : 'span', piece.text)));
    const typed = why.meaning.filter(one => !one.expansion), related = why.meaning.filter(one => one.expansion);
    at('why').replaceChildren(element('h2', `Why document ${id}`), text,
      bars('Meaning, words that both say', typed),
      bars('Meaning, expansions (query word → shared term ← document word)', related), bars('Words, by BM25', why.words));
    at('why').hidden = false;
    at('why').focus();
  } catch (problem) { at('status').textContent = problem.message; }
}

async function search(query) {
  const mine = ++asked;
  try {
    const found = await fetchAnswer('api/search', { q: query });
    if (mine !== asked) return;
    for (const name of ['words', 'meaning', 'fused']) showColumn(name, found[name], query);
    at('why').hidden = true;
    const most = found.expansion.length ? found.expansion[0].weight : 1;
    at('expansion').replaceChildren(element('h2', 'What the model makes of the query'),
      ...found.expansion.map(one => bar(one.term + (one.typed ? ' (typed)' : ''), one.weight, most, !one.typed, one.weight.toFixed(2))));
    at('status').textContent = `${found.judged ? 'Framed answers were judged relevant.' : 'This query has no judgements.'} `
      + `Words ${found.wordsMilliseconds.toFixed(1)} ms, meaning ${found.meaningMilliseconds.toFixed(1)} ms. `
      + found.notices.map(notice => notice + ' ').join('')
      + 'Scores have a scale of their own on each side. Open an answer to see why it is there.';
    drawLines();
  } catch (problem) { if (mine === asked) at('status').textContent = problem.message; }
}

function searchOfAddress() {
  const query = new URLSearchParams(location.search).get('q');
  if (query) { at('query').value = query; search(query); }
}

at('form').onsubmit = event => {
  event.preventDefault();
  history.pushState(null, '', '?' + new URLSearchParams({ q: at('query').value }));
  search(at('query').value);
};
window.onpopstate = searchOfAddress;
window.onresize = drawLines;
fetchAnswer('api/queries', {}).then(all => at('queries').replaceChildren(...all.map(text => {
  const option = element('option');
  option.value = text;
  return option;
})));
searchOfAddress();
