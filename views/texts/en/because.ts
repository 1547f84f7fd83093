import type { Piece, Words } from '../../pieces.ts'
import { given, say } from '../say.ts'

/** `: reason`, where somebody gave one */
export const because = (reason: Piece | null): Words => given(reason, (why) => say`: ${why}`)
