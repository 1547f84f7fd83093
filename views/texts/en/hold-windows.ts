/** Windows in which somebody decides about a pause or an incident. */
export const holdWindows = {
  why: 'Why?',
  other: { title: 'Say why', submit: 'Do it', example: 'The vendor says that it is solved' },
  escalate: {
    title: 'Escalate the incident',
    submit: 'Open a ticket',
    example: 'Down for an hour, and their status page says nothing',
  },
  close: { title: 'Close the incident', submit: 'Close it', example: 'The vendor says that it is solved' },
  cancelAll: { title: 'Cancel what waits', submit: 'Cancel them', example: 'Imported twice by mistake' },
}
