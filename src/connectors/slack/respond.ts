import { z } from 'zod'
import type { LookFirstOperation } from '../../domain/operation.ts'
import type { Content } from './message.ts'
import { asJson, slackCall } from './method.ts'

export interface Answer extends Content {
  /** The address that came with a command or click; good for five answers within half an hour. */
  url: string
  /** Takes the place of the message that was clicked. */
  replace: boolean
}

/** Answers a command or click where it was made, for that person alone; works also where the app is no member. */
export const respond: LookFirstOperation<Answer, { ok: true }> = {
  ...slackCall,
  class: 'L',
  name: 'response-url',
  title: 'answer privately',
  anonymous: true,
  request: ({ url, replace, text, blocks }) => ({
    method: 'POST',
    path: '/response',
    url,
    body: {
      response_type: 'ephemeral',
      replace_original: replace,
      text,
      ...(blocks ? { blocks: asJson(blocks) } : {}),
    },
  }),
  answer: z.unknown().transform((): { ok: true } => ({ ok: true })),
  naturalKey: ({ url }) => url,
  lookBeforeFirstWrite: false,
  indexLagMs: 0,
  find: async () => ({ kind: 'cannot-tell', why: 'Slack shows messages for one person to nobody else.' }),
}
