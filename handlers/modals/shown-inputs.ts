import { z } from 'zod'

const Values = z.record(z.string(), z.unknown())

/** The input blocks of the form that was sent, in its order: Slack sends a value for each of them. */
export const shownInputs = (values: unknown): { type: 'input'; block_id: string }[] =>
  Object.keys(Values.safeParse(values).data ?? {}).map((id) => ({ type: 'input', block_id: id }))
