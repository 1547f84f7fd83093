import { describe, expect, it } from 'vitest'
import { parseSoql } from '../../../src/sandbox/services/salesforce/parse-soql.ts'
import { SANDBOX_ACCESS } from '../../../src/sandbox/services/tokens.ts'
import { openServices } from './open-services.ts'

const DATA = '/services/data/v62.0'
const BY_RUN = `${DATA}/sobjects/Contact/Purser_Id__c/run-1`
const jane = { LastName: 'Doe', Email: 'jane@acme.example' }

describe('the Salesforce fake', () => {
  it('upserts by an external id: created, then updated', async () => {
    await using services = await openServices()
    const salesforce = services.call('salesforce')
    const first = await salesforce('PATCH', BY_RUN, { body: jane })
    expect(first).toMatchObject({ status: 201, body: { success: true, errors: [], created: true } })
    const second = await salesforce('PATCH', BY_RUN, { body: { ...jane, Title: 'Engineer' } })
    expect(second).toMatchObject({ status: 200, body: { id: first.body.id, created: false } })
    expect((await salesforce('GET', BY_RUN)).body).toMatchObject({
      Id: first.body.id,
      Title: 'Engineer',
      LastName: 'Doe',
    })
    expect(await services.effects('salesforce')).toEqual([
      'Contact.created Purser_Id__c=run-1',
      'Contact.updated Purser_Id__c=run-1',
    ])
  })

  it('finds a record by the values it has now, not by those it had', async () => {
    await using services = await openServices()
    const salesforce = services.call('salesforce')
    await salesforce('PATCH', BY_RUN, { body: jane })
    await salesforce('PATCH', BY_RUN, { body: { ...jane, Email: 'jane.roe@acme.example' } })
    const found = async (email: string) => (await salesforce('GET', `${DATA}/sobjects/Contact/Email/${email}`)).status
    expect(await found('jane.roe@acme.example')).toBe(200)
    expect(await found('jane@acme.example')).toBe(404)
  })

  it('makes two records when a plain create is sent twice', async () => {
    await using services = await openServices()
    const salesforce = services.call('salesforce')
    for (const _ of [1, 2]) {
      expect((await salesforce('POST', `${DATA}/sobjects/Contact`, { body: jane })).status).toBe(201)
    }
    expect(await services.effects('salesforce')).toEqual(Array(2).fill('Contact.created jane@acme.example'))
    const q = encodeURIComponent("SELECT Id, Email FROM Contact WHERE Email = 'JANE@acme.example'")
    expect((await salesforce('GET', `${DATA}/query?q=${q}`)).body).toMatchObject({ totalSize: 2, done: true })
  })

  it('writes nothing when several records have the id', async () => {
    await using services = await openServices()
    const salesforce = services.call('salesforce')
    for (const _ of [1, 2]) await salesforce('POST', `${DATA}/sobjects/Contact`, { body: jane })
    const upsert = await salesforce('PATCH', `${DATA}/sobjects/Contact/Email/jane@acme.example`, { body: jane })
    expect(upsert.status).toBe(300)
    expect(upsert.body).toHaveLength(2)
    expect(await services.effects('salesforce')).toHaveLength(2)
  })

  it('refuses a plain create whose unique field is taken', async () => {
    await using services = await openServices()
    const salesforce = services.call('salesforce')
    await salesforce('PATCH', BY_RUN, { body: jane })
    const body = { ...jane, Purser_Id__c: 'run-1' }
    expect(await salesforce('POST', `${DATA}/sobjects/Contact`, { body })).toMatchObject({
      status: 400,
      body: [{ errorCode: 'DUPLICATE_VALUE' }],
    })
  })

  it('names the fields that are missing, and objects and fields that are not there', async () => {
    await using services = await openServices()
    const salesforce = services.call('salesforce')
    expect(await salesforce('PATCH', BY_RUN, { body: { Email: 'x@acme.example' } })).toMatchObject({
      status: 400,
      body: [{ errorCode: 'REQUIRED_FIELD_MISSING', fields: ['LastName'] }],
    })
    expect((await salesforce('PATCH', `${DATA}/sobjects/Gadget/Id__c/1`, { body: jane })).status).toBe(404)
    expect((await salesforce('PATCH', `${DATA}/sobjects/Contact/Title/x`, { body: jane })).status).toBe(404)
    expect((await salesforce('GET', BY_RUN)).status).toBe(404)
  })

  it('gives a token for the right client, and where to use it', async () => {
    await using services = await openServices()
    const { clientId, clientSecret } = SANDBOX_ACCESS.salesforce
    const ask = (secret: string) =>
      services.send('POST', '/salesforce/services/oauth2/token', {
        body: String(
          new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: secret }),
        ),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      })
    const granted = await ask(clientSecret)
    expect(granted).toMatchObject({
      status: 200,
      body: { token_type: 'Bearer', instance_url: `${services.url}/salesforce` },
    })
    const read = (token: string) =>
      services.send('GET', `/salesforce${BY_RUN}`, { headers: { authorization: `Bearer ${token}` } })
    expect((await read(granted.body.access_token)).status).toBe(404)
    await services.control('POST', '/switches/salesforce/expire-tokens')
    expect(await read(granted.body.access_token)).toMatchObject({
      status: 401,
      body: [{ errorCode: 'INVALID_SESSION_ID' }],
    })
    expect(await ask('wrong')).toMatchObject({ status: 400, body: { error: 'invalid_client' } })
  })

  it('reads SOQL with several conditions, escapes, an order and a limit', () => {
    expect(
      parseSoql("SELECT Id FROM Lead WHERE Name = 'O\\'Neil' AND IsConverted = false ORDER BY Name LIMIT 3"),
    ).toEqual({
      fields: ['Id'],
      object: 'Lead',
      conditions: [
        { field: 'Name', value: "O'Neil" },
        { field: 'IsConverted', value: false },
      ],
      limit: 3,
    })
  })

  it.each([
    "SELECT Id FROM Lead WHERE Name LIKE 'x%'",
    "SELECT Id FROM Lead WHERE A = 'x' OR B = 'y'",
    'DELETE FROM Lead',
  ])('refuses the SOQL %s', async (soql) => {
    await using services = await openServices()
    const answer = await services.call('salesforce')('GET', `${DATA}/query?q=${encodeURIComponent(soql)}`)
    expect(answer).toMatchObject({ status: 400, body: [{ errorCode: 'MALFORMED_QUERY' }] })
  })
})
