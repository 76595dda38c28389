/** A public holiday: a calendar date without time zone, and its name in both languages. */
export interface PublicHoliday {
  readonly date: string;
  readonly labelFr: string;
  readonly labelEn: string;
}

/** First and last year the table below covers. */
export const PUBLIC_HOLIDAY_YEARS = { first: 2024, last: 2030 } as const;

const HOLIDAYS_BY_YEAR: Readonly<Record<number, readonly PublicHoliday[]>> = {
  2024: [
    { date: '2024-01-01', labelFr: 'Nouvel An', labelEn: "New Year's Day" },
    { date: '2024-04-01', labelFr: 'Lundi de Pâques', labelEn: 'Easter Monday' },
    { date: '2024-05-01', labelFr: 'Fête du travail', labelEn: 'Labour Day' },
    { date: '2024-05-08', labelFr: 'Fête de la Victoire 1945', labelEn: 'Victory Day' },
    { date: '2024-05-09', labelFr: 'Ascension', labelEn: 'Ascension Day' },
    { date: '2024-05-20', labelFr: 'Lundi de Pentecôte', labelEn: 'Whit Monday' },
    { date: '2024-07-14', labelFr: 'Fête Nationale de la France', labelEn: 'Bastille Day' },
    { date: '2024-08-15', labelFr: 'Assomption', labelEn: 'Assumption' },
    { date: '2024-11-01', labelFr: 'Toussaint', labelEn: "All Saints' Day" },
    { date: '2024-11-11', labelFr: 'Armistice 1918', labelEn: 'Armistice Day' },
    { date: '2024-12-25', labelFr: 'Noël', labelEn: 'Christmas Day' },
  ],
  2025: [
    { date: '2025-01-01', labelFr: 'Nouvel An', labelEn: "New Year's Day" },
    { date: '2025-04-21', labelFr: 'Lundi de Pâques', labelEn: 'Easter Monday' },
    { date: '2025-05-01', labelFr: 'Fête du travail', labelEn: 'Labour Day' },
    { date: '2025-05-08', labelFr: 'Fête de la Victoire 1945', labelEn: 'Victory Day' },
    { date: '2025-05-29', labelFr: 'Ascension', labelEn: 'Ascension Day' },
    { date: '2025-06-09', labelFr: 'Lundi de Pentecôte', labelEn: 'Whit Monday' },
    { date: '2025-07-14', labelFr: 'Fête Nationale de la France', labelEn: 'Bastille Day' },
    { date: '2025-08-15', labelFr: 'Assomption', labelEn: 'Assumption' },
    { date: '2025-11-01', labelFr: 'Toussaint', labelEn: "All Saints' Day" },
    { date: '2025-11-11', labelFr: 'Armistice 1918', labelEn: 'Armistice Day' },
    { date: '2025-12-25', labelFr: 'Noël', labelEn: 'Christmas Day' },
  ],
  2026: [
    { date: '2026-01-01', labelFr: 'Nouvel An', labelEn: "New Year's Day" },
    { date: '2026-04-06', labelFr: 'Lundi de Pâques', labelEn: 'Easter Monday' },
    { date: '2026-05-01', labelFr: 'Fête du travail', labelEn: 'Labour Day' },
    { date: '2026-05-08', labelFr: 'Fête de la Victoire 1945', labelEn: 'Victory Day' },
    { date: '2026-05-14', labelFr: 'Ascension', labelEn: 'Ascension Day' },
    { date: '2026-05-25', labelFr: 'Lundi de Pentecôte', labelEn: 'Whit Monday' },
    { date: '2026-07-14', labelFr: 'Fête Nationale de la France', labelEn: 'Bastille Day' },
    { date: '2026-08-15', labelFr: 'Assomption', labelEn: 'Assumption' },
    { date: '2026-11-01', labelFr: 'Toussaint', labelEn: "All Saints' Day" },
    { date: '2026-11-11', labelFr: 'Armistice 1918', labelEn: 'Armistice Day' },
    { date: '2026-12-25', labelFr: 'Noël', labelEn: 'Christmas Day' },
  ],
  2027: [
    { date: '2027-01-01', labelFr: 'Nouvel An', labelEn: "New Year's Day" },
    { date: '2027-03-29', labelFr: 'Lundi de Pâques', labelEn: 'Easter Monday' },
    { date: '2027-05-01', labelFr: 'Fête du travail', labelEn: 'Labour Day' },
    { date: '2027-05-06', labelFr: 'Ascension', labelEn: 'Ascension Day' },
    { date: '2027-05-08', labelFr: 'Fête de la Victoire 1945', labelEn: 'Victory Day' },
    { date: '2027-05-17', labelFr: 'Lundi de Pentecôte', labelEn: 'Whit Monday' },
    { date: '2027-07-14', labelFr: 'Fête Nationale de la France', labelEn: 'Bastille Day' },
    { date: '2027-08-15', labelFr: 'Assomption', labelEn: 'Assumption' },
    { date: '2027-11-01', labelFr: 'Toussaint', labelEn: "All Saints' Day" },
    { date: '2027-11-11', labelFr: 'Armistice 1918', labelEn: 'Armistice Day' },
    { date: '2027-12-25', labelFr: 'Noël', labelEn: 'Christmas Day' },
  ],
  2028: [
    { date: '2028-01-01', labelFr: 'Nouvel An', labelEn: "New Year's Day" },
    { date: '2028-04-17', labelFr: 'Lundi de Pâques', labelEn: 'Easter Monday' },
    { date: '2028-05-01', labelFr: 'Fête du travail', labelEn: 'Labour Day' },
    { date: '2028-05-08', labelFr: 'Fête de la Victoire 1945', labelEn: 'Victory Day' },
    { date: '2028-05-25', labelFr: 'Ascension', labelEn: 'Ascension Day' },
    { date: '2028-06-05', labelFr: 'Lundi de Pentecôte', labelEn: 'Whit Monday' },
    { date: '2028-07-14', labelFr: 'Fête Nationale de la France', labelEn: 'Bastille Day' },
    { date: '2028-08-15', labelFr: 'Assomption', labelEn: 'Assumption' },
    { date: '2028-11-01', labelFr: 'Toussaint', labelEn: "All Saints' Day" },
    { date: '2028-11-11', labelFr: 'Armistice 1918', labelEn: 'Armistice Day' },
    { date: '2028-12-25', labelFr: 'Noël', labelEn: 'Christmas Day' },
  ],
  2029: [
    { date: '2029-01-01', labelFr: 'Nouvel An', labelEn: "New Year's Day" },
    { date: '2029-04-02', labelFr: 'Lundi de Pâques', labelEn: 'Easter Monday' },
    { date: '2029-05-01', labelFr: 'Fête du travail', labelEn: 'Labour Day' },
    { date: '2029-05-08', labelFr: 'Fête de la Victoire 1945', labelEn: 'Victory Day' },
    { date: '2029-05-10', labelFr: 'Ascension', labelEn: 'Ascension Day' },
    { date: '2029-05-21', labelFr: 'Lundi de Pentecôte', labelEn: 'Whit Monday' },
    { date: '2029-07-14', labelFr: 'Fête Nationale de la France', labelEn: 'Bastille Day' },
    { date: '2029-08-15', labelFr: 'Assomption', labelEn: 'Assumption' },
    { date: '2029-11-01', labelFr: 'Toussaint', labelEn: "All Saints' Day" },
    { date: '2029-11-11', labelFr: 'Armistice 1918', labelEn: 'Armistice Day' },
    { date: '2029-12-25', labelFr: 'Noël', labelEn: 'Christmas Day' },
  ],
  2030: [
    { date: '2030-01-01', labelFr: 'Nouvel An', labelEn: "New Year's Day" },
    { date: '2030-04-22', labelFr: 'Lundi de Pâques', labelEn: 'Easter Monday' },
    { date: '2030-05-01', labelFr: 'Fête du travail', labelEn: 'Labour Day' },
    { date: '2030-05-08', labelFr: 'Fête de la Victoire 1945', labelEn: 'Victory Day' },
    { date: '2030-05-30', labelFr: 'Ascension', labelEn: 'Ascension Day' },
    { date: '2030-06-10', labelFr: 'Lundi de Pentecôte', labelEn: 'Whit Monday' },
    { date: '2030-07-14', labelFr: 'Fête Nationale de la France', labelEn: 'Bastille Day' },
    { date: '2030-08-15', labelFr: 'Assomption', labelEn: 'Assumption' },
    { date: '2030-11-01', labelFr: 'Toussaint', labelEn: "All Saints' Day" },
    { date: '2030-11-11', labelFr: 'Armistice 1918', labelEn: 'Armistice Day' },
    { date: '2030-12-25', labelFr: 'Noël', labelEn: 'Christmas Day' },
  ],
};

/**
 * The public holidays of metropolitan France in a year, in date order.
 *
 * Source: `date-holidays` 3.37.0 (ISC AND CC-BY-3.0), country `FR`, type `public`, no state: the two extra days
 * of Alsace-Moselle are left out. Data for 2024-2030.
 *
 * @throws RangeError for a year the table does not cover, so that nobody books on a forgotten holiday.
 */
export function publicHolidays(year: number): readonly PublicHoliday[] {
  const holidays = HOLIDAYS_BY_YEAR[year];
  if (!holidays) {
    throw new RangeError(
      `No public holidays for ${year}: the table covers ${PUBLIC_HOLIDAY_YEARS.first}-${PUBLIC_HOLIDAY_YEARS.last}.`,
    );
  }
  return holidays;
}
