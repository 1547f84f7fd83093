import { expect, test } from 'vitest'
import { z } from 'zod'
import { prefill } from '../../views/modals/prefill.ts'

const Form = z.object({
  name: z.string().meta({ title: 'Name' }),
  workEmail: z.email().meta({ title: 'Work e-mail', format: 'email' }),
  manager: z.string().meta({ title: 'Manager', widget: 'user' }),
})

test('takes whom a message tells of, and not whom it speaks to', () => {
  const told = 'please onboard Kim Sample, kim.sample@acme.example'
  const found = { name: 'Kim Sample', workEmail: 'kim.sample@acme.example' }
  expect(prefill(Form, `<@U0PURSER> ${told}`)).toEqual(found)
  expect(prefill(Form, `<@U0PURSER>, ${told}; <@U0MONA> is the manager`)).toEqual({ ...found, manager: 'U0MONA' })
})
