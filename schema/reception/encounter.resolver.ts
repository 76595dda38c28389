import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import { loadAppointment } from '../../src/services/appointments.js';
import { loadCase } from '../../src/services/cases.js';
import { loadDistrict, loadWorker } from '../../src/services/directory.js';
import * as encounters from '../../src/services/encounters.js';
import { loadPerson } from '../../src/services/persons.js';
import { loadVisit } from '../../src/services/visits.js';
import { Appointment } from '../appointment/appointment.type.js';
import { Case } from '../case/case.type.js';
import { ConnectionArgs } from '../connection.js';
import { VersionedInput } from '../directory/directory.input.js';
import { District, Worker } from '../directory/directory.type.js';
import { Person } from '../person/person.type.js';
import {
  Encounter,
  EncounterConnection,
  GivenUpEncounter,
  PassOnEncounterInput,
  RecordEncounterInput,
  WriteEncounterInput,
} from './encounter.type.js';
import { Visit } from './visit.type.js';

@Resolver(() => Encounter)
export class EncounterResolver {
  @Query(() => EncounterConnection, {
    nullable: true,
    description: 'Encounters that the viewer held, and those passed on to them, the latest first.',
  })
  encounters(@Ctx() op: Operation, @Args(() => ConnectionArgs) args: ConnectionArgs) {
    return encounters.listEncounters(op, args);
  }

  @Query(() => Encounter, { nullable: true })
  encounter(@Ctx() op: Operation, @Arg('id', () => ID) id: string) {
    return encounters.loadEncounter(op, id);
  }

  @FieldResolver(() => String, { nullable: true, description: 'Null when nothing is written.' })
  text(@Ctx() op: Operation, @Root() row: encounters.EncounterRow) {
    return encounters.openEncounter(op, row);
  }

  @FieldResolver(() => District, { nullable: true })
  district(@Ctx() op: Operation, @Root() row: encounters.EncounterRow) {
    return loadDistrict(op, row.districtId);
  }

  @FieldResolver(() => Worker, { nullable: true })
  heldBy(@Ctx() op: Operation, @Root() row: encounters.EncounterRow) {
    return loadWorker(op, row.heldById);
  }

  @FieldResolver(() => Person, {
    nullable: true,
    description: 'Null for whoever came under no name; and 30 days later, unless one knows them otherwise.',
  })
  person(@Ctx() op: Operation, @Root() row: encounters.EncounterRow) {
    return row.personId === null ? null : loadPerson(op, row.personId);
  }

  @FieldResolver(() => Visit, { nullable: true, description: 'Seen by whoever receives in it.' })
  visit(@Ctx() op: Operation, @Root() row: encounters.EncounterRow) {
    return row.visitId === null ? null : loadVisit(op, row.visitId);
  }

  @FieldResolver(() => Appointment, { nullable: true, description: 'Seen by whoever takes part in it.' })
  appointment(@Ctx() op: Operation, @Root() row: encounters.EncounterRow) {
    return row.appointmentId === null ? null : loadAppointment(op, row.appointmentId);
  }

  @FieldResolver(() => Case, { nullable: true, description: 'To which it was passed on.' })
  case(@Ctx() op: Operation, @Root() row: encounters.EncounterRow) {
    return row.caseId === null ? null : loadCase(op, row.caseId);
  }

  @Mutation(() => Encounter, {
    nullable: true,
    description: 'A district is enough. Nobody but the viewer learns of it.',
  })
  recordEncounter(
    @Ctx() op: Operation,
    @Arg('input', () => RecordEncounterInput) input: RecordEncounterInput,
  ) {
    return encounters.recordEncounter(op, input);
  }

  @Mutation(() => Encounter, { nullable: true })
  writeEncounter(@Ctx() op: Operation, @Arg('input', () => WriteEncounterInput) input: WriteEncounterInput) {
    return encounters.writeEncounter(op, input);
  }

  @Mutation(() => GivenUpEncounter, {
    nullable: true,
    description: 'To the worker to whom the case is assigned, who alone reads it from then on.',
  })
  passOnEncounter(
    @Ctx() op: Operation,
    @Arg('input', () => PassOnEncounterInput) input: PassOnEncounterInput,
  ) {
    return encounters.passOnEncounter(op, input);
  }

  @Mutation(() => GivenUpEncounter, { nullable: true, description: 'Before its time.' })
  deleteEncounter(@Ctx() op: Operation, @Arg('input', () => VersionedInput) input: VersionedInput) {
    return encounters.deleteEncounter(op, input);
  }
}
