import { setImmediate as turn } from 'node:timers/promises'

/** Enough turns of the event loop for a chain of commits and answers in memory to come to rest. */
const TO_REST = 40

/** Lets everything that needs no clock and no network run to its end. */
export async function settle(turns = TO_REST): Promise<void> {
  for (let count = 0; count < turns; count++) await turn()
}
