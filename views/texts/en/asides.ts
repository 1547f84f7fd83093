import type { Piece, Words } from '../../pieces.ts'
import { given, say } from '../say.ts'

/** `: reason`, where somebody gave one */
export const because = (reason: Piece | null): Words => given(reason, (why) => say`: ${why}`)

/** `, confirmed by Jane Doe`, where the rules asked for a second person */
export const confirmed = (by: Piece | null): Words => given(by, (who) => say`, confirmed by ${who}`)
