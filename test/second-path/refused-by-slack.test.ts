import { describe, expect, it } from 'vitest'
import { judgeSlack } from '../../src/connectors/slack/judge.ts'
import { PermanentFailure } from '../../src/domain/errors.ts'
import { openSecondPath } from './open-second-path.ts'

/** What Slack's own refusal becomes. */
function refusal(error: string, needed?: string): PermanentFailure {
  const body = { ok: false, error, ...(needed === undefined ? {} : { needed }) }
  const verdict = judgeSlack({ status: 200, headers: {}, body })
  if (verdict?.kind !== 'permanent') throw new Error(`${error} is read as ${verdict?.kind}`)
  return new PermanentFailure(verdict)
}

const INSTALL = /https:\/\/api\.slack\.com\/apps > Install App/
const REFUSALS = [
  { error: 'missing_scope', needed: 'chat:write', says: /lacks the scope chat:write/, click: /OAuth & Permissions/ },
  { error: 'invalid_auth', says: /refused the token/, click: INSTALL },
  { error: 'token_revoked', says: /token was revoked/, click: INSTALL },
  { error: 'account_inactive', says: /removed from the workspace/, click: INSTALL },
  { error: 'not_authed', says: /got no token/, click: INSTALL },
]

describe('Slack that refuses Purser itself', () => {
  it.each(REFUSALS)(
    'with $error is told once by the second path, with what to click, and is over when it is mended',
    async ({ error, needed, says, click }) => {
      await using at = await openSecondPath()
      let refused = 0
      const refuse = () => {
        refused += 1
        throw refusal(error, needed)
      }
      at.slack.says.post = refuse
      at.slack.says.update = refuse
      const id = await at.mark(await at.newRun(), 'failure')
      await at.clock.advance(60_000)
      expect(at.mails).toHaveLength(1)
      expect(at.mails[0]?.text).toMatch(says)
      expect(at.mails[0]?.text).toMatch(click)
      expect(at.events.map(({ event_action: action }) => action)).toEqual(['trigger'])
      await at.clock.advance(30 * 60_000)
      expect(refused).toBeGreaterThan(10)
      expect(at.mails).toHaveLength(1)
      expect(await at.entries('card.undeliverable')).toHaveLength(1)

      at.slack.says.post = null
      at.slack.says.update = null
      await at.clock.advance(3 * 60_000)
      expect(await at.card(id)).toMatchObject({ told: null, undeliverable: null, ts: expect.any(String) })
      expect(at.events.map(({ event_action: action }) => action)).toEqual(['trigger', 'resolve'])
    },
  )
})
