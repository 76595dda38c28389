import type { NoteVault } from '../../src/vault/note-vault.js';
import type { Calendar } from './calendar.js';
import { HOURS, type SeedCase, type Spell } from './cases.js';
import { makeNoteText } from './content/notes.js';
import type { Random } from './content/random.js';
import type { Directory } from './directory.js';
import { bytes, makeIds, type Row, streamOf } from './rows.js';
import type { Part } from './shape.js';

/** A note before it is sealed. The row and the text stay apart, so that no text can be inserted by mistake. */
interface Draft {
  readonly row: Row & { readonly id: string };
  readonly text: string;
}

/** The notes of a case. Those of its first spell stand apart. */
interface CaseDrafts {
  readonly case: SeedCase;
  readonly first: readonly Draft[];
  readonly later: readonly Draft[];
}

export interface NoteRows {
  readonly caseKeys: readonly Row[];
  /**
   * The notes of first spells. They are inserted while the first assignment is open, and the later notes after it. So the database sets the
   * right readers.
   */
  readonly ofFirstSpells: readonly Row[];
  readonly ofLaterSpells: readonly Row[];
  readonly handovers: readonly Row[];
  readonly handoverNotes: readonly Row[];
  readonly acceptances: readonly Row[];
}

/** Makes the notes. The vault seals their texts, each case under a key of its own. Keys and nonces are new at every run. */
export async function makeNoteRows(
  calendar: Calendar,
  directory: Directory,
  part: Part,
  vault: NoteVault,
  cases: readonly SeedCase[],
): Promise<NoteRows> {
  const written = writeNotes(calendar, directory, part, cases);
  const caseKeys: Row[] = [];
  const ofFirstSpells: Row[] = [];
  const ofLaterSpells: Row[] = [];
  for (const {
    case: { id },
    first,
    later,
  } of written) {
    const wrappedKey = await vault.newCaseKey(id);
    const key = await vault.openCaseKey(wrappedKey, id);
    const seal = ({ row, text }: Draft): Row => ({ ...row, body: bytes(key.seal(row.id, text)) });
    caseKeys.push({ case_id: id, master_key_id: wrappedKey.masterKeyId, wrapped: bytes(wrappedKey.wrapped) });
    ofFirstSpells.push(...first.map(seal));
    ofLaterSpells.push(...later.map(seal));
  }
  return { caseKeys, ofFirstSpells, ofLaterSpells, ...makeHandovers(calendar, directory, part, written) };
}

function writeNotes(
  calendar: Calendar,
  directory: Directory,
  part: Part,
  cases: readonly SeedCase[],
): CaseDrafts[] {
  const random = streamOf('notes', part.name);
  const nextId = makeIds('interview-note', part.name);
  const followed = cases.filter(({ spells }) => spells.length > 0);
  const counts = shareOut(random, followed, part.notes);
  return followed.map((of) => {
    const write = (spell: Spell): Draft[] =>
      drawDays(random, calendar, directory, of, spell, counts.get(spell) ?? 0).map((day, index, days) => ({
        row: {
          id: nextId(),
          ...makeRow(random, calendar, directory, of, spell, day, days[index + 1] === undefined),
        },
        text: makeNoteText(random, {
          personName: random.pick(of.persons).displayName,
          needCodes: random.shuffle(of.needCodes).slice(0, random.int(1, 2)),
        }),
      }));
    return {
      case: of,
      first: of.spells.slice(0, 1).flatMap(write),
      later: of.spells.slice(1).flatMap(write),
    };
  });
}

/** Shares the notes out over the spells; together they are `notes`. Each spell has three or more, except one that has just begun. */
function shareOut(random: Random, cases: readonly SeedCase[], notes: number): ReadonlyMap<Spell, number> {
  const counts = new Map<Spell, number>();
  for (const { spells } of cases) for (const spell of spells) counts.set(spell, spell.from > -8 ? 1 : 3);
  const lasting = cases.flatMap(({ spells }) => spells.filter(({ from }) => from < -30));
  const left = notes - [...counts.values()].reduce((sum, count) => sum + count, 0);
  for (let shared = 0; shared < left; shared++) {
    const spell = random.pick(lasting);
    counts.set(spell, (counts.get(spell) ?? 0) + 1);
  }
  return counts;
}

/** Draws working days within the spell, in order; none while the worker is away. */
function drawDays(
  random: Random,
  calendar: Calendar,
  directory: Directory,
  { closedOn }: SeedCase,
  spell: Spell,
  count: number,
): number[] {
  const present = Math.min(directory.absence(spell.subject)?.from ?? 0, 0);
  const last = Math.max(spell.from, Math.min(spell.until ?? closedOn ?? 0, present) - 1);
  const days = Array.from({ length: count }, () => calendar.workingDay(random.int(spell.from, last)));
  return days.sort((one, other) => one - other);
}

/**
 * Makes the row of a note that is written at the end of an interview. Some notes are completed later that day; a few are not finished yet.
 */
function makeRow(
  random: Random,
  calendar: Calendar,
  directory: Directory,
  { id, district, closedOn }: SeedCase,
  { subject, until }: Spell,
  day: number,
  isLast: boolean,
): Row {
  const minutes = random.int(...HOURS.notes);
  const amended = random.chance(0.06) ? minutes + random.int(5, 55) : null;
  const isDraft = isLast && until === null && closedOn === null && day > -8 && random.chance(0.3);
  return {
    case_id: id,
    district_id: directory.districtId(district),
    author_id: directory.workerId(subject),
    status: isDraft ? 'DRAFT' : 'FINAL',
    written_at: calendar.instant(day, minutes),
    amended_at: amended === null ? null : calendar.instant(day, amended),
    version: amended === null ? 1 : 2,
  };
}

/**
 * Makes the handovers. Before a case changes hands, its worker chooses notes for the next worker. The next worker has accepted them, or not
 * yet.
 */
function makeHandovers(
  calendar: Calendar,
  directory: Directory,
  part: Part,
  written: readonly CaseDrafts[],
): Pick<NoteRows, 'handovers' | 'handoverNotes' | 'acceptances'> {
  const nextId = makeIds('handover', part.name);
  const handovers: Row[] = [];
  const handoverNotes: Row[] = [];
  const acceptances: Row[] = [];
  for (const { case: of, first } of written) {
    const [from, to] = of.spells;
    if (of.handover === null || from === undefined || to === undefined) continue;
    const id = nextId();
    const offeredOn = calendar.workingDay(to.from - 1);
    handovers.push({
      id,
      case_id: of.id,
      from_worker_id: directory.workerId(from.subject),
      to_worker_id: directory.workerId(to.subject),
      offered_at: calendar.instant(offeredOn, HOURS.closed),
    });
    // The last two notes are handed over. The author does not hand the others over, and no longer reads them.
    for (const { row } of first.slice(-2)) handoverNotes.push({ handover_id: id, note_id: row.id });
    if (of.handover === 'ACCEPTED')
      acceptances.push({ id, accepted_at: calendar.instant(calendar.workingDay(to.from + 3), 12 * 60) });
  }
  return { handovers, handoverNotes, acceptances };
}
