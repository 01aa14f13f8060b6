// The rankings beside each other, joined by lines that show what moved.
import { at, button, counted, drawn, element, fill, number, past, signed } from './dom.js';

const gap = 10, measuring = 'measuring on the judged queries …';

export function columnsOf(found, modelName, besideName) {
  const all = [
    { key: 'words', name: 'Words', by: 'BM25', hits: found.words },
    { key: 'meaning', name: 'Meaning', by: modelName, hits: found.meaning },
    { key: 'fused', name: 'Fused', by: 'words + meaning', hits: found.fused },
  ];
  if (found.beside) all.splice(2, 0, { key: 'beside', name: 'Meaning', by: besideName, hits: found.beside });
  // A rank is looked for among the first hundred; where fewer are found, what has none isn't found at all.
  const lacking = total => total > 100 ? 'beyond rank 100' : 'not found';
  for (const column of all) column.lacking = { words: lacking(found.wordsTotal), meaning: lacking(found.meaningTotal) };
  return all;
}

export function showColumns(columns, open) {
  const lines = drawn('svg', { id: 'lines', 'aria-hidden': 'true' });
  at('columns').className = `of-${columns.length}`;
  fill(at('columns'), lines, ...columns.map(column => {
    const list = element('ol', '', ...column.hits.map((hit, place) => hitItem(hit, place + 1, column, open)));
    list.setAttribute('aria-label', `${column.name}, ${column.by}`);
    const head = element('h2', '', column.name, ' ', element('small', '', column.by));
    const made = element('div', 'column', head, element('p', 'worth', measuring), past(`${column.name}, ${column.by}`, () => after(made)), list);
    made.id = `column-${column.key}`;
    if (column.hits.length === 0) made.append(element('p', 'nothing', 'Nothing found.'));
    return made;
  }));
  showChooser(columns);
  drawLines(columns);
}

// The next heading that can be seen: on a phone the other columns can't.
function after(column) {
  const headings = [...document.querySelectorAll('#one h2')].filter(heading => heading.checkVisibility());
  return headings[headings.indexOf(column.querySelector('h2')) + 1];
}

// On a phone one column is shown at a time.
function showChooser(columns) {
  const chosen = at('columns').dataset.shown;
  const shown = columns.some(column => column.key === chosen) ? chosen : 'meaning';
  const buttons = columns.map(column => button('', () => choose(column.key), column.key === 'beside' ? column.by : column.name));
  fill(at('chooser'), ...buttons);
  choose(shown);

  function choose(key) {
    at('columns').dataset.shown = key;
    columns.forEach((column, place) => {
      buttons[place].ariaPressed = String(column.key === key);
      at(`column-${column.key}`).classList.toggle('shown', column.key === key);
    });
  }
}

function hitItem(hit, rank, column, open) {
  const hitButton = button('hit', () => open(hit.id),
    element('span', 'rank', String(rank)),
    element('span', 'title', hit.title),
    hit.relevant ? element('span', 'badge', '✓ judged relevant') : null,
    hit.text ? element('span', 'text', hit.text) : null,
    element('span', 'chips', ...hit.reasons.map(reason => element('span', `chip ${reason.kind}`, reason.inWords))),
    element('span', 'moved', moved(hit, rank, column)));
  const item = element('li', hit.relevant ? 'relevant' : '', hitButton);
  item.dataset.id = hit.id;
  for (const event of ['mouseenter', 'focusin']) item.addEventListener(event, () => mark(hit.id));
  for (const event of ['mouseleave', 'focusout']) item.addEventListener(event, () => mark(''));
  return item;
}

function moved(hit, rank, { key, lacking }) {
  const score = `score ${number(hit.score)}`;
  const meaning = `meaning: ${hit.meaningRank === null ? lacking.meaning : `rank ${hit.meaningRank}`}`;
  if (key === 'words') return `${score} · ${meaning}`;
  const steps = hit.wordsRank === null ? '' : hit.wordsRank > rank ? `▲ ${hit.wordsRank - rank} · `
    : hit.wordsRank < rank ? `▼ ${rank - hit.wordsRank} · ` : '';
  const words = `${steps}words: ${hit.wordsRank === null ? lacking.words : `rank ${hit.wordsRank}`}`;
  return key === 'fused' ? `${score} · ${words} · ${meaning}` : `${score} · ${words}`;
}

function mark(id) {
  for (const item of at('columns').querySelectorAll('[data-id]')) item.classList.toggle('same', item.dataset.id === id);
}

export function drawLines() {
  const box = at('lines');
  if (!box) return;
  const frame = at('columns').getBoundingClientRect();
  const columns = [...at('columns').querySelectorAll('.column')];
  fill(box);
  for (let i = 0; i + 1 < columns.length; i++) {
    const rights = new Map([...columns[i + 1].querySelectorAll('li')].map(item => [item.dataset.id, item]));
    for (const left of columns[i].querySelectorAll('li')) {
      const right = rights.get(left.dataset.id);
      if (right) box.append(line(left, right, frame));
    }
  }
}

function line(left, right, frame) {
  const a = left.getBoundingClientRect(), b = right.getBoundingClientRect();
  const [x1, y1, x2, y2] = [a.right - frame.left + 2, middle(a) - frame.top, b.left - frame.left - 2, middle(b) - frame.top];
  const bend = (x2 - x1) / 2;
  const direction = y2 < y1 - gap ? 'up' : y2 > y1 + gap ? 'down' : 'level';
  const made = drawn('path', {
    d: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`,
    class: direction + (left.classList.contains('relevant') ? ' relevant' : ''),
  });
  made.dataset.id = left.dataset.id;
  return made;
}

const middle = box => box.top + Math.min(box.height, 60) / 2;

// What each ranking is worth on all judged queries, above its column; '' until that is known.
export function showWorth(measured, beside) {
  const shown = {
    words: measured && [measured.words, null],
    meaning: measured && [measured.meaning, measured.meaningOverWords],
    fused: measured && [measured.fused, measured.fusedOverWords],
    beside: beside && [beside.meaning, beside.meaningOverWords],
  };
  for (const [key, known] of Object.entries(shown)) {
    const place = at(`column-${key}`)?.querySelector('.worth');
    if (place) fill(place, ...(known ? worth(key, (measured ?? beside).queries, ...known) : [measuring]));
  }
}

function worth(key, queries, { ndcg }, over) {
  return [`nDCG@10 over the ${counted(queries, 'judged query', 'judged queries')}`, key === 'beside' ? ', as calibrated' : '',
    at('columns').dataset.judged === 'false' ? ', of which this is none' : '', `: ${number(ndcg, 3)}`,
    ...(over ? [', ', element('span', kindOf(over), `${signed(over.mean)} on words`), over.significant ? '' : ' (not significant)'] : [])];
}

export const kindOf = change => !change.significant ? 'level' : change.mean > 0 ? 'better' : 'worse';
