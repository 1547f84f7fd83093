import { z } from 'zod'

const StoredRecord = z.object({ id: z.string(), object: z.string(), fields: z.record(z.string(), z.unknown()) })
export type StoredRecord = z.infer<typeof StoredRecord>

/** The records of an org; found by the value of a field without looking at each. */
export interface SalesforceRecords {
  add: (record: { object: string; prefix: string; fields: Record<string, unknown> }) => StoredRecord
  change: (record: StoredRecord, fields: Record<string, unknown>) => void
  /** Text is compared without regard to case, as Salesforce does. */
  findBy: (object: string, field: string, value: string) => StoredRecord[]
  all: (object: string) => StoredRecord[]
  snapshot: () => unknown
  restore: (saved: unknown) => void
  reset: () => void
}

/** An org without records. */
export function createSalesforceRecords(): SalesforceRecords {
  const byObject = new Map<string, StoredRecord[]>()
  const byValue = new Map<string, Set<StoredRecord>>()
  let made = 0

  const indexKey = (object: string, field: string, value: unknown) =>
    `${object}\n${field.toLowerCase()}\n${String(value).toLowerCase()}`
  const index = (record: StoredRecord, present: boolean) => {
    for (const [field, value] of Object.entries(record.fields)) {
      if (typeof value !== 'string') continue
      const key = indexKey(record.object, field, value)
      const records = byValue.get(key) ?? new Set<StoredRecord>()
      byValue.set(key, records)
      if (present) records.add(record)
      else records.delete(record)
    }
  }
  const keep = (record: StoredRecord) => {
    const records = byObject.get(record.object) ?? []
    byObject.set(record.object, records)
    records.push(record)
    index(record, true)
  }

  return {
    add({ object, prefix, fields }) {
      const id = `${prefix}SB${String(++made).padStart(10, '0')}AAA`
      const record = { id, object, fields: { ...fields, Id: id } }
      keep(record)
      return record
    },
    change(record, fields) {
      index(record, false)
      record.fields = { ...record.fields, ...fields, Id: record.id }
      index(record, true)
    },
    findBy: (object, field, value) => [...(byValue.get(indexKey(object, field, value)) ?? [])],
    all: (object) => byObject.get(object) ?? [],
    snapshot: () => ({ made, records: [...byObject.values()].flat() }),
    restore(saved) {
      const state = z.object({ made: z.int(), records: z.array(StoredRecord) }).parse(saved)
      made = state.made
      for (const record of state.records) keep(record)
    },
    reset() {
      byObject.clear()
      byValue.clear()
    },
  }
}
