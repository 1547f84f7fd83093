import { z } from 'zod'
import { Time } from './time.ts'

/** Why a run is held back: the code or the rules that it went by are not there any more. */
export const HeldBack = z.object({
  since: Time,
  code: z.enum(['definition-changed', 'workflow-gone', 'rules-gone']),
  /** What does not fit. */
  message: z.string(),
  /** The definition that was found. */
  version: z.int(),
  shape: z.string(),
})
export type HeldBack = z.infer<typeof HeldBack>
