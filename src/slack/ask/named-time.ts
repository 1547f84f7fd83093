import { isNow, type Period } from './period.ts'
import type { Question } from './question.ts'

/** The question with the time that its sentence names: kept by those that can be answered for one, else noted as not told of. */
export function atTime(question: Question, period: Period | null): Question {
  if (period === null) return question
  switch (question.kind) {
    case 'due':
    case 'owed':
      return { ...question, period }
    case 'who':
    case 'deeds':
      return period.kind === 'future' ? question : { ...question, period }
    case 'status':
    case 'why':
    case 'waits':
    case 'when':
      // Whether it will be done by Friday is told by how it stands.
      return isNow(period) || period.kind === 'future' ? question : { ...question, otherTime: period }
    case 'stuck':
    case 'needs-me':
    case 'my-waits':
    case 'my-runs':
    case 'in-flight':
    case 'waiting':
    case 'late':
    case 'paused':
    case 'health':
      return isNow(period) ? question : { ...question, otherTime: period }
    default:
      return question
  }
}
