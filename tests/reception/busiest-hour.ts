/**
 * How often one secretary does each act by hand in the busiest hour of a Monday of forty people. Nobody does all of it in one hour: each
 * number is that of an hour in which this act is what people come for. The numbers are assumptions, and stand here alone. A measure of acts
 * lets them pass, and half as many again (`ROOM`).
 */
export const BUSIEST_HOUR = {
  // ---- At the counter and on the telephone: forty people, of whom two are sent to the duty worker without a name
  walkIn: 26,
  call: 12,
  callDutyWorker: 2,
  address: 16,
  close: 30,
  tellTimes: 6,
  sendTimesAgain: 4,
  callOffByTelephone: 6,
  restoreAtCounter: 1,
  sendMessage: 10,
  // ---- Persons
  lookUp: 40,
  lookUpCases: 4,
  lookUpCaseByReference: 2,
  register: 8,
  giveNotice: 10,
  correctPhone: 8,
  correctIdentity: 4,
  correctAddress: 4,
  setCommunication: 2,
  suspendContact: 1,
  objectToStatistics: 3,
  withdrawObjection: 1,
  // ---- Appointments
  search: 14,
  book: 14,
  moveAtCounter: 6,
  moveByService: 4,
  cancelAtCounter: 4,
  cancelByService: 3,
  confirm: 8,
  recordOutcome: 10,
  setParticipants: 2,
  recordNotice: 7,
  openCollective: 1,
  joinCollective: 6,
  leaveCollective: 1,
  // ---- The waiting list
  request: 14,
  requestWithoutName: 6,
  lookUpRequest: 4,
  changeRequest: 6,
  nameRequest: 3,
  recordPresence: 14,
  recordOffer: 5,
  answerOffer: 5,
  withdrawRequest: 6,
  // ---- Agendas of colleagues
  openHours: 2,
  closeHours: 2,
  endHours: 1,
  declareTimeOff: 2,
  clearTimeOff: 1,
  endTimeOff: 1,
  // ---- What a front end reads meanwhile
  readBoard: 12,
  readWaitingList: 6,
  readDay: 6,
  printDayList: 2,
} as const;

/** An act of the busiest hour. */
export type DeskAct = keyof typeof BUSIEST_HOUR;

/** What a measure leaves beside what is done by hand: the hour may be half as busy again. */
export const ROOM = 1.5;

/** How often the act is done, and no measure is reached. */
export const timesOf = (act: DeskAct): number => Math.ceil(BUSIEST_HOUR[act] * ROOM);

/** A day on which eight workers are ill: what the desk does in one hour, and the head beside it. Half as many again are in it already. */
export const DAY_OF_EIGHT_ILL = {
  workers: 8,
  /** Eight a day, and half as many again. */
  appointmentsOfEach: 12,
  /** Workers whose appointments are moved together; those of the others are cancelled together. */
  moved: 4,
  /** Moved and cancelled one by one, since no place was found together or the person calls. */
  movedByHand: 9,
  cancelledByHand: 6,
  /** Persons told by telephone. */
  told: 30,
  /** Of the head: an absence and a relay for each. */
  absences: 8,
  relays: 8,
} as const;
