import { describe, expect, it } from 'vitest'
import { invitationList } from '../../src/connectors/github/operations.ts'
import { employeeList } from '../../src/connectors/gusto/employees.ts'
import { channelList } from '../../src/connectors/slack/channels.ts'
import { historyPage } from '../../src/connectors/slack/find-message.ts'
import { userList } from '../../src/connectors/slack/people.ts'

const JANE = 'jane.doe@acme.example'

describe('what the ledger keeps of lists', () => {
  it('is the one invitation that was looked for, whatever the case of its address', () => {
    const mine = { id: 2, email: 'Jane.Doe@acme.example' }
    const body = [{ id: 1, email: 'joe@acme.example' }, mine, { id: 3, email: null }]
    expect(invitationList.keep?.(body, { email: JANE, page: 1 })).toEqual([mine])
  })

  it('is the one employee that was looked for, by either address', () => {
    const byWork = { uuid: 'b', email: 'jane@home.example', work_email: JANE }
    const body = [{ uuid: 'a', email: 'joe@acme.example' }, byWork, { uuid: 'c', email: JANE.toUpperCase() }]
    expect(employeeList.keep?.(body, { email: JANE, page: 1 })).toEqual([byWork, body[2]])
  })

  it('is the one channel of that name', () => {
    const body = {
      channels: [
        { id: 'C1', name: 'layoffs' },
        { id: 'C2', name: 'welcome' },
      ],
    }
    expect(channelList.keep?.(body, { name: 'welcome', cursor: '' })).toEqual({ channels: [body.channels[1]] })
  })

  it('is our own message of a channel, and what others wrote there is not kept', () => {
    const ours = { ts: '2', text: 'Hi', metadata: { event_payload: { key: 'run/welcome' } } }
    const body = {
      messages: [{ ts: '1', text: 'private' }, ours, { ts: '3', metadata: { event_payload: { key: 7 } } }],
    }
    const kept = historyPage.keep?.(body, { channel: 'C1', key: 'run/welcome', cursor: '' })
    expect(JSON.stringify(kept)).not.toContain('private')
    expect(kept).toMatchObject({ messages: [{ ts: '2' }] })
  })

  it('is how many people the directory has, not who', () => {
    expect(userList.keep?.({ ok: true, members: [{ id: 'U1', name: 'joe' }] }, { cursor: '' })).toEqual({
      ok: true,
      members: 1,
    })
  })
})
