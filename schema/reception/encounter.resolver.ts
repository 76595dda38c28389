import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import { loadAppointment } from '../../src/services/appointment/appointments.js';
import { loadCase, loadKnownCase } from '../../src/services/case/cases.js';
import { loadDistrict, loadWorker } from '../../src/services/directory/directory.js';
import { loadPerson } from '../../src/services/person/persons.js';
import * as encounters from '../../src/services/reception/encounters.js';
import { loadVisit } from '../../src/services/reception/visits.js';
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
    description:
      'Encounters that the viewer held, and those that were passed on to the viewer, the latest first.',
  })
  encounters(@Ctx() op: Operation, @Args(() => ConnectionArgs) args: ConnectionArgs) {
    return encounters.listEncounters(op, args);
  }

  @Query(() => Encounter, {
    nullable: true,
    description: 'One encounter by its id; null for one that does not exist or that the viewer may not read.',
  })
  encounter(
    @Ctx() op: Operation,
    @Arg('id', () => ID, { description: 'The `id` of the encounter.' }) id: string,
  ) {
    return encounters.loadEncounter(op, id);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'The text of the worker; null while nothing is written.',
  })
  text(@Ctx() op: Operation, @Root() row: encounters.EncounterRow) {
    return encounters.openEncounter(op, row);
  }

  @FieldResolver(() => District, {
    nullable: true,
    description: 'The district in which the person was seen.',
  })
  district(@Ctx() op: Operation, @Root() row: encounters.EncounterRow) {
    return loadDistrict(op, row.districtId);
  }

  @FieldResolver(() => Worker, { nullable: true, description: 'The worker who saw the person.' })
  heldBy(@Ctx() op: Operation, @Root() row: encounters.EncounterRow) {
    return loadWorker(op, row.heldById);
  }

  @FieldResolver(() => Person, {
    nullable: true,
    description:
      'The person who was seen. Null for someone who gave no name, and after 30 days unless the viewer knows them otherwise.',
  })
  person(@Ctx() op: Operation, @Root() row: encounters.EncounterRow) {
    return row.personId === null ? null : loadPerson(op, row.personId);
  }

  @FieldResolver(() => Visit, {
    nullable: true,
    description:
      'The visit in which the person was seen, for the worker who receives in it; null if there is none.',
  })
  visit(@Ctx() op: Operation, @Root() row: encounters.EncounterRow) {
    return row.visitId === null ? null : loadVisit(op, row.visitId);
  }

  @FieldResolver(() => Appointment, {
    nullable: true,
    description:
      'The appointment in which the person was seen, for a worker who takes part in it; null if there is none.',
  })
  appointment(@Ctx() op: Operation, @Root() row: encounters.EncounterRow) {
    return row.appointmentId === null ? null : loadAppointment(op, row.appointmentId);
  }

  @FieldResolver(() => Case, {
    nullable: true,
    description: 'The case that it was passed on to; null until then.',
  })
  case(@Ctx() op: Operation, @Root() row: encounters.EncounterRow) {
    return row.caseId === null ? null : loadCase(op, row.caseId);
  }

  @FieldResolver(() => Case, {
    nullable: true,
    description:
      'The case for which it is written. It goes to the worker of this case by itself. Null for an encounter without a case, and once it was passed on.',
  })
  forCase(@Ctx() op: Operation, @Root() row: encounters.EncounterRow) {
    return row.forCaseId === null ? null : loadKnownCase(op, row.forCaseId);
  }

  @Mutation(() => Encounter, {
    nullable: true,
    description:
      'Records that the viewer has seen someone on duty. A district is enough. Nobody but the viewer learns of it, until it goes to the worker of its case.',
  })
  recordEncounter(
    @Ctx() op: Operation,
    @Arg('input', () => RecordEncounterInput) input: RecordEncounterInput,
  ) {
    return encounters.recordEncounter(op, input);
  }

  @Mutation(() => Encounter, {
    nullable: true,
    description: 'Writes the text of an encounter, until it is passed on. Only the worker who held it may.',
  })
  writeEncounter(@Ctx() op: Operation, @Arg('input', () => WriteEncounterInput) input: WriteEncounterInput) {
    return encounters.writeEncounter(op, input);
  }

  @Mutation(() => GivenUpEncounter, {
    nullable: true,
    description: 'Passes an encounter on to the assigned worker of a case, who alone reads it from then on.',
  })
  passOnEncounter(
    @Ctx() op: Operation,
    @Arg('input', () => PassOnEncounterInput) input: PassOnEncounterInput,
  ) {
    return encounters.passOnEncounter(op, input);
  }

  @Mutation(() => GivenUpEncounter, {
    nullable: true,
    description: 'Deletes an encounter before its 30 days are over.',
  })
  deleteEncounter(@Ctx() op: Operation, @Arg('input', () => VersionedInput) input: VersionedInput) {
    return encounters.deleteEncounter(op, input);
  }
}
