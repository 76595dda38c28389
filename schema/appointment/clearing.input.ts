import { Field, ID, InputType, Int } from 'type-graphql';
import type { Clearing as ClearingValue } from '../../src/services/appointment/clearing.js';
import { Clearing } from './appointment.enums.js';

@InputType({ description: 'The time off to clear, and what becomes of the appointments in it.' })
export class ClearUnavailabilityInput {
  @Field(() => ID, { description: 'The `id` of the time off.' })
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => Clearing, {
    description: 'Whether the appointments are moved or cancelled.',
  })
  how!: ClearingValue;
}
