// Writes characters.txt: what Hugging Face's tokenizers does to each single character, asked of that library itself;
// or, with the argument "composition", composition.txt: how characters are composed (Unicode's form C).
//
//   npm install --prefix FOLDER --ignore-scripts tokenizers@0.23.2
//   NODE_PATH=FOLDER/node_modules node derive.mjs > characters.txt
//   NODE_PATH=FOLDER/node_modules node derive.mjs composition > composition.txt
//
// .NET's own data will not do: normalization and casing come from ICU, NLS or nowhere, by platform and setting, and
// the reference mixes Unicode versions (categories of 2016, newer normalization and casing).
import { createRequire } from 'node:module';
const {
  bertNormalizer, bertPreTokenizer, whitespacePreTokenizer, byteLevelPreTokenizer, nfcNormalizer, nfdNormalizer,
} = createRequire(process.env.NODE_PATH + '/')('tokenizers');

const nothing = { cleanText: false, handleChineseChars: false, stripAccents: false, lowercase: false };
const step = (setting) => {
  const normalizer = bertNormalizer({ ...nothing, [setting]: true });
  return (text) => normalizer.normalizeString(text);
};
const [clean, spaceIdeographs, strip, lower] =
  ['cleanText', 'handleChineseChars', 'stripAccents', 'lowercase'].map(step);
const preTokenizer = bertPreTokenizer();
const words = whitespacePreTokenizer(); // splits by the regular expression \w+|[^\w\s]+

const bytes = byteLevelPreTokenizer(false); // splits by the pattern of GPT-2

const removed = [], space = [], ideograph = [], punctuation = [], mark = [], base = [], cased = [], word = [];
const letter = [], number = [];
for (let code = 0; code <= 0x10ffff; code++) {
  if (code >= 0xd800 && code <= 0xdfff) continue;
  const text = String.fromCodePoint(code);
  if (clean(text) === '') removed.push(code);
  if (spaceIdeographs(text) !== text) ideograph.push(code);
  const pieces = preTokenizer.preTokenizeString(`a${text}b`).length;
  if (pieces === 2) space.push(code);
  if (pieces === 3) punctuation.push(code);
  if (words.preTokenizeString(`a${text}b`).length === 1) word.push(code);
  if (bytes.preTokenizeString(`a${text}b`).length === 1) letter.push(code);
  if (bytes.preTokenizeString(`1${text}2`).length === 1) number.push(code);
  const stripped = strip(text), lowered = lower(text);
  const hangul = code >= 0xac00 && code <= 0xd7a3; // decomposed by arithmetic
  if (stripped === '') mark.push(code);
  else if (stripped !== text && !hangul) base.push([code, stripped]);
  if (lowered !== text) cased.push([code, lowered]);
}

const hex = (code) => code.toString(16).toUpperCase().padStart(4, '0');
const range = (first, last, by = 1) =>
  (first === last ? hex(first) : `${hex(first)}-${hex(last)}${by > 1 ? `/${by}` : ''}`);

function ranges(codes) {
  const found = [];
  for (const code of codes) {
    if (found.length && found.at(-1)[1] === code - 1) found.at(-1)[1] = code;
    else found.push([code, code]);
  }
  return found.map(([first, last]) => range(first, last));
}

// SOURCE=TARGET,…: all of SOURCE become TARGET; SOURCE>TARGET: the first becomes TARGET, the others move along with it.
function mappings(pairs, moves) {
  const found = [];
  for (let i = 0; i < pairs.length;) {
    const [first, text] = pairs[i];
    const target = [...text].map((part) => part.codePointAt(0));
    const fits = (j, by) => j < pairs.length && pairs[j][0] === first + (j - i) * by
      && pairs[j][1] === (moves ? String.fromCodePoint(target[0] + (j - i) * by) : text);
    const by = target.length === 1 && moves && !fits(i + 1, 1) && fits(i + 1, 2) ? 2 : 1;
    let end = i + 1;
    while (target.length === 1 && fits(end, by)) end++;
    found.push(range(first, pairs[end - 1][0], by) + (moves && end > i + 1 ? '>' : '=') + target.map(hex).join(','));
    i = end;
  }
  return found;
}

function print(name, entries) {
  console.log(`[${name}]`);
  let line = '';
  for (const entry of entries) {
    if (line.length + entry.length > 110) { console.log(line); line = ''; }
    line += (line ? ' ' : '') + entry;
  }
  console.log(line);
}

// pair: a character and the two that it is composed of; single: a character that form C makes something else of;
// class: the marks by the order in which they stand behind a character, the numbers without meaning otherwise.
function composition() {
  const [nfc, nfd] = [nfcNormalizer(), nfdNormalizer()].map((form) => (text) => form.normalizeString(text));
  const moves = (one, other) => nfd(`a${one}${other}`) === `a${other}${one}`;
  const pair = [], single = [], marks = [];
  for (let code = 0; code <= 0x10ffff; code++) {
    if (code >= 0xd800 && code <= 0xdfff || code >= 0xac00 && code <= 0xd7a3) continue; // syllables go by arithmetic
    const text = String.fromCodePoint(code), parts = [...nfd(text)];
    const overlay = '\u0334', below = '\u0345'; // the first and the last class
    if (text !== overlay && moves(text, overlay) || text !== below && moves(below, text)) marks.push(text);
    if (nfc(text) !== text) single.push([code, nfc(text)]);
    else if (parts.length > 1) pair.push([code, nfc(parts.slice(0, -1).join('')) + parts.at(-1)]);
  }
  marks.sort((one, other) => (moves(one, other) ? 1 : moves(other, one) ? -1 : one < other ? -1 : 1));
  const classes = [];
  marks.forEach((mark, i) => classes.push([mark, i && !moves(mark, marks[i - 1]) ? classes[i - 1][1] : (classes[i - 1]?.[1] ?? 0) + 1]));
  const byCode = classes.map(([mark, order]) => [mark.codePointAt(0), String.fromCodePoint(order)]).sort((a, b) => a[0] - b[0]);
  print('pair', mappings(pair, false));
  print('single', mappings(single, true));
  print('class', mappings(byCode, false));
}

if (process.argv[2] === 'composition') composition();
else {
  print('removed', ranges(removed));
  print('space', ranges(space));
  print('ideograph', ranges(ideograph));
  print('punctuation', ranges(punctuation));
  print('mark', ranges(mark));
  print('base', mappings(base, false));
  print('lower', mappings(cased, true));
  print('word', ranges(word));
  print('letter', ranges(letter));
  print('number', ranges(number));
}
