import { describe, expect, it } from 'vitest'
import { SANDBOX_ACCESS } from '../../../src/sandbox/services/tokens.ts'
import { openServices } from './open-services.ts'

const EMPLOYEES = '/v1/companies/acme/employees'
const jane = { first_name: 'Jane', last_name: 'Doe', email: 'jane@acme.example' }
const job = { title: 'Engineer', hire_date: '2026-12-01' }

describe('the Gusto fake', () => {
  it('makes two employees with the same address when it is asked twice', async () => {
    await using services = await openServices()
    const gusto = services.call('gusto')
    const first = await gusto('POST', EMPLOYEES, { body: jane })
    const second = await gusto('POST', EMPLOYEES, { body: jane })
    expect([first.status, second.status]).toEqual([201, 201])
    expect(first.body.uuid).not.toBe(second.body.uuid)
    expect(await services.effects('gusto')).toEqual(Array(2).fill('employee.created acme/jane@acme.example'))
    expect((await gusto('GET', `/v1/employees/${second.body.uuid}`)).body).toMatchObject(jane)
  })

  it('lists employees in pages and says how many there are', async () => {
    await using services = await openServices()
    const gusto = services.call('gusto')
    for (let i = 0; i < 5; i++) await gusto('POST', EMPLOYEES, { body: { ...jane, email: `p${i}@acme.example` } })
    const page = await gusto('GET', `${EMPLOYEES}?page=3&per=2`)
    expect(page.body.map((each: { email: string }) => each.email)).toEqual(['p4@acme.example'])
    const totals = ['x-total-count', 'x-total-pages', 'x-page', 'x-per-page'].map((name) => page.headers.get(name))
    expect(totals).toEqual(['5', '3', '3', '2'])
    expect((await gusto('GET', '/v1/companies/other/employees')).body).toEqual([])
  })

  it('makes two jobs when it is asked twice, and lists them', async () => {
    await using services = await openServices()
    const gusto = services.call('gusto')
    const { uuid } = (await gusto('POST', EMPLOYEES, { body: jane })).body
    for (const _ of [1, 2]) {
      const made = await gusto('POST', `/v1/employees/${uuid}/jobs`, { body: job })
      expect(made).toMatchObject({ status: 201, body: { ...job, employee_uuid: uuid } })
    }
    const listed = (await gusto('GET', `/v1/employees/${uuid}/jobs`)).body
    expect(listed.map((each: { primary: boolean }) => each.primary)).toEqual([true, false])
    expect((await gusto('GET', `/v1/employees/${uuid}`)).body.jobs).toHaveLength(2)
  })

  it('deletes an employee in onboarding with their jobs, once, and nobody who has finished it', async () => {
    await using services = await openServices()
    const gusto = services.call('gusto')
    const { uuid } = (await gusto('POST', EMPLOYEES, { body: jane })).body
    await gusto('POST', `/v1/employees/${uuid}/jobs`, { body: job })
    expect((await gusto('DELETE', `/v1/employees/${uuid}`)).status).toBe(204)
    expect((await gusto('DELETE', `/v1/employees/${uuid}`)).status).toBe(404)
    expect((await gusto('GET', EMPLOYEES)).body).toEqual([])
    const { uuid: second } = (await gusto('POST', EMPLOYEES, { body: jane })).body
    expect(second).not.toBe(uuid)
    await services.control('POST', '/switches/gusto/finish-onboarding', { email: jane.email })
    expect(await gusto('DELETE', `/v1/employees/${second}`)).toMatchObject({
      status: 422,
      body: { errors: [{ message: expect.stringContaining('onboarded') }] },
    })
  })

  it('gives new tokens for a refresh token until the access token that it gave is used', async () => {
    await using services = await openServices()
    const { clientId, clientSecret, refreshToken } = SANDBOX_ACCESS.gusto
    const client = { client_id: clientId, client_secret: clientSecret }
    const refresh = (refresh_token: string) =>
      services.call('gusto')('POST', '/oauth/token', {
        body: { grant_type: 'refresh_token', ...client, refresh_token },
      })
    const lost = (await refresh(refreshToken)).body
    const first = (await refresh(refreshToken)).body
    expect(first.access_token).not.toBe(lost.access_token)
    const authorization = `Bearer ${first.access_token}`
    const used = await services.call('gusto')('GET', '/v1/token_info', { headers: { authorization } })
    expect(used.status).toBe(200)
    expect(await refresh(refreshToken)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
    expect((await refresh(first.refresh_token)).status).toBe(200)
  })

  it('names what is wrong in its own form, and keeps no secret', async () => {
    await using services = await openServices()
    const gusto = services.call('gusto')
    expect(await gusto('POST', EMPLOYEES, { body: { first_name: 'Jane' } })).toMatchObject({
      status: 422,
      body: { errors: [{ error_key: 'last_name', category: 'invalid_attribute_value' }] },
    })
    expect(await gusto('GET', '/v1/employees/nobody')).toMatchObject({
      status: 404,
      body: { errors: [{ category: 'not_found' }] },
    })
    await gusto('POST', EMPLOYEES, { body: { ...jane, ssn: '000-00-0000', date_of_birth: '1990-01-01' } })
    const kept = JSON.stringify([
      await services.control('GET', '/state/gusto'),
      await services.control('GET', '/log/gusto'),
    ])
    expect(kept).not.toContain('000-00-0000')
    expect(kept).not.toContain('1990-01-01')
  })
})
