import { z } from 'zod'
import { isTimeZone } from '../domain/calendar.ts'
import { nearest } from '../domain/nearest.ts'
import { refuse } from './refuse.ts'

/** A time zone by its IANA name. */
export const zone = z.string().superRefine((text, ctx) => {
  if (isTimeZone(text)) return
  const meant = nearest(text, Intl.supportedValuesOf('timeZone'))
  refuse(ctx, `"${text}" is not a time zone`, meant ? `did you mean ${meant}?` : 'write it like Europe/Berlin')
})
