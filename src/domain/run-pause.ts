import { z } from 'zod'
import { Actor } from './actor.ts'
import { EntryId } from './ids.ts'
import { Time } from './time.ts'

/** That a person paused this very run. */
export const RunPause = z.object({ by: Actor, at: Time, reason: z.string(), until: Time.nullable(), entry: EntryId })
export type RunPause = z.infer<typeof RunPause>
