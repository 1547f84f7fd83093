import type { Piece, Words } from '../../pieces.ts'
import { given, say } from '../say.ts'
import { count } from './count.ts'

const states = {
  up: '🟢 working',
  troubled: '🟡 in trouble',
  down: '🔴 down',
  unknown: '⚪ not looked at yet',
}

/** How services are, and how soon failures were told. */
export const services = {
  health: (service: Piece, state: keyof typeof states, why: Piece | null) =>
    say`${service} · ${states[state]}${given(why, (detail) => say`: ${detail}`)}`,
  incident: (service: Piece, since: Piece, why: Piece | null) =>
    say`${service} · 🔴 incident since ${since}${given(why, (detail) => say`: ${detail}`)}`,
  notAllWork: 'Not all are working',
  notAllLookedAt: 'Not all were looked at yet',
  allWork: '🟢 All are working',
  notUsed: (service: Piece) => say`Purser does not use ${service}.`,
  used: (services: Piece) => say`It uses ${services}.`,
  notHeardOf: 'Purser has not heard of them since it was started.',
  lastHeard: (at: Words) => say`As Purser’s looks and calls found them, the last ${at}.`,

  alertsOf: (days: number) => `Alerts of the last ${count(days, 'day')}`,
  noAlert: 'No alert was shown in Slack.',
  alerts: ({ alerts, half, most, slowest }: { alerts: number; half: string; most: string; slowest: string }) =>
    `${count(alerts, 'alert')} in Slack. From the failure to its card: median ${half}, 99% ${most}, slowest ${slowest}`,
  noneLate: '✅ None came later than 60 s',
  late: (alerts: number) => `⏱️ ${alerts} came later than 60 s: their cards say why`,
  noSecondPath: 'None went by the second path',
  secondPath: (alerts: number) => `📧 ${alerts} went by the second path: e-mail or PagerDuty`,
  byLooksAndCalls: 'Services, by Purser’s looks and calls',
}
