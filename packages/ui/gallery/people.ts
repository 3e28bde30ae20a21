import { avatarHue, type AvatarKind, type AvatarOf, type Presence } from '../src/index.ts';

/** An id with the wanted hue, so that the gallery can be laid beside the drawings. */
function idWithHue(name: string, hue: number): string {
  for (let index = 0; ; index += 1) {
    const id = `${name}-${index}`;
    if (avatarHue(id) === hue) return id;
  }
}

function avatar(name: string, hue: number, kind: AvatarKind = 'person', presence?: Presence): AvatarOf {
  return { id: idWithHue(name, hue), name, kind, ...(presence ? { presence } : {}) };
}

export const people = {
  ada: avatar('ada', 5, 'person', 'online'),
  bob: avatar('bob', 2, 'person', 'online'),
  cleo: avatar('cleo', 9, 'person', 'online'),
  dmitri: avatar('dmitri', 7, 'person', 'online'),
  emi: avatar('emi', 1, 'person', 'online'),
  farid: avatar('farid', 6, 'person', 'offline'),
  grace: avatar('grace', 8, 'person', 'offline'),
  hana: avatar('hana', 4, 'person', 'offline'),
  kofi: avatar('kofi', 6, 'person', 'online'),
  noor: avatar('noor', 3, 'person', 'online'),
};

export const places = {
  pier: avatar('Pier 7 rollout', 6, 'group'),
  harbour: avatar('Harbour square', 1, 'room'),
  data: avatar('Data desk', 3, 'group'),
  lunch: avatar('Lunch, loosely', 2, 'group'),
  night: avatar('Night watch', 8, 'room'),
  charts: avatar('Library of charts', 5, 'room'),
};
