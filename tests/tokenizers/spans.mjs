import { readFileSync } from 'node:fs';
import { Tokenizer } from 'tokenizers';

const [file, texts] = process.argv.slice(2);
const tokenizer = Tokenizer.fromFile(file);
const lines = [];
for (const line of readFileSync(texts, 'utf8').split('\n').filter((line) => line)) {
  const text = JSON.parse(line);
  const units = [0];
  for (const character of text) units.push(units.at(-1) + character.length);
  const encoding = await tokenizer.encode(text);
  const offsets = encoding.getOffsets();
  lines.push(JSON.stringify(encoding.getIds().map((id, i) => [id, units[offsets[i][0]], units[offsets[i][1]]])) + '\n');
}

process.stdout.write(lines.join(''));
