import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** A font with more letters than the standard fonts of every reader: names need them. */
const FONT = readFileSync(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'));

const DAY = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', dateStyle: 'long' });

/** The points of a millimetre. */
const MM = 72 / 25.4;
/** The window of a French envelope that shows the recipient (NF Z11-001), in millimetres from the corner of the page. */
const WINDOW = { x: 105, y: 50, width: 85 };
const MARGIN = 25;

/** A letter on one page of A4. */
export interface Letter {
  /** The recipient, line by line. */
  readonly to: readonly string[];
  /** The sender: an address, and no service; null where that would tell too much. */
  readonly from: string | null;
  readonly on: Date;
  readonly text: string;
}

/** The library is loaded with the first letter: it takes a sixth of the time in which the process starts. */
const loadPdfkit = async () => (await import('pdfkit')).default;
let pdfkit: ReturnType<typeof loadPdfkit> | null = null;

/** Returns the letter as PDF, in base64. */
export async function makeLetter(letter: Letter): Promise<string> {
  pdfkit ??= loadPdfkit();
  const PDFDocument = await pdfkit;
  const document = new PDFDocument({
    size: 'A4',
    margin: MARGIN * MM,
    lang: 'fr',
    // The same letter of the same day is the same file.
    info: { Title: 'Courrier', CreationDate: new Date(letter.on.toISOString().slice(0, 10)) },
  });
  const parts: Buffer[] = [];
  document.on('data', (part: Buffer) => parts.push(part));
  const made = new Promise<string>((resolve, reject) => {
    document.on('end', () => resolve(Buffer.concat(parts).toString('base64')));
    document.on('error', reject);
  });
  const width = WINDOW.width * MM;
  document.font(FONT).fontSize(9);
  if (letter.from !== null) document.text(letter.from, MARGIN * MM, MARGIN * MM, { width });
  document.fontSize(11).text(letter.to.join('\n'), WINDOW.x * MM, WINDOW.y * MM, { width, lineGap: 3 });
  document.text(`Le ${DAY.format(letter.on)}`, WINDOW.x * MM, 95 * MM, { width });
  document.text('Bonjour,', MARGIN * MM, 115 * MM).moveDown();
  document.text(letter.text, { lineGap: 3 }).moveDown();
  document.text('Cordialement');
  document.end();
  return made;
}
