import { is } from 'drizzle-orm'
import { getTableConfig, type SQLiteTable, SQLiteTable as Table } from 'drizzle-orm/sqlite-core'
import { expect, test } from 'vitest'
import * as schema from '../../db/schema.ts'
import { openDatabase } from '../../db/sqlite/open-database.ts'
import { testStore } from '../support/test-store.ts'

interface Column {
  name: string
  type: string
  notnull: 0 | 1
  pk: number
}

const tables: SQLiteTable[] = Object.values(schema).filter((each) => is(each, Table))

test('schema.ts says of every table what the migrations make: columns, types, keys, not null and indexes', async () => {
  await using opened = testStore()
  const db = openDatabase(opened.path)
  const made = db
    .prepare(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_\\_%' ESCAPE '\\'`,
    )
    .pluck()
    .all()
  expect(tables.map((table) => getTableConfig(table).name).sort()).toEqual(made.map(String).sort())

  for (const table of tables) {
    const said = getTableConfig(table)
    const columns = db.pragma(`table_info(${said.name})`) as Column[]
    const keys = new Set(said.primaryKeys.flatMap((key) => key.columns.map((column) => column.name)))
    const isKey = (column: (typeof said.columns)[number]) => column.primary || keys.has(column.name)
    expect(
      said.columns.map((column) => ({
        name: column.name,
        type: column.getSQLType().toUpperCase(),
        key: isKey(column),
        // What is a key alone may be said in either way; SQLite itself then refuses NULL only in STRICT composites.
        notNull: column.notNull,
      })),
      said.name,
    ).toEqual(
      columns.map(({ name, type, notnull, pk }) => ({
        name,
        type,
        key: pk > 0,
        notNull: notnull === 1 || said.columns.some((column) => column.name === name && column.primary),
      })),
    )
    const indexes = db.pragma(`index_list(${said.name})`) as { name: string; unique: 0 | 1; origin: string }[]
    const inDatabase = indexes
      .filter(({ origin }) => origin === 'c')
      .map(({ name, unique }) => ({
        name,
        unique: unique === 1,
        columns: (db.pragma(`index_info(${name})`) as { name: string }[]).map((column) => column.name),
      }))
    const inSchema = said.indexes.map(({ config }) => ({
      name: config.name,
      unique: config.unique,
      columns: config.columns.map((column) => ('name' in column ? column.name : '?')),
    }))
    const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name)
    expect(inSchema.sort(byName), said.name).toEqual(inDatabase.sort(byName))
  }
  db.close()
})
