import { CommunicationNeed } from '../../../prisma/generated/enums.js';
import { InvalidInputError } from '../../errors.js';
import { requireLanguage } from './languages.js';

/** In which language someone is spoken to, and what they need to understand and be understood. Never why. */
export interface Communication {
  /** ISO 639-3; null where nobody has said. */
  readonly language: string | null;
  readonly communicationNeeds: readonly CommunicationNeed[];
}

export interface CommunicationInput {
  readonly language?: string | null | undefined;
  readonly communicationNeeds?: readonly CommunicationNeed[] | null | undefined;
}

const NEEDS = Object.values(CommunicationNeed);

/**
 * What is said, and what stands where nothing is said.
 * @throws InvalidInputError input.language: no ISO 639 code, or none beside INTERPRETER
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
