// Loads facts into DuckDB and answers each table with a group-by from scratch.
//
// usage: duckdb.js FACTS.csv TABLES.json
// Writes one JSON array of steps: name, wall (seconds, the median of three), lines.
const fs = require('fs');
const { DuckDBInstance } = require('@duckdb/node-api');

// timed gives the result of doing, and the median of how long it took.
async function timed(times, doing) {
  const walls = [];
  let result;
  for (let i = 0; i < times; i++) {
    const begun = process.hrtime.bigint();
    result = await doing();
    walls.push(Number(process.hrtime.bigint() - begun) / 1e9);
  }
  walls.sort((a, b) => a - b);
  return [result, walls[Math.floor(times / 2)]];
}

async function main(facts, tables) {
  const db = await (await DuckDBInstance.create(':memory:')).connect();
  const [, load] = await timed(1, () => db.run(
    `create table facts as from read_csv('${facts}', header = false, columns = {agency: 'varchar', place: 'varchar', indicator: 'varchar', value: 'bigint'})`));
  const steps = [{ name: 'load', wall: load }];
  for (const table of JSON.parse(fs.readFileSync(tables, 'utf8'))) {
    const [rows, wall] = await timed(3, async () => (await db.runAndReadAll(table.sql)).getRows());
    steps.push({ name: table.name, wall, lines: rows.map((row) => row.join('|')).sort() });
  }
  process.stdout.write(JSON.stringify(steps));
}

main(...process.argv.slice(2));
