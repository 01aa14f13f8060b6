// Writes characters.txt: what Hugging Face's tokenizers does to each single character, asked of that library itself.
//
//   npm install --prefix FOLDER --ignore-scripts tokenizers@0.23.2
//   NODE_PATH=FOLDER/node_modules node derive.mjs > characters.txt
//
// .NET's own data will not do: normalization and casing come from ICU, NLS or nowhere, by platform and setting, and
// the reference mixes Unicode versions (categories of 2016, newer normalization and casing).
import { createRequire } from 'node:module';
const { bertNormalizer, bertPreTokenizer, whitespacePreTokenizer } = createRequire(process.env.NODE_PATH + '/')('tokenizers');

const nothing = { cleanText: false, handleChineseChars: false, stripAccents: false, lowercase: false };
const step = (setting) => {
  const normalizer = bertNormalizer({ ...nothing, [setting]: true });
  return (text) => normalizer.normalizeString(text);
};
const [clean, spaceIdeographs, strip, lower] =
  ['cleanText', 'handleChineseChars', 'stripAccents', 'lowercase'].map(step);
const preTokenizer = bertPreTokenizer();
const words = whitespacePreTokenizer(); // splits by the regular expression \w+|[^\w\s]+

const removed = [], space = [], ideograph = [], punctuation = [], mark = [], base = [], cased = [], word = [];
for (let code = 0; code <= 0x10ffff; code++) {
  if (code >= 0xd800 && code <= 0xdfff) continue;
  const text = String.fromCodePoint(code);
  if (clean(text) === '') removed.push(code);
  if (spaceIdeographs(text) !== text) ideograph.push(code);
  const pieces = preTokenizer.preTokenizeString(`a${text}b`).length;
  if (pieces === 2) space.push(code);
  if (pieces === 3) punctuation.push(code);
  if (words.preTokenizeString(`a${text}b`).length === 1) word.push(code);
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

print('removed', ranges(removed));
print('space', ranges(space));
print('ideograph', ranges(ideograph));
print('punctuation', ranges(punctuation));
print('mark', ranges(mark));
print('base', mappings(base, false));
print('lower', mappings(cased, true));
print('word', ranges(word));
