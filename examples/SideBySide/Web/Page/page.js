import { ask, at, counted, element, fill, number } from './dom.js';
import { change, closeAt, openAt, readAddress, settingsOf, state } from './state.js';
import { columnsOf, drawLines, showColumns } from './columns.js';
import { isTouched, makeControls, meaningInWords, ownOf, resetButton, showControls, tidied } from './controls.js';
import { beginMeasuring, makeMeasured, showMeasured } from './measured.js';
import { showExpansion } from './expansion.js';
import { makeMissing, refuse } from './missing.js';
import { kindsOf, showSlopes } from './slopes.js';
import { showWhy } from './why.js';

const patience = 200;
let turn = 0, timer = 0, start = null, isAsked = false;

// An answer that comes late must not replace a later one.
async function whileCurrent(work, show, failed = problem => say(problem.message)) {
  const mine = turn;
  try {
    const answer = await work();
    if (mine === turn) show(answer);
  } catch (problem) {
    if (mine === turn) failed(problem);
  }
}

const say = sentence => { at('status').textContent = sentence; };

function show() {
  turn++;
  change(tidied(state), { replaces: true });
  const all = state.view === 'all';
  if (at('why').open && !state.open) at('why').close();
  at('one').hidden = all;
  at('all').hidden = !all;
  at('skip').href = all ? '#all' : '#status';
  at('view-one').ariaCurrent = all ? 'false' : 'page';
  at('view-all').ariaCurrent = all ? 'page' : 'false';
  at('query').value = state.q;
  at('about').textContent = aboutText();
  document.title = state.q && !all ? `${state.q} · words and meaning` : 'Words and meaning, side by side';
  showControls();
  if (all) showAll();
  else showOne();
}

function aboutText() {
  const { collection, about, size, queries } = start;
  return `${about.about ?? `The collection ${collection}.`} ${counted(size.documents, 'document')} in one Lucene index, searched by BM25 and by `
    + `${ownOf(state.model).name}; ${counted(queries.length, 'query was', 'queries were')} judged. Everything runs on this computer.`;
}

function showOne() {
  beginMeasuring(whileCurrent);
  if (!state.q.trim()) {
    for (const part of ['columns', 'chooser', 'times']) fill(at(part));
    at('expansion').hidden = at('missing').hidden = true;
    showMeasured(null);
    return say('Type a query, or pick one of those above.');
  }
  say('Searching …');
  whileCurrent(() => ask('search', { q: state.q, beside: state.beside, ...settingsOf() }), found => {
    showColumns(columnsOf(found, ownOf(state.model).name, state.beside), openHit);
    at('columns').dataset.judged = found.judged;
    showMeasured(found);
    showExpansion(found.expansion, ownOf(state.model).name);
    at('missing').hidden = false;
    at('times').textContent = timesOf(found.times);
    say(sentenceOf(found));
    if (isAsked) bringIntoView();
    explain();
  });
}

// On a small screen the answers to what was asked just now would be below what can be seen.
function bringIntoView() {
  isAsked = false;
  const { top } = at('columns').getBoundingClientRect();
  if (top < 0 || top > 0.75 * innerHeight) at('status').scrollIntoView();
}

function sentenceOf(found) {
  const held = hits => hits.filter(hit => hit.relevant).length;
  const judged = found.judged ? `Of the answers judged relevant (✓) words have ${held(found.words)} in their first ten, meaning ${held(found.meaning)}, `
    + `fused ${held(found.fused)}.` : 'This query has no judgements.';
  return [`Words found ${counted(found.wordsTotal, 'document')}, meaning ${found.meaningTotal.toLocaleString('en')}.`, judged,
    ...found.notices].join(' ');
}

function timesOf({ words, encoding, meaning, fused }) {
  return `Each ranking was searched for by itself. Words took ${number(words, 1)} ms; meaning ${number(encoding, 1)} ms in the model and `
    + `${number(meaning, 1)} ms in the index; fused, which searches both anew, ${number(fused, 1)} ms in the index.`;
}

function openHit(id) {
  openAt(id);
  explain();
}

function explain() {
  if (!state.open) return at('why').open ? at('why').close() : undefined;
  return whileCurrent(() => ask('why', { q: state.q, id: state.open, ...settingsOf() }),
    why => showWhy(why, state.q, () => { if (state.open) closeAt(); }), problem => {
      change({ open: '' }, { replaces: true });
      refuse(problem.message);
    });
}

function showAll() {
  const all = at('all');
  if (!all.childElementCount) fill(all, element('p', 'muted', 'Asking all judged queries …'));
  all.classList.add('stale');
  whileCurrent(() => ask('judged', settingsOf()), rows => {
    if (!kindsOf(rows).includes(state.kind)) change({ kind: '' }, { replaces: true });
    showSlopes(rows, state.kind, query => search({ q: query, view: '' }), kind => change({ kind }, { replaces: true }),
      meaningInWords(), isTouched() ? resetButton(turned) : null);
    all.classList.remove('stale');
  }, problem => {
    fill(all, element('p', 'problem', problem.message));
    all.classList.remove('stale');
  });
}

function goTo(values) {
  change(values);
  show();
}

function search(values) {
  isAsked = true;
  goTo({ open: '', ...values });
}

function turned(values) {
  change(tidied({ ...state, ...values, open: '' }), { replaces: true });
  showControls();
  showMeasured();
  clearTimeout(timer);
  timer = setTimeout(show, patience);
}

async function begin() {
  start = await ask('start');
  fill(at('queries'), ...start.queries.map(query => new Option(query.kind, query.text)));
  makeMissing(start.documents, openHit);
  makeControls(start.models, turned);
  makeMeasured(start.about.kinds, query => search({ q: query }));
  readAddress();
  show();
}

at('form').addEventListener('submit', event => {
  event.preventDefault();
  search({ q: at('query').value });
});
at('view-one').addEventListener('click', () => goTo({ view: '' }));
at('view-all').addEventListener('click', () => goTo({ view: 'all', open: '' }));
window.addEventListener('popstate', () => {
  const changed = readAddress();
  if (changed.some(key => key !== 'open')) show();
  else if (changed.length) explain();
});
new ResizeObserver(drawLines).observe(at('columns'));
begin().catch(problem => say(problem.message));
