import { describe, expect, test } from 'vitest'
import { createMailboxes } from '../../src/engine/mailboxes.ts'
import { settle } from '../support/turns.ts'

/** Mailboxes of words that are answered in capitals, and what was done in which order. */
function openBoxes() {
  const done: string[] = []
  const boxes = createMailboxes<string, string>({
    async open(box, letters) {
      done.push(`${box}: ${letters.map(({ content }) => content).join(' ')}`)
      await settle(2)
      for (const { content, answer, fail } of letters) {
        if (content === 'bad') fail(new Error('cannot be read'))
        else answer(content.toUpperCase())
      }
    },
    onEmpty: (box) => void done.push(`${box} is empty`),
  })
  return { boxes, done }
}

describe('a mailbox', () => {
  test('opens together what came in one turn, and answers each letter', async () => {
    const { boxes, done } = openBoxes()
    const answers = await Promise.allSettled([boxes.put('a', 'one'), boxes.put('a', 'bad'), boxes.put('b', 'two')])
    expect(answers.map((each) => (each.status === 'fulfilled' ? each.value : String(each.reason)))).toEqual([
      'ONE',
      'Error: cannot be read',
      'TWO',
    ])
    await boxes.idle()
    expect(done).toEqual(['a: one bad', 'b: two', 'a is empty', 'b is empty'])
  })

  test('gathers what comes while it is being read, and keeps other work in its place', async () => {
    const { boxes, done } = openBoxes()
    void boxes.put('a', 'one')
    await settle(2)
    void boxes.put('a', 'two')
    void boxes.put('a', 'three')
    void boxes.inTurn('a', async () => void done.push('other work'))
    void boxes.put('a', 'four')
    await boxes.idle()
    expect(done).toEqual(['a: one', 'a: two three', 'other work', 'a: four', 'a is empty'])
  })

  test('goes on behind work that fails', async () => {
    const { boxes, done } = openBoxes()
    const failing = boxes.inTurn('a', () => Promise.reject(new Error('no')))
    const answer = boxes.put('a', 'one')
    await expect(failing).rejects.toThrow('no')
    expect(await answer).toBe('ONE')
    await boxes.idle()
    expect(done).toEqual(['a: one', 'a is empty'])
  })
})
