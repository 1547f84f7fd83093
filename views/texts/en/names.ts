import type { Actor } from '../../../src/domain/actor.ts'

type Part = Extract<Actor, { kind: 'machine' }>['part']

/** Parts of Purser that act for somebody outside, who has a name. */
const parts: Partial<Record<Part, string>> = { hook: 'webhook', api: 'API', schedule: 'schedule' }

/** What people call things that have no name of their own. */
export const names = {
  parts,
  /** `hr-platform (webhook)` */
  partFor: (name: string, part: string) => `${name} (${part})`,
  somebody: (id: string) => `somebody (${id})`,
  /** Why a card stands elsewhere, where nothing more is known. */
  notTaken: 'Slack does not take it there',
  undoing: (step: string) => `Undo: ${step}`,
}
