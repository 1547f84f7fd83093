import { describe, expect, test } from 'vitest'
import { SubjectId } from '../../../src/domain/ids.ts'
import { readQuestions } from '../../../src/slack/ask/read-questions.ts'
import { TEAM } from '../../support/test-ids.ts'

const SUBJECTS = ['Jane Doe', 'Acme Ltd'].map((label, index) => ({
  id: SubjectId.parse(`00000000-0000-7000-8000-${String(index).padStart(12, '0')}`),
  ...{ team: TEAM, key: `someone-${index}@example.com`, label },
}))
const LEXICON = { services: new Map([['github', 'github']]), workflows: [] }
const read = (text: string) => readQuestions(text, { lexicon: LEXICON, subjects: SUBJECTS })

describe('a message with several questions', () => {
  test('asks each of them, and the same one once', () => {
    expect(read("what's stuck? And who is waiting for me?")).toMatchObject([{ kind: 'stuck' }, { kind: 'needs-me' }])
    expect(read('How is Jane Doe? how is jane doe?')).toHaveLength(1)
    expect(read("Morning! What's late?\nIs GitHub down? Any idea?")).toMatchObject([
      { kind: 'late' },
      { kind: 'health' },
    ])
  })

  test('means by “she” the one who was named before', () => {
    expect(read('How is Jane Doe? Why did it fail? What is she waiting for?')).toMatchObject([
      { kind: 'status', words: ['Jane', 'Doe'] },
      { kind: 'why', words: ['Jane', 'Doe'] },
      { kind: 'waits', words: ['Jane', 'Doe'] },
    ])
  })

  test('is answered for three of them at most', () => {
    expect(read("what's stuck? what's late? what's running? what's paused? is GitHub down?")).toHaveLength(3)
  })

  test('is one question where only one is ours', () => {
    expect(read('are you there? how is Jane Doe?')).toMatchObject([{ kind: 'status' }])
  })
})

describe('a long message', () => {
  const talk = 'We had quite a day in the office and I will tell you all about it one of these days. '.repeat(36)

  test('is read for its questions, wherever they stand', () => {
    expect(talk.length).toBeGreaterThan(3_000)
    expect(read(`${talk}How is Jane Doe?`)).toMatchObject([{ kind: 'status', words: ['Jane', 'Doe'] }])
    expect(read(`What is stuck? ${talk}`)).toMatchObject([{ kind: 'stuck' }])
  })

  test('without any is too long to be read', () => {
    expect(read(talk)).toMatchObject([{ kind: 'unclear', isLong: true }])
    expect(read('how is '.repeat(430))).toMatchObject([{ kind: 'unclear', isLong: true }])
  })
})

test('nothing but a picture asks what there is to ask', () => {
  for (const text of ['<@U0PURSER> 👋', '<@U0PURSER> :tada:', '🙏🏽', ':wave: :wave:']) {
    expect(read(text), text).toMatchObject([{ kind: 'help' }])
  }
})
