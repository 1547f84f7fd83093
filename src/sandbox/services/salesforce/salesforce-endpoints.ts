import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { type Answer, type Ask, Refused, readBody } from '../fake.ts'
import { parseSoql } from './parse-soql.ts'
import { isExternalId, isUnique, SALESFORCE_OBJECTS } from './salesforce-objects.ts'
import type { SalesforceRecords, StoredRecord } from './salesforce-records.ts'
import { salesforceError } from './salesforce-refusals.ts'

const Fields = z.record(z.string(), z.unknown())

/** Creates or changes the one record with this external id: 201, 200, or 300 and nothing written when several have it. */
export function upsertRecord(ask: Ask, records: SalesforceRecords): Answer {
  const { name, object, field, value } = target(ask)
  const { [field]: _, ...fields } = readFields(ask)
  const found = records.findBy(name, field, value)
  if (found.length > 1) return { status: 300, body: found.map((record) => urlOf(record, ask)) }
  const [known] = found
  if (known) {
    // The same fields once more change nothing.
    const isNews = !isDeepStrictEqual({ ...known.fields, ...fields }, known.fields)
    records.change(known, fields)
    const effect = { kind: `${name}.updated`, key: `${field}=${value}`, detail: { id: known.id, ...fields } }
    const effects = isNews ? [effect] : []
    return { status: 200, body: { id: known.id, success: true, errors: [], created: false }, effects }
  }
  if (ask.query.get('updateOnly') === 'true') throw new Refused(notFound())
  const wanted = { ...fields, [field]: value }
  checkNew({ name, fields: wanted, records })
  const made = records.add({ object: name, prefix: object.prefix, fields: wanted })
  const effects = [{ kind: `${name}.created`, key: `${field}=${value}`, detail: { id: made.id, ...fields } }]
  return { status: 201, body: { id: made.id, success: true, errors: [], created: true }, effects }
}

/** The one record with this external id. */
export function getRecord(ask: Ask, records: SalesforceRecords): Answer {
  const { name, field, value } = target(ask)
  const found = records.findBy(name, field, value)
  if (found.length > 1) return { status: 300, body: found.map((record) => urlOf(record, ask)) }
  const [record] = found
  if (!record) throw new Refused(notFound())
  return { status: 200, body: recordBean(record, Object.keys(record.fields), ask) }
}

/** Creates a record, and another one when it is asked again: only unique fields stand against that. */
export function createRecord(ask: Ask, records: SalesforceRecords): Answer {
  const { name, object } = objectOf(ask)
  const fields = readFields(ask)
  checkNew({ name, fields, records })
  const made = records.add({ object: name, prefix: object.prefix, fields })
  const key = [fields.Email, fields.Name, fields.Subject, fields.LastName].find((each) => typeof each === 'string')
  const effects = [{ kind: `${name}.created`, key: key ?? made.id, detail: { id: made.id, ...fields } }]
  return { status: 201, body: { id: made.id, success: true, errors: [] }, effects }
}

/** Answers a query as far as the sandbox understands SOQL. */
export function queryRecords(ask: Ask, records: SalesforceRecords): Answer {
  const query = readQuery(ask.query.get('q') ?? '')
  if (!SALESFORCE_OBJECTS[query.object]) {
    throw new Refused(salesforceError(400, 'INVALID_TYPE', `sObject type '${query.object}' is not supported.`))
  }
  const first = query.conditions.find(({ value }) => typeof value === 'string')
  const near = first ? records.findBy(query.object, first.field, String(first.value)) : records.all(query.object)
  const found = near
    .filter((record) => query.conditions.every(({ field, value }) => isSame(fieldOf(record, field), value)))
    .slice(0, query.limit)
    .map((record) => recordBean(record, query.fields, ask))
  return { status: 200, body: { totalSize: found.length, done: true, records: found } }
}

function objectOf(ask: Ask) {
  if (!/^v\d{2}\.0$/.test(ask.param('version'))) throw new Refused(notFound())
  const name = ask.param('sobject')
  const object = SALESFORCE_OBJECTS[name]
  if (!object) throw new Refused(notFound())
  return { name, object }
}

function target(ask: Ask) {
  const { name, object } = objectOf(ask)
  const field = ask.param('field')
  if (!isExternalId(object, field)) {
    const problem = `Provided external ID field does not exist or is not accessible: ${field}`
    throw new Refused(salesforceError(404, 'NOT_FOUND', problem))
  }
  return { name, object, field, value: ask.param('value') }
}

function readFields(ask: Ask): Record<string, unknown> {
  const refuse = (_field: string, problem: string) => salesforceError(400, 'JSON_PARSER_ERROR', problem)
  const fields = readBody(Fields, ask.body, refuse)
  if ('Id' in fields) {
    throw new Refused(
      salesforceError(400, 'INVALID_FIELD', 'The Id field should not be specified in the sobject data.'),
    )
  }
  return fields
}

function checkNew({
  name,
  fields,
  records,
}: {
  name: string
  fields: Record<string, unknown>
  records: SalesforceRecords
}) {
  const object = SALESFORCE_OBJECTS[name]
  if (!object) throw new Refused(notFound())
  const missing = object.required.filter((field) => fields[field] === undefined || fields[field] === '')
  if (missing.length > 0) {
    const message = `Required fields are missing: [${missing.join(', ')}]`
    throw new Refused({ status: 400, body: [{ message, errorCode: 'REQUIRED_FIELD_MISSING', fields: missing }] })
  }
  for (const [field, value] of Object.entries(fields)) {
    if (typeof value !== 'string' || !isUnique(object, field)) continue
    const [other] = records.findBy(name, field, value)
    if (!other) continue
    const message = `duplicate value found: ${field} duplicates value on record with id: ${other.id}`
    const errorCode = field === 'Username' ? 'DUPLICATE_USERNAME' : 'DUPLICATE_VALUE'
    throw new Refused(salesforceError(400, errorCode, message))
  }
}

function readQuery(soql: string) {
  try {
    return parseSoql(soql)
  } catch (error) {
    throw new Refused(salesforceError(400, 'MALFORMED_QUERY', error instanceof Error ? error.message : 'malformed'))
  }
}

function fieldOf(record: StoredRecord, field: string): unknown {
  const name = Object.keys(record.fields).find((each) => each.toLowerCase() === field.toLowerCase())
  return name === undefined ? null : record.fields[name]
}

function isSame(one: unknown, other: string | boolean | null): boolean {
  return typeof one === 'string' && typeof other === 'string'
    ? one.toLowerCase() === other.toLowerCase()
    : one === other
}

function recordBean(record: StoredRecord, fields: string[], ask: Ask) {
  const shown = Object.fromEntries(fields.map((field) => [field, fieldOf(record, field) ?? null]))
  return { attributes: { type: record.object, url: urlOf(record, ask) }, ...shown }
}

function urlOf(record: StoredRecord, ask: Ask): string {
  return `/services/data/${ask.param('version')}/sobjects/${record.object}/${record.id}`
}

function notFound(): Answer {
  return salesforceError(404, 'NOT_FOUND', 'The requested resource does not exist')
}
