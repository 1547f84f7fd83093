import type { SandboxMessage, SandboxView } from '../../src/sandbox/state.ts'
import { type Account, type OpenWorkplace, until, wordsOf } from '../support/workplace.ts'

export const emailOf = (name: string): string => `${name.toLowerCase().replaceAll(' ', '.')}@acme.example`

/** Whether an effect, as a service logged it, is about somebody. */
export const isAbout = (effect: string, name: string): boolean => effect.toLowerCase().includes(emailOf(name))

/** What the people of the story do, in their words. */
export function peopleAtWork(office: OpenWorkplace) {
  const openForm = async (name: string): Promise<SandboxView> => {
    await office.slash('ops', '/onboard', name)
    return await office.filled('ops', name)
  }
  const runCards = async (name: string): Promise<SandboxMessage[]> =>
    (await office.messages('onboarding')).filter(({ text }) => text.startsWith(`Employee onboarding: ${name}`))
  const failureCards = async (name: string): Promise<SandboxMessage[]> =>
    (await office.messages('ops-alerts')).filter(({ text }) => text.includes(name))
  const answers = (name: string, more: object = {}) => ({
    workEmail: emailOf(name),
    role: 'engineer',
    team: 'Platform',
    manager: 'manager',
    startDate: '2026-12-01',
    employmentType: 'employee',
    ...more,
  })
  return {
    openForm,
    answers,
    runCards,
    failureCards,
    /** Ops start the onboarding of somebody. */
    async onboard(name: string, more: object = {}) {
      const submitted = await office.submit('ops', await openForm(name), answers(name, more))
      if (submitted.result !== 'closed') throw new Error(`${name} was not started: ${JSON.stringify(submitted)}`)
    },
    runCard: (name: string, says: string): Promise<SandboxMessage> =>
      until(`the run card of ${name} says ${says}`, async () =>
        (await runCards(name)).find((card) => wordsOf(card).includes(says)),
      ),
    failureCard: (name: string, says: string): Promise<SandboxMessage> =>
      until(`a failure card of ${name} says ${says}`, async () =>
        (await failureCards(name)).find((card) => wordsOf(card).includes(says)),
      ),
    /** Buttons of a card by their words, with their action ids. */
    buttons(card: SandboxMessage): Record<string, string> {
      const blocks = card.blocks as { elements?: { type: string; action_id: string; text?: { text: string } }[] }[]
      const all = blocks.flatMap(({ elements = [] }) => elements).filter(({ type }) => type === 'button')
      return Object.fromEntries(all.map(({ text, action_id }) => [text?.text ?? '', action_id]))
    },
    /** Presses a button that opens nothing. */
    press: (user: Account, card: SandboxMessage, action: string) =>
      office.click(user, { channel: 'ops-alerts', ts: card.ts }, action, { wait_ms: 0 }),
    /** How many payroll records somebody has. */
    made: async (name: string): Promise<number> =>
      (await office.effects('gusto')).filter((each) => each.startsWith('employee.created') && isAbout(each, name))
        .length,
    /** Purser dies after the request has left; what became of it cannot be looked up afterwards. */
    async loseTheOutcome(name: string, kind: 'unanswered' | 'timeout'): Promise<void> {
      await office.break({ service: 'gusto', kind, times: 1, match: 'POST /v1/companies' })
      await this.onboard(name)
      await until('the request is out', async () => {
        const { requests } = await office.log('gusto')
        return requests.some(({ method, body }) => method === 'POST' && isAbout(JSON.stringify(body ?? ''), name))
      })
      await office.services('POST', '/blind', { service: 'gusto' })
      await office.place.killPurser()
      await office.place.startPurser()
    },
    at: (card: SandboxMessage) => ({ channel: 'ops-alerts', ts: card.ts }),
  }
}
