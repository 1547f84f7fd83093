import { PermanentFailure } from '../domain/errors.ts'
import { callName, type Operation, siteOf } from '../domain/operation.ts'

/**
 * Refuses a second write of one operation in one attempt without an item that tells the two apart: they would share a
 * key, and the second be taken for the first. Throws PermanentFailure, before anything is sent.
 */
export function oneOfEach(step: { key: string }): <I, O>(operation: Operation<I, O>, item: string | undefined) => void {
  const made = new Set<string>()
  return (operation, item) => {
    if (operation.class === 'R') return
    const name = callName(operation, item)
    if (made.has(name)) {
      const about = item === undefined ? 'without an item' : `with the item ${item}`
      throw new PermanentFailure({
        code: 'calls-not-told-apart',
        message: `The step ${step.key} calls ${operation.service} ${operation.name} twice ${about}: the second was not sent, as it would be taken for the first.`,
        hint: 'This is a fault in the workflow: give each call of one operation an item of its own, then retry.',
        where: siteOf(operation, null),
      })
    }
    made.add(name)
  }
}
