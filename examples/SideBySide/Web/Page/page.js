import { ask, at, button, counted, element, fill, number } from './dom.js';
import { change, readAddress, settingsOf, state } from './state.js';
import { columnsOf, drawLines, showColumns, showWorth } from './columns.js';
import { clearEffects, makeControls, ownOf, showControls, showEffects } from './controls.js';
import { showKinds } from './kinds.js';
import { showExpansion } from './expansion.js';
import { makeMissing, refuse } from './missing.js';
import { showSlopes } from './slopes.js';
import { showWhy } from './why.js';

const patience = 200;
let turn = 0, timer = 0, measured = null, shown = null;

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
  const all = state.view === 'all';
  at('one').hidden = all;
  at('all').hidden = !all;
  at('view-one').ariaCurrent = all ? 'false' : 'page';
  at('view-all').ariaCurrent = all ? 'page' : 'false';
  at('query').value = state.q;
  document.title = state.q && !all ? `${state.q} · words and meaning` : 'Words and meaning, side by side';
  showControls();
  if (all) showAll();
  else showOne();
}

function showOne() {
  measure();
  if (!state.q.trim()) {
    for (const part of ['columns', 'chooser', 'times']) fill(at(part));
    at('expansion').hidden = at('missing').hidden = at('weak').hidden = true;
    shown = null;
    return say('Type a query, or pick one of those above.');
  }
  say('Searching …');
  whileCurrent(() => ask('search', { q: state.q, beside: state.beside, ...settingsOf() }), found => {
    showColumns(columnsOf(found, ownOf(state.model).name, state.beside), openHit);
    at('columns').dataset.judged = found.judged;
    shown = found;
    if (measured) showWorth(measured);
    showWeakness();
    showExpansion(found.expansion, ownOf(state.model).name);
    at('missing').hidden = false;
    at('times').textContent = timesOf(found.times);
    say(sentenceOf(found));
    explain();
  });
}

// Rankings always have a first hit; whether it looks like an answer only the judged queries can say.
function showWeakness() {
  const isWeak = measured && shown && shown.meaning.length > 0 && shown.strength < measured.usualStrength;
  at('weak').hidden = !isWeak;
  at('weak').textContent = isWeak ? 'There may be no answer here: the best hit by meaning is weaker than 19 of 20 right ones to the judged queries.' : '';
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

function measure() {
  clearEffects();
  whileCurrent(() => ask('measure', settingsOf()), answer => {
    measured = answer;
    showWorth(answer);
    showWeakness();
    showEffects(answer);
  });
}

function openHit(id) {
  change({ open: id });
  explain();
}

function explain() {
  if (!state.open) return at('why').open ? at('why').close() : undefined;
  return whileCurrent(() => ask('why', { q: state.q, id: state.open, ...settingsOf() }),
    why => showWhy(why, state.q, () => { if (state.open) change({ open: '' }); }), problem => {
      change({ open: '' }, { replaces: true });
      refuse(problem.message);
    });
}

function showAll() {
  if (!at('all').childElementCount) at('all').append(element('p', 'muted', 'Asking all judged queries …'));
  whileCurrent(() => ask('judged', settingsOf()), rows => showSlopes(rows, state.kind,
    query => goTo({ q: query, open: '', view: '' }), kind => change({ kind }, { replaces: true })));
}

function goTo(values) {
  change(values);
  show();
}

function turned(values) {
  change({ ...values, open: '' }, { replaces: true });
  showControls();
  clearTimeout(timer);
  timer = setTimeout(show, patience);
}

// The queries that show most: where the rankings differ, both ways.
async function showTries(judged) {
  const rows = judged.map(row => ({ ...row, gain: row.meaning - row.words })).sort((a, b) => b.gain - a.gain);
  const shown = [...rows.slice(0, 3), ...rows.filter(row => row.gain < 0).slice(-2)];
  showKinds(rows);
  fill(at('tries'), 'Where they differ most: ', ...shown.map(row => button(row.gain < 0 ? 'try worse' : 'try better',
    () => goTo({ q: row.query, open: '' }), row.query, element('small', '', row.gain < 0 ? ' words win' : ' meaning wins'))));
}

async function start() {
  const all = await ask('start');
  at('about').textContent = `${counted(all.size.documents, 'document')} in one Lucene index, searched by BM25 and by ${all.models[0].name}; `
    + `${counted(all.queries.length, 'query was', 'queries were')} judged. Everything runs on this computer.`;
  fill(at('queries'), ...all.queries.map(query => new Option(query.kind, query.text)));
  makeMissing(all.documents, openHit);
  makeControls(all.models, turned);
  readAddress();
  show();
  if (all.queries.length) showTries(await ask('judged'));
}

at('form').addEventListener('submit', event => {
  event.preventDefault();
  goTo({ q: at('query').value, open: '' });
});
at('view-one').addEventListener('click', () => goTo({ view: '' }));
at('view-all').addEventListener('click', () => goTo({ view: 'all', open: '' }));
window.addEventListener('popstate', () => { readAddress(); show(); });
new ResizeObserver(drawLines).observe(at('columns'));
start().catch(problem => say(problem.message));
