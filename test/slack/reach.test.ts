import { describe, expect, test } from 'vitest'
import { UserId } from '../../src/domain/ids.ts'
import { reach, unknownToSlack } from '../../src/slack/reach.ts'

const MAYA = UserId.parse('U0MAYA')
const ANN = UserId.parse('U0ANN')

const rules = [
  { key: 'managers', title: 'Managers', userGroups: ['managers'], people: ['ann@acme.example'] },
  { key: 'board', title: 'Board', userGroups: ['nowhere'], people: [] },
]
const lookup = {
  rules,
  userGroup: async (handle: string) => (handle === 'managers' ? 'S0MANAGERS' : null),
  user: async (email: string) => (email === 'ann@acme.example' ? ANN : null),
}
const managers = { key: 'managers', title: 'Managers' }

describe('those who are asked', () => {
  test('are mentioned once each, however often they are named', async () => {
    const asked = { users: [MAYA], groups: [managers], people: ['ann@acme.example'] }
    expect(await reach(asked, lookup)).toEqual([
      { kind: 'user', user: MAYA },
      { kind: 'usergroup', id: 'S0MANAGERS', name: 'Managers' },
      { kind: 'user', user: ANN },
    ])
  })

  test('stand by name where Slack does not know them, or the rules do not any more', async () => {
    const groups = [
      { key: 'board', title: 'Board' },
      { key: 'gone', title: 'Gone' },
    ]
    expect(await reach({ users: [], groups, people: ['bob@acme.example'] }, lookup)).toEqual(
      ['Board', 'Gone', 'bob@acme.example'].map((text) => ({ kind: 'bold', text })),
    )
  })

  test('stand by name while Slack does not answer: a card is not held up', async () => {
    const silent = {
      rules,
      userGroup: () => Promise.reject(new Error('no')),
      user: () => Promise.reject(new Error('no')),
    }
    const asked = { users: [MAYA], groups: [{ key: 'board', title: 'Board' }], people: ['ann@acme.example'] }
    expect(await reach(asked, silent)).toEqual(unknownToSlack(asked))
  })
})
