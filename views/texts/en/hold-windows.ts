/** Windows in which somebody decides about a pause or an incident. */
export const holdWindows = {
  why: 'Why?',
  other: { title: 'Say why', means: null, submit: 'Do it', example: 'The vendor says that it is solved' },
  escalate: {
    title: 'Escalate the incident',
    means: 'A ticket is opened, and nothing else changes: what waits goes on as soon as it works again.',
    submit: 'Open a ticket',
    example: 'Down for an hour, and their status page says nothing',
  },
  close: {
    title: 'Close the incident',
    means: 'It counts as over: what waits goes on, oldest first. What fails then no longer brings it back.',
    submit: 'Close it',
    example: 'The vendor says that it is solved',
  },
  cancelAll: {
    title: 'Cancel what waits',
    means:
      'All runs that wait here are cancelled; nothing of them has begun. A cancelled run cannot be taken up again.',
    submit: 'Cancel them',
    example: 'Imported twice by mistake',
  },
}
