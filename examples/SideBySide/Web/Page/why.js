// Why a document stands where it does, or doesn't stand at all.
import { at, bar, button, counted, element, fill, number, percent } from './dom.js';

const shownReasons = 12;

export function showWhy(why, query, close) {
  const dialog = at('why');
  const title = element('h2', '', why.title);
  title.id = 'why-title';
  title.tabIndex = -1;
  const text = element('p', 'text', ...why.text.map(piece => piece.mark ? element('mark', piece.mark, piece.text) : piece.text));
  fill(dialog,
    element('div', 'why-head', element('p', 'crumb', `Document ${why.id} for “`, element('q', '', short(query)), '”'),
      button('close', () => dialog.close(), 'Close')),
    title,
    element('p', why.relevant ? 'badge' : 'muted', why.relevant ? '✓ judged relevant' : why.judged ? 'not judged relevant' : 'not judged'),
    places(why), text, legend(),
    element('div', 'sides', side('Meaning', why.meaning, split(why)), side('Words, by BM25', why.words, null)));
  dialog.onclose = close;
  dialog.onclick = event => { if (event.target === dialog && isBeside(dialog, event)) dialog.close(); };
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
  title.focus();
}

// The dark ground around a dialog is a part of it to a click.
function isBeside(dialog, { clientX, clientY }) {
  const box = dialog.getBoundingClientRect();
  return clientX < box.left || clientX > box.right || clientY < box.top || clientY > box.bottom;
}

const short = text => text.length > 80 ? text.slice(0, 80) + '…' : text;

function places(why) {
  const row = (name, side) => [element('dt', '', name), element('dd', '', side.verdict)];
  return element('dl', 'places', ...row('Words', why.words), ...row('Meaning', why.meaning), ...row('Fused', why.fused));
}

function legend() {
  return element('p', 'legend', element('mark', 'typed', 'typed'), ' the query says this word, in some form. ',
    element('mark', 'expansion', 'expansion'), ' the model relates this word to one of the query’s.');
}

// The score by meaning as one bar of three parts, with the floor where there is one.
function split(why) {
  const { typed, expansion, faint } = why.shares;
  if (typed + expansion + faint === 0) return null;
  const whole = element('div', 'split', ...[['typed', typed], ['expansion', expansion], ['faint', faint]].map(([kind, share]) => {
    const part = element('i', kind);
    part.style.width = `${100 * share}%`;
    return part;
  }));
  whole.role = 'img';
  whole.ariaLabel = `${percent(typed)} typed words, ${percent(expansion)} expansions, ${percent(faint)} faint`;
  if (why.floor.least > 0) {
    const floor = element('b', 'floor');
    floor.style.left = `${Math.min(100, 100 * why.floor.least / why.meaning.score)}%`;
    whole.append(floor);
  }
  const parts = [['typed', 'typed words', typed], ['expansion', 'expansions', expansion], ['faint', 'faint', faint]];
  const key = element('ul', 'key', ...parts.map(([kind, name, share]) => element('li', kind, `${name} ${percent(share)}`)));
  if (why.floor.least > 0) key.append(element('li', 'floor', `floor at ${number(why.floor.least)}: ${why.floor.inWords}`));
  return element('div', '', whole, key);
}

function side(name, given, head) {
  const most = given.reasons.length ? given.reasons[0].score : 1;
  const bars = given.reasons.slice(0, shownReasons).map(reason => bar(
    label(reason), reason.score / most, `${number(reason.score)} (${percent(reason.score / given.score)})`, reason.kind));
  const rest = given.reasons.slice(shownReasons);
  const more = rest.length === 0 ? null : element('p', 'muted',
    `${counted(rest.length, 'more reason')}, ${number(rest.reduce((sum, one) => sum + one.score, 0))} together.`);
  return element('section', 'side', element('h3', '', `${name}: ${number(given.score)}`), head,
    bars.length ? element('ul', 'bars', ...bars) : element('p', 'muted', given.verdict), more);
}

// query word → shared term ← document word; the word alone where both say the same.
function label(reason) {
  if (reason.kind !== 'typed' && reason.query && reason.document) {
    const terms = reason.terms.slice(0, 3).join(', ') + (reason.terms.length > 3 ? ', …' : '');
    return element('span', 'path', element('b', '', reason.query), ' → ', element('em', '', terms), ' ← ', element('b', '', reason.document));
  }
  return element('span', 'path', element('b', '', reason.inWords));
}
