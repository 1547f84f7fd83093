import type { Method } from '../call.ts'
import { chatMethods } from './chat.ts'
import { conversationMethods } from './conversations.ts'
import { historyMethods } from './history.ts'
import { peopleMethods } from './people.ts'
import { viewMethods } from './views.ts'

/** Every method of the Web API that the sandbox answers, files apart. */
export const methods: Record<string, Method> = {
  ...chatMethods,
  ...conversationMethods,
  ...historyMethods,
  ...peopleMethods,
  ...viewMethods,
}
