import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { joinedItself, pressedViewIn, readAsked } from '../../src/slack/payload.ts'

/** As an ordinary workspace sends it, and as an organisation with many does, where no workspace is named. */
const CLICK = {
  type: 'block_actions',
  user: { id: 'U0OLGA', team_id: 'T0ACME' },
  container: { type: 'message', channel_id: 'C0OPS', message_ts: '1.1', thread_ts: '1.0' },
  response_url: 'https://hooks.slack.com/actions/1',
}

describe('who asked, and where', () => {
  it('is read from a workspace’s click', () => {
    const asked = readAsked({ ...CLICK, team: { id: 'T0ACME', domain: 'acme' }, enterprise: null })
    expect(asked).toMatchObject({ team: 'T0ACME', user: 'U0OLGA', homeTeam: 'T0ACME' })
    expect(asked?.place).toMatchObject({ channel: 'C0OPS', threadTs: '1.0' })
  })

  it('is the organisation where Enterprise Grid names no workspace', () => {
    const grid = { ...CLICK, team: null, enterprise: { id: 'E0GLOBAL', name: 'Global' }, is_enterprise_install: true }
    expect(readAsked(grid)).toMatchObject({ team: 'E0GLOBAL', user: 'U0OLGA' })
    expect(readAsked({ ...CLICK, team: null, enterprise: null })).toMatchObject({ team: 'T0ACME' })
  })

  it('is nobody where nobody is named', () => {
    for (const body of [null, 'x', [], {}, { team: { id: 'T0ACME' } }, { ...CLICK, user: { id: 'nobody at all' } }]) {
      expect(readAsked(body)).toBeNull()
    }
  })

  it('keeps a member of another workspace apart, in a shared channel', () => {
    const foreign = { ...CLICK, team: { id: 'T0ACME' }, user: { id: 'U0OTTO', team_id: 'T0GLOBEX' } }
    expect(readAsked(foreign)).toMatchObject({ team: 'T0ACME', homeTeam: 'T0GLOBEX' })
  })

  it('knows its own arrival in a channel from that of others', () => {
    const authorizations = [{ user_id: 'U0PURSER', is_bot: true }]
    expect(joinedItself({ event: { user: 'U0PURSER' }, authorizations })).toBe(true)
    expect(joinedItself({ event: { user: 'U0OLGA' }, authorizations })).toBe(false)
    expect(joinedItself({})).toBe(false)
    expect(pressedViewIn({ view: { id: 'V1', type: 'home' } })).toMatchObject({ type: 'home', metadata: '' })
  })

  const RECORDED = new URL('../../../shared/slack/payloads/', import.meta.url)
  it.runIf(existsSync(RECORDED))('is read from payloads that were recorded', () => {
    const read = (name: string) =>
      z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(new URL(`${name}.json`, RECORDED), 'utf8')))
    const bodies = ['actions', 'mention', 'slash-commands'].flatMap((name) =>
      Object.entries(read(name)).filter(([, body]) => typeof body === 'object' && body !== null),
    )
    const known = bodies.filter(([name]) => !['reaction', 'slashCommandModalContext'].includes(name))
    expect(known.length).toBeGreaterThan(5)
    for (const [name, body] of known) {
      expect(readAsked(body), name).toMatchObject({ team: expect.stringMatching(/^T00FAKE/), user: expect.any(String) })
    }
  })
})
