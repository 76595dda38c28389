import { CommunicationNeed } from '../../../prisma/generated/enums.js';
import { InvalidInputError } from '../../errors.js';
import { requireLanguage } from './languages.js';

/** The language in which a person is spoken to, and what they need to understand and be understood. Never why. */
export interface Communication {
  /** ISO 639-3; null if nobody has said. */
  readonly language: string | null;
  readonly communicationNeeds: readonly CommunicationNeed[];
}

/** The input fields for `Communication`. */
export interface CommunicationInput {
  readonly language?: string | null | undefined;
  readonly communicationNeeds?: readonly CommunicationNeed[] | null | undefined;
}

const NEEDS = Object.values(CommunicationNeed);

/**
 * Returns what the input says, and the previous value where it says nothing.
 * @throws InvalidInputError at `input.language`: no ISO 639 code, or no language beside INTERPRETER
 */
export function cleanCommunication(input: CommunicationInput, previous: Communication): Communication {
  const said = input.language;
  const language =
    said === undefined
      ? previous.language
      : said === null || said.trim() === ''
        ? null
        : requireLanguage('input.language', said);
  const needs =
    input.communicationNeeds === undefined ? previous.communicationNeeds : (input.communicationNeeds ?? []);
  const communicationNeeds = NEEDS.filter((need) => needs.includes(need));
  if (language === null && communicationNeeds.includes('INTERPRETER'))
    throw new InvalidInputError('input.language', 'required');
  return { language, communicationNeeds };
}
