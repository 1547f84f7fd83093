import { z } from 'zod'

/** Milliseconds since 1970. */
export const Time = z.int().nonnegative()
