/** A time that is still to come: nothing has happened in it yet. */
export type FuturePeriod = { kind: 'future' } & (
  | { unit: 'day' | 'week' | 'month'; ahead: number; isBy: boolean }
  /** 0 is Sunday. */
  | { unit: 'weekday'; day: number; isBy: boolean }
  | { unit: 'hours'; count: number; isBy: true }
)

export const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']
export const NUMBERS: Readonly<Record<string, number>> = {
  ...{ few: 3, couple: 2, two: 2, three: 3, four: 4, five: 5, seven: 7 },
}

const AHEAD: Readonly<Record<string, readonly [unit: 'day' | 'week' | 'month', ahead: number]>> = {
  today: ['day', 0],
  tonight: ['day', 0],
  tomorrow: ['day', 1],
  'this week': ['week', 0],
  'next week': ['week', 1],
  'this month': ['month', 0],
  'next month': ['month', 1],
}
const HOURS: Readonly<Record<string, number>> = { hour: 1, day: 24, week: 24 * 7 }

type Read = (found: RegExpExecArray) => FuturePeriod | null

const named = (name: string, isBy: boolean): FuturePeriod | null => {
  const [unit, ahead] = AHEAD[name] ?? []
  return unit === undefined || ahead === undefined ? null : { kind: 'future', unit, ahead, isBy }
}

/** Ways of naming a time to come; longer ones first. */
export const FUTURE_PHRASES: readonly (readonly [RegExp, Read])[] = [
  [
    /\b(?:by|until|before|till) (?:the end of )?(today|tonight|tomorrow|(?:this|next) (?:week|month))\b/,
    ([, name = '']) => named(name, true),
  ],
  [
    new RegExp(`\\b(by|until|before|till|next|this coming) (${WEEKDAYS.join('|')})\\b`),
    ([, how = '', day = '']) => ({
      ...{ kind: 'future', unit: 'weekday', day: WEEKDAYS.indexOf(day), isBy: !/^(?:next|this coming)$/.test(how) },
    }),
  ],
  [/\b(tomorrow|next (?:week|month))\b/, ([, name = '']) => named(name, false)],
  [
    /\b(?:in|within|over) the next (?:(few|couple|\d{1,3}|two|three|four|five|seven) (?:of )?)?(hour|day|week)s?\b/,
    ([, amount = '1', unit = '']) => {
      const count = (NUMBERS[amount] ?? Number(amount)) * (HOURS[unit] ?? 0)
      return { kind: 'future', unit: 'hours', count, isBy: true }
    },
  ],
]
