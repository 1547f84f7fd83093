import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Person } from '../../src/domain/actor.ts'
import { shortId } from '../../src/domain/ids.ts'
import { workflow } from '../../src/engine/define-workflow.ts'
import { refusing, vendor } from '../engine/scripted-egress.ts'
import { GUS, NED, OLGA, openHandlers, TIM } from './open-handlers.ts'

const withManager = workflow(
  {
    name: 'employee-onboarding',
    version: 1,
    title: 'Employee onboarding',
    input: z.object({ email: z.email(), name: z.string(), role: z.string() }),
    subject: ({ email, name }) => ({ key: email, label: name }),
    manager: ({ role }) => role,
  },
  ({ step }) => {
    step('mail', {
      title: 'Open the mailbox',
      uses: [vendor],
      output: z.object({ id: z.string() }),
      run: ({ use }) => use(vendor).make(),
    })
  },
)

type At = Awaited<ReturnType<typeof openHandlers>>

/** What everything that was shown last says, and what its buttons carry. */
async function answer(at: At, words: string, who: Person): Promise<string> {
  await at.say(words, who)
  const { words: shown, drawing } = at.surface.last()
  return `${shown}\n${JSON.stringify(drawing)}`
}

/** Jane Doe is Ned's; Jane Roe and Ann Other, of whose names Ned's typos come close, are Tim's. */
async function openOffice() {
  const at = await openHandlers({ workflows: [withManager] })
  const stuck = async (name: string, email: string, manager: Person) => {
    at.script.plan('mail', refusing)
    return await at.begin({ name, email, role: manager.user })
  }
  const doe = await stuck('Jane Doe', 'jane@acme.example', NED)
  const roe = await stuck('Jane Roe', 'roe@acme.example', TIM)
  const ann = await stuck('Ann Other', 'ann@acme.example', TIM)
  return Object.assign(at, { doe, roe, ann })
}

const QUESTIONS = [
  'what is stuck?',
  'what failed today?',
  'what is running?',
  'what is late?',
  'what is due this week?',
  'what is owed?',
  'who skipped steps this week?',
  'what have you done today?',
  'how many finished this week?',
  'what are we waiting for?',
  'what needs me?',
  'how is Jane?',
  'why did Ann Other fail?',
  'hows anm othr doing',
  'what did you do for Ann today?',
  'who started ann@acme.example?',
  'when will Jane Roe be done?',
  'delete Ann Other',
  'why did it fail?',
  'is Vendor down?',
  'what is paused?',
]

describe('a question', () => {
  test('of a manager is answered from their people’s processes alone', async () => {
    await using at = await openOffice()
    const unseen = ['Roe', 'Other', 'roe@', shortId(at.roe.id), shortId(at.ann.id), at.roe.id, at.ann.id]
    for (const asked of QUESTIONS) {
      const told = await answer(at, asked, NED)
      // What they typed themselves is said back to them.
      const named = unseen.filter((name) => !asked.includes(name) && told.includes(name))
      expect(named, asked).toEqual([])
    }
    expect(await answer(at, 'how is Jane?', NED)).toContain('Jane Doe')
    expect(await answer(at, `how is ${shortId(at.ann.id)}?`, NED)).toContain('Nothing is known about')
    expect(await answer(at, 'how is Jane?', OLGA)).toMatch(/Jane Doe.*Jane Roe|Jane Roe.*Jane Doe/s)
  })

  test('of somebody whom one may not see is answered as of somebody who is not known', async () => {
    await using at = await openOffice()
    for (const shape of [
      'how is NAME doing?',
      'hows NAME',
      'why did NAME fail',
      'delete NAME',
      'NAME',
      'so hm, NAME, any news?',
    ]) {
      const [known, strange] = ['Ann Othre', 'Zed Zorkl'].map((name) => shape.replace('NAME', name))
      const told = await answer(at, known ?? '', NED)
      expect(told.replaceAll('Ann Othre', 'NAME')).toBe(
        (await answer(at, strange ?? '', NED)).replaceAll('Zed Zorkl', 'NAME'),
      )
    }
  })

  test('finds whom one may see, whoever else has a name that is closer', async () => {
    await using at = await openOffice()
    await at.begin({ name: 'Janette Poe', email: 'poe@acme.example', role: NED.user })
    await at.begin({ name: 'Janet Low', email: 'low@acme.example', role: TIM.user })
    expect(await answer(at, 'how is Janet?', OLGA)).toContain('Janet Low')
    expect(await answer(at, 'how is Janet?', NED)).toContain('Janette Poe')
  })

  test('of a guest is refused, whatever it asks', async () => {
    await using at = await openOffice()
    for (const asked of [...QUESTIONS, '', 'help', 'hello']) {
      const told = await answer(at, asked, GUS)
      expect(told, asked).toContain('Guests may not')
      expect(told, asked).not.toMatch(/Jane|Ann/)
    }
  })

  test('about somebody who was erased is answered as if they had never been there', async () => {
    await using at = await openOffice()
    await at.keys.erase([at.ann.subject.id])
    for (const asked of QUESTIONS) {
      const told = await answer(at, asked, OLGA)
      if (!asked.includes('Other')) expect(told, asked).not.toContain('Ann Other')
    }
    expect(await answer(at, 'why did Ann Other fail?', OLGA)).toContain('Nothing is known about “Ann Other”')
  })
})
