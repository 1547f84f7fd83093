import type { HomeView } from '@slack/types'
import type { Drawing } from '../drawing.ts'

/** The App Home of somebody who may see nothing: says why. */
export const refusalHome = ({ blocks }: Drawing): HomeView => ({ type: 'home', blocks })
