import { Field, Int, ObjectType } from 'type-graphql';
import type {
  ProtectedDays as DaysRow,
  ProtectedShare as ShareRow,
} from '../../src/services/waiting-time.js';
import { Withheld } from '../enums.js';
import { Day } from '../scalars.js';

@ObjectType({
  description:
    'Waits in whole days of the calendar. Of fewer than 3 workers or 5 persons nothing is told, and why: none counts as few, and so do many workers of whom one makes up four fifths.',
})
export class ProtectedDays {
  @Field(() => Int, { nullable: true })
  medianDays!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Nine in ten waited no longer; null below 20 persons, too.',
  })
  ninetiethPercentileDays!: number | null;

  @Field(() => Withheld, { nullable: true, description: 'Null where the figure is told.' })
  withheld!: string | null;
}

@ObjectType({ description: 'In whole per cent, protected as waits are.' })
export class ProtectedShare {
  @Field(() => Int, { nullable: true })
  percent!: number | null;

  @Field(() => Withheld, { nullable: true, description: 'Null where the figure is told.' })
  withheld!: string | null;
}

@ObjectType({
  description:
    'Délai d’attente: of a district and a month, frozen on the tenth of the next. Never by worker, and of no two districts at once.',
})
export class WaitingTime {
  @Field(() => Day, { nullable: true, description: 'Its first day.' })
  month!: Date;

  @Field(() => ProtectedDays, {
    nullable: true,
    description:
      'From asking to wait for an appointment to the first time that is offered, of whom that happened to in the month. Whoever is given a time as they ask is not among them.',
  })
  askedToOffered!: DaysRow;

  @Field(() => ProtectedDays, {
    nullable: true,
    description:
      'From asking to the appointment, of those honoured in the month. Asked is when it was booked, or when someone first asked to wait for it if that was before; what the service asked for itself is left out, and so are collective appointments, for which nobody asks.',
  })
  askedToHeld!: DaysRow;

  @Field(() => ProtectedDays, {
    nullable: true,
    description:
      'How long those had waited who were still on the waiting list on the last day of the month: completed waits alone hide the queue.',
  })
  stillWaiting!: DaysRow;

  @Field(() => ProtectedShare, {
    nullable: true,
    description:
      'Not honoured ÷ (honoured + not honoured). Of months that were frozen before it was an indicator.',
    deprecationReason: 'Ask for statistics(indicator: "NOT_HONOURED"), of two protected counts.',
  })
  notHonoured!: ShareRow;

  @Field(() => ProtectedShare, {
    nullable: true,
    description:
      'Of which share nobody had recorded what became of them. Of months that were frozen before it was an indicator.',
    deprecationReason: 'Ask for statistics(indicator: "UNKNOWN_OUTCOMES"), of two protected counts.',
  })
  unknownOutcome!: ShareRow;

  @Field(() => Day, {
    nullable: true,
    description: 'What was recorded later is not in it. Null if not frozen.',
  })
  frozenOn!: Date | null;
}

@ObjectType({
  description:
    'Third next available appointment, as it stood at six in the morning in Paris: how many days lay between that day and the third free time. Held times and hours for urgent receptions are not free.',
})
export class ThirdNextAvailable {
  @Field(() => Day, { nullable: true })
  day!: Date;

  @Field(() => Int, { nullable: true, description: '0 is the same day.' })
  days!: number | null;

  @Field(() => Withheld, { nullable: true, description: 'Null where the figure is told.' })
  withheld!: string | null;
}
