// Each judged answer's rank by words and by meaning, as lines, and the queries that win and lose.
import { at, button, counted, drawn, element, fill, number, past } from './dom.js';

const width = 680, height = 460, top = 34, left = 130, right = 550, beyond = 130;

const y = rank => top + (height - top - 24) * Math.log(rank ?? beyond) / Math.log(beyond);

export const kindsOf = rows => [...new Set(rows.map(row => row.kind))].sort();

// Shows the queries of a kind, all where it is ''; another one is told to `turned`. `by` says what they are ranked by.
export function showSlopes(rows, kind, open, turned, ...by) {
  const kinds = kindsOf(rows);
  const chosen = element('select', '', new Option('all judged queries', ''), ...kinds.map(kind => new Option(kind, kind)));
  chosen.id = 'kind';
  chosen.value = kind;
  const label = element('label', '', 'Queries');
  label.htmlFor = 'kind';
  const body = element('div');
  const show = () => fill(body, ...parts(rows.filter(row => !chosen.value || row.kind === chosen.value), open));
  chosen.addEventListener('change', () => { turned(chosen.value); show(); });
  fill(at('all'), element('h2', '', 'Every judged answer, by words and by meaning'),
    element('p', 'by', ...by), kinds.length > 1 ? element('p', 'choose', label, chosen) : null, body);
  show();
}

function parts(rows, open) {
  const gain = row => row.meaning - row.words;
  const won = rows.filter(row => gain(row) > 0).sort((a, b) => gain(b) - gain(a));
  const lost = rows.filter(row => gain(row) < 0).sort((a, b) => gain(a) - gain(b));
  const alike = rows.filter(row => gain(row) === 0 && row.words > 0);
  const missed = rows.filter(row => gain(row) === 0 && row.words === 0);
  const sum = `Meaning ranks better on ${counted(won.length, 'query', 'queries')}, worse on ${won.length && !lost.length ? 'none' : lost.length} `
    + `and alike on ${alike.length}; neither has anything relevant in the first ten for ${missed.length}.`;
  return [element('p', 'sum', sum),
    element('p', 'muted', 'Counted by nDCG@10, so by all answers of a query together and by the first ten alone. '
      + 'Not found: by words, no word is shared; by meaning, no term, or the score is under the floor. Not in 100: further down.'),
    element('div', 'slopes', element('div', 'pointed', ...chart(rows, sum, open)),
      element('div', 'lists', list('Meaning loses', lost, 'worse', open), list('Meaning wins', won, 'better', open),
        list('Alike', alike, 'level', open), list('Neither in the first ten', missed, 'level', open)))];
}

function chart(rows, sum, open) {
  const ticks = [1, 2, 5, 10, 20, 50, 100].map(rank => drawn('g', {},
    drawn('line', { x1: left, x2: right, y1: y(rank), y2: y(rank), class: 'grid' }),
    text(left - 10, y(rank) + 5, 'end', rank), text(right + 10, y(rank) + 5, 'start', rank)));
  const ends = [text(left, 18, 'middle', 'rank by words', 'axis'), text(right, 18, 'middle', 'rank by meaning', 'axis'),
    text(left - 10, y(null) + 5, 'end', 'beyond or none'), text(right + 10, y(null) + 5, 'start', 'beyond or none')];
  const lines = rows.flatMap(row => row.answers.map(answer => slope(row, answer)));
  const made = drawn('svg', { viewBox: `0 0 ${width} ${height}`, role: 'img', class: 'chart' }, ...ticks, ...ends, ...lines);
  made.setAttribute('aria-label', `Slope chart of ${lines.length} judged answers. ${sum} The lists beside it name the queries.`);
  return [made, pointing(made, lines, open)];
}

// Lines lie close and upon each other: the nearest to the pointer is named below the chart, and a click opens that one.
function pointing(chart, lines, open) {
  const reach = 8, said = element('p', 'muted', 'Point at a line to see its query; click to open it.');
  said.ariaHidden = 'true';
  const point = event => {
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(chart.getScreenCTM().inverse());
    const share = (Math.min(right, Math.max(left, x)) - left) / (right - left);
    const far = ({ dataset: { from, to } }) => Math.abs(Number(from) + share * (to - from) - y);
    const near = Math.min(...lines.map(far)), alike = near > reach ? [] : lines.filter(line => far(line) === near);
    mark(alike[0]?.dataset.query ?? null);
    if (alike.length) said.textContent = `${alike[0].dataset.said}` + (alike.length > 1 ? `, and ${alike.length - 1} more` : '');
    return alike[0]?.dataset.query;
  };
  chart.addEventListener('pointermove', point);
  chart.addEventListener('pointerleave', () => mark(null));
  chart.addEventListener('click', event => {
    const query = point(event);
    if (query !== undefined) open(query);
  });
  return said;
}

function text(x, place, anchor, shown, kind = '') {
  return drawn('text', { x, y: place, 'text-anchor': anchor, class: kind }, String(shown));
}

function slope(row, answer) {
  const before = answer.words ?? beyond, after = answer.meaning ?? beyond, [from, to] = [y(answer.words), y(answer.meaning)];
  const kind = after < before ? 'better' : after > before ? 'worse' : 'level';
  const made = drawn('line', { x1: left, x2: right, y1: from, y2: to, class: `slope ${kind}` });
  Object.assign(made.dataset, { query: row.query, from, to, said: `${row.query}: ${ranks(row, answer)}` });
  return made;
}

const rank = (found, total) => found ?? (total > 100 ? 'not in 100' : 'not found');

const ranks = (row, answer) => `${rank(answer.words, row.wordsTotal)} → ${rank(answer.meaning, row.meaningTotal)}`;

const byRank = (one, other) => (one.words ?? beyond) - (other.words ?? beyond) || (one.meaning ?? beyond) - (other.meaning ?? beyond);

function list(name, rows, kind, open) {
  const items = rows.map(row => {
    const made = element('li', '', button('', () => open(row.query), element('span', 'q', row.query),
      element('span', 'r', `rank: ${row.answers.toSorted(byRank).map(answer => ranks(row, answer)).join(', ')}`),
      element('span', `g ${kind}`, `${number(row.words)} → ${number(row.meaning)}`)));
    for (const event of ['mouseenter', 'focusin']) made.addEventListener(event, () => mark(row.query));
    for (const event of ['mouseleave', 'focusout']) made.addEventListener(event, () => mark(null));
    return made;
  });
  const made = element('section', '', element('h3', kind, `${name} (${rows.length})`),
    items.length > 1 ? past(name, () => made.nextElementSibling?.querySelector('h3') ?? at('numbers')) : null,
    items.length ? element('ol', '', ...items) : element('p', 'muted', 'on no query'));
  return made;
}

function mark(query) {
  const chart = at('all').querySelector('.chart');
  chart.classList.toggle('marking', query !== null);
  for (const line of chart.querySelectorAll('.slope')) line.classList.toggle('same', line.dataset.query === query);
}
