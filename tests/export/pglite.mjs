import { readFileSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';

const [statements, queries] = process.argv.slice(2);
const db = await PGlite.create({ extensions: { vector } });
const sql = readFileSync(statements, 'utf8');
const copy = /^COPY (.*) FROM stdin;\n/m.exec(sql);
if (copy) {
  const rows = sql.slice(copy.index + copy[0].length);
  if (!rows.endsWith('\\.\n')) throw new Error('The rows have no end.');
  await db.exec(sql.slice(0, copy.index));
  await db.query(`COPY ${copy[1]} FROM '/dev/blob'`, [], { blob: new Blob([rows.slice(0, -3)]) });
} else {
  await db.exec(sql);
}

const lines = [];
for (const query of readFileSync(queries, 'utf8').split('\n').filter((line) => line)) {
  const { rows } = await db.query(query);
  for (const row of rows) lines.push(`${row.query}\t${row.id}\t${row.score}\n`);
}

process.stdout.write(lines.join(''));
await db.close();
