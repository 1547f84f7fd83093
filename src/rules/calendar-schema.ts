import { z } from 'zod'
import { refuse } from './refuse.ts'
import { zone } from './time-zone.ts'

/** In the order of `Date.getUTCDay`. */
export const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const

/** A day as `2026-12-25`. */
export const day = z.string().superRefine((text, ctx) => {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && isReal(text)) return
  refuse(ctx, `"${text}" is not a day`, 'write it like 2026-12-25')
})

/** 30 February is parsed as a day of March. */
const isReal = (text: string): boolean => new Date(`${text}T00:00:00Z`).toISOString().startsWith(text)

/** When people work, and where. */
export const calendarSchema = z.strictObject({
  time_zone: zone.default('UTC').meta({ example: 'time_zone: Europe/Berlin' }),
  working_days: z
    .array(z.enum(WEEKDAYS))
    .min(1)
    .default(['monday', 'tuesday', 'wednesday', 'thursday', 'friday'])
    .meta({ example: 'working_days: [monday, tuesday, wednesday, thursday, friday]' }),
  holidays: z.array(day).default([]).meta({ example: 'holidays: [2026-12-25]' }),
})
