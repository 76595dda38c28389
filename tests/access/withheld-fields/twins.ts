import type { Answer } from '../../support/app.js';
import type { Scene, Stage } from '../../waiting-list/scene.js';

/** Keeps what was answered. */
export type Keep = (name: string, answer: Answer) => void;

/** A field that somebody may not read, with two of its values. */
export interface Withheld<Value extends string> {
  readonly values: readonly [Value, Value];
  /** A text that the answers must hold, so that the story compares something. */
  readonly shows: readonly RegExp[];
  /** Builds a district with the value, acts there as somebody who may not read it, and keeps each answer. */
  readonly story: (scene: Scene, value: Value, keep: Keep) => Promise<void>;
}

/** The text of an answer, in which each id is the number of its first appearance, so that two districts can be compared. */
function comparable(text: string, scene: Scene, ids: Map<string, number>): string {
  return text
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, (id) => {
      if (!ids.has(id)) ids.set(id, ids.size);
      return `#${ids.get(id)}`;
    })
    .replaceAll(scene.name, 'Secteur');
}

/** Tells the story in a district for each of the two values. Returns the answers of both, by name. */
export async function tellTwice<Value extends string>(
  stage: Stage,
  { values, story }: Withheld<Value>,
): Promise<readonly [Record<string, string>, Record<string, string>]> {
  const tell = async (value: Value): Promise<Record<string, string>> => {
    const scene = await stage.scene();
    const ids = new Map<string, number>();
    const answers: Record<string, string> = {};
    await story(scene, value, (name, { status, text }) => {
      answers[name] = `${status} ${comparable(text, scene, ids)}`;
    });
    return answers;
  };
  return [await tell(values[0]), await tell(values[1])];
}
