import type { SandboxMessage, SandboxView } from '../../src/sandbox/state.ts'
import { type OpenWorkplace, until, wordsOf } from '../support/workplace.ts'

export const emailOf = (name: string): string => `${name.toLowerCase().replaceAll(' ', '.')}@acme.example`

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
    at: (card: SandboxMessage) => ({ channel: 'ops-alerts', ts: card.ts }),
  }
}
