/** What stands in several windows, and what is said where something entered cannot be taken. */
export const windows = {
  oneMoment: '⏳ One moment…',
  notDone: 'Not done',
  notOpened: 'This could not be opened; nothing was changed.',
  notOpenedWayOut: 'Purser tells you why in a message. Close this, and try again in a minute.',
  secondPerson:
    '🤝 The rules ask for a second person here: this proposes it, and nothing is done until somebody else confirms.',
  propose: 'Propose',
  chooseSomebody: 'Choose somebody',
  whatToKnow: 'What should they know?',
  sayWhy: 'Please say why, in at least three characters.',
  nobodyChosen: 'Choose somebody of this workspace.',
  isGone: 'They are not in this workspace any more.',
  isGuest: 'Guests and apps decide nothing here. Choose a full member.',
  isAsked: 'They are asked already: they can decide as it is.',
  isInvolved: 'They have started this, or it is about them. Choose somebody else.',
  hasApproved: 'They have approved already. Choose somebody else.',
  putRight: 'Open the form again and put it right.',
}
