// Each judged answer's rank by words and by meaning, as lines, and the queries that win and lose.
import { at, button, counted, drawn, element, fill, number } from './dom.js';

const width = 680, height = 460, top = 34, left = 130, right = 550, beyond = 130;

const y = rank => top + (height - top - 24) * Math.log(rank ?? beyond) / Math.log(beyond);

// Shows the queries of a kind, all where it is ''; another one is told to `turned`.
export function showSlopes(rows, kind, open, turned) {
  const kinds = [...new Set(rows.map(row => row.kind))].sort();
  const chosen = element('select', '', new Option('all judged queries', ''), ...kinds.map(kind => new Option(kind, kind)));
  chosen.id = 'kind';
  chosen.value = kinds.includes(kind) ? kind : '';
  const label = element('label', '', 'Queries');
  label.htmlFor = 'kind';
  const body = element('div');
  const show = () => fill(body, ...parts(rows.filter(row => !chosen.value || row.kind === chosen.value), open));
  chosen.addEventListener('change', () => { turned(chosen.value); show(); });
  fill(at('all'), element('h2', '', 'Every judged answer, by words and by meaning'),
    kinds.length > 1 ? element('p', 'choose', label, chosen) : null, body);
  show();
}

function parts(rows, open) {
  const gain = row => row.meaning - row.words;
  const won = rows.filter(row => gain(row) > 0).sort((a, b) => gain(b) - gain(a));
  const lost = rows.filter(row => gain(row) < 0).sort((a, b) => gain(a) - gain(b));
  const alike = rows.filter(row => gain(row) === 0 && row.words > 0);
  const missed = rows.filter(row => gain(row) === 0 && row.words === 0);
  const sum = `Meaning ranks better on ${counted(won.length, 'query', 'queries')}, worse on ${won.length && !lost.length ? 'none' : lost.length} `
    + `and alike on ${alike.length}; both find nothing relevant for ${missed.length}.`;
  return [element('p', 'sum', sum), element('div', 'slopes', chart(rows, sum, open),
    element('div', 'lists', list('Meaning loses', lost, 'worse', open), list('Meaning wins', won, 'better', open),
      list('Alike', alike, 'level', open), list('Both miss', missed, 'level', open)))];
}

function chart(rows, sum, open) {
  const ticks = [1, 2, 5, 10, 20, 50, 100].map(rank => drawn('g', {},
    drawn('line', { x1: left, x2: right, y1: y(rank), y2: y(rank), class: 'grid' }),
    text(left - 10, y(rank) + 5, 'end', rank), text(right + 10, y(rank) + 5, 'start', rank)));
  const ends = [text(left, 18, 'middle', 'rank by words', 'axis'), text(right, 18, 'middle', 'rank by meaning', 'axis'),
    text(left - 10, y(null) + 5, 'end', 'not in 100'), text(right + 10, y(null) + 5, 'start', 'not in 100')];
  const lines = rows.flatMap(row => row.answers.map(answer => slope(row, answer, open)));
  const made = drawn('svg', { viewBox: `0 0 ${width} ${height}`, role: 'img', class: 'chart' }, ...ticks, ...ends, ...lines);
  made.setAttribute('aria-label', `Slope chart of ${lines.length} judged answers. ${sum} The lists beside it name the queries.`);
  return made;
}

function text(x, place, anchor, shown, kind = '') {
  return drawn('text', { x, y: place, 'text-anchor': anchor, class: kind }, String(shown));
}

function slope(row, answer, open) {
  const before = answer.words ?? beyond, after = answer.meaning ?? beyond;
  const kind = after < before ? 'better' : after > before ? 'worse' : 'level';
  const made = drawn('line', { x1: left, x2: right, y1: y(answer.words), y2: y(answer.meaning), class: `slope ${kind}` },
    drawn('title', {}, `${row.query}: ${ranks(answer)}`));
  made.dataset.query = row.query;
  made.addEventListener('click', () => open(row.query));
  return made;
}

const ranks = answer => `${answer.words ?? 'not in 100'} → ${answer.meaning ?? 'not in 100'}`;

function list(name, rows, kind, open) {
  const items = rows.map(row => {
    const made = element('li', '', button('', () => open(row.query), element('span', 'q', row.query),
      element('span', 'r', `rank ${row.answers.map(ranks).join(', ')}`),
      element('span', `g ${kind}`, `${number(row.words)} → ${number(row.meaning)}`)));
    for (const event of ['mouseenter', 'focusin']) made.addEventListener(event, () => mark(row.query));
    for (const event of ['mouseleave', 'focusout']) made.addEventListener(event, () => mark(null));
    return made;
  });
  return element('section', '', element('h3', kind, `${name} (${rows.length})`),
    items.length ? element('ol', '', ...items) : element('p', 'muted', 'on no query'));
}

function mark(query) {
  const chart = at('all').querySelector('.chart');
  chart.classList.toggle('marking', query !== null);
  for (const line of chart.querySelectorAll('.slope')) line.classList.toggle('same', line.dataset.query === query);
}
