/**
 * @file The records in memory: the same interface as the worker's client, for looking at the screens. Each scenario
 * is where two people may stand. The clock and the ids are fixed.
 */
import type * as C from '../../src/records/contract';
import { SeenError } from '../../src/records/contract';

export const evening = new Date('2026-11-22T20:40:00').getTime();
const day = 86_400_000;

export const scenarios = [
  'none',
  'alone',
  'unnamed',
  'nothing',
  'mine',
  'theirs',
  'receive',
  'answered',
  'invite',
  'compare',
  'waiting',
  'joined',
  'expired',
  'tampered',
  'offline',
  'forgotten',
  'long',
  'installed',
  'devices',
  'device-invite',
  'device-compare',
  'device-over',
  'agreed',
  'lapsed',
  'they-left',
  'i-left',
  'warned',
  'pin',
  'locked',
] as const;
export type Scenario = (typeof scenarios)[number];

const phrase = 'lantern river oat velvet copper morning stone garden paper whisper island thread'.split(' ');
const theirWords =
  'When your mother praised my brother at lunch, I laughed along. I felt small. I wanted you to reach for my hand.';
const myWords =
  'On Friday I heard about the trip from your sister. I felt overlooked, and I smiled so that nobody would see.';

function given(id: string, text: string, more: Partial<C.Given> = {}): C.Given {
  return { id, at: evening - 3_600_000, text, withdrawn: false, response: null, ...more };
}

function thanks(id: string): C.Given['response'] {
  return { id, kind: 'thanks', text: null, at: evening };
}

function pastPairs(answered: boolean): C.Opened[] {
  const newest: C.Opened = {
    counter: 2,
    stamp: evening,
    theirs: given('t2', theirWords, answered ? { response: thanks('r2') } : {}),
    mine: given('m2', myWords),
  };
  return [
    newest,
    {
      counter: 1,
      stamp: evening - 2 * day,
      theirs: given('t1', '', { text: null, withdrawn: true }),
      mine: given('m1', 'I counted the plates twice because I did not want to come back to the table.', {
        response: {
          id: 'r1',
          kind: 'words',
          text: 'I saw you go. I did not know how to come after you.',
          at: evening,
        },
      }),
    },
    {
      counter: 0,
      stamp: evening - 9 * day,
      theirs: given('t0', 'I like the way you say my name when you are tired.', { response: thanks('r0') }),
      mine: given('m0', 'I was jealous of your long call on Sunday.', { response: thanks('r3') }),
    },
  ];
}

const otherDevices: C.DeviceShown[] = [
  { id: 'd1', name: 'The old tablet', added: evening - 2 * day, here: false, removed: false },
  { id: 'd2', name: null, added: null, here: false, removed: false },
  { id: 'd3', name: 'Phone from before', added: evening - 300 * day, here: false, removed: true },
];

export class MemorySeen implements C.Seen {
  #standing: C.Standing;
  #joining: C.Joining | null = null;
  #exchange: C.Exchange | null = null;
  #pairs: C.Opened[] = [];
  #notes: C.Note[];
  #drafts = new Map<string, string>();
  #listeners = new Set<(change: C.Change) => void>();
  #ids = 0;
  #secret = '1234';
  #wrong = 0;
  #devices: C.DeviceShown[] = [
    { id: 'd0', name: null, added: evening - 9 * day, here: true, removed: false },
  ];
  #agreement: C.Agreement = { mine: null, theirs: null };
  #lock: Omit<C.LockState, 'kind'> = { locksAfterMs: 60000, waitsMs: 0 };

  constructor(scenario: Scenario) {
    const alone = [
      'none',
      'alone',
      'unnamed',
      'invite',
      'compare',
      'waiting',
      'expired',
      'tampered',
      'installed',
      'device-over',
    ].includes(scenario);
    this.#standing = {
      stage: scenario === 'none' ? 'none' : scenario === 'locked' ? 'locked' : 'ready',
      lock: scenario === 'pin' || scenario === 'locked' ? 'pin' : 'none',
      name: scenario === 'none' || scenario === 'unnamed' ? null : 'Ines',
      colour: 'ember',
      partner: alone
        ? null
        : { name: scenario === 'long' ? 'Maximiliane-Theodora von der Aue' : 'Tomas', colour: 'tide' },
      phraseChecked: scenario !== 'none' && scenario !== 'alone',
      phraseHere: scenario === 'alone' || scenario === 'none',
      connection: scenario === 'offline' ? 'offline' : 'online',
      unsent: scenario === 'offline' ? 2 : 0,
      forgotten: scenario === 'forgotten',
      refused: scenario === 'forgotten' ? 2 : 0,
      joining: null,
      over: scenario === 'they-left' ? 'they_left' : scenario === 'i-left' ? 'i_left' : 'none',
      warnings: scenario === 'warned' ? ['list_silent', 'list_hidden', 'fork', 'rolled_back'] : [],
      demo: false,
    };
    if (!alone) this.#share(scenario);
    this.#notes =
      scenario === 'none'
        ? []
        : [
            {
              id: 'n1',
              seq: 2,
              text: 'I held my breath when he asked how the call went.',
              at: evening - day,
              changedAt: null,
              pending: false,
            },
            {
              id: 'n0',
              seq: 1,
              text: 'What I wanted to say: I was proud of you.\nI said: fine.',
              at: evening - 8 * day,
              changedAt: evening,
              pending: scenario === 'offline',
            },
          ];
    if (['invite', 'compare', 'waiting', 'joined', 'expired', 'tampered'].includes(scenario))
      this.#join(scenario);
    if (scenario === 'device-compare') this.#join('compare', 'device');
    if (scenario === 'device-over') this.#join('tampered', 'device');
    if (scenario === 'agreed' || scenario === 'theirs') this.#agreement = { mine: true, theirs: true };
    if (scenario === 'devices') this.#devices.push(...otherDevices);
  }

  #share(scenario: Scenario): void {
    const waiting = { id: 'm3', text: myWords, at: evening, lapsed: scenario === 'lapsed' };
    const state =
      scenario === 'mine' || scenario === 'offline' || scenario === 'lapsed'
        ? 'mine'
        : scenario === 'theirs' || scenario === 'long'
          ? 'theirs'
          : 'nothing';
    if (scenario === 'they-left' || scenario === 'i-left') {
      this.#pairs = pastPairs(true);
      return;
    }
    this.#exchange = {
      counter: 3,
      state,
      mine: state === 'mine' ? waiting : null,
      theirsWaits: state === 'theirs',
      mayTell: scenario === 'agreed',
    };
    this.#pairs = scenario === 'nothing' ? [] : pastPairs(scenario !== 'receive');
  }

  #join(scenario: Scenario, kind: C.Joining['kind'] = 'person'): void {
    const stages: Partial<Record<Scenario, C.Joining['stage']>> = {
      compare: 'revealed',
      waiting: 'revealed',
      joined: 'joined',
      expired: 'expired',
      tampered: 'tampered',
    };
    this.#joining = {
      kind,
      role: 'inviter',
      stage: stages[scenario] ?? 'open',
      link: `https://seen.example/#${kind === 'device' ? 'device' : 'join'}=c0ffeeC0FFEEc0ffeeC0FF`,
      code: 'K7Q4M92XABCDEFGHJF',
      expires: evening + day,
      partnerName: scenario === 'invite' || kind === 'device' ? null : 'Tomas',
      words: scenario === 'compare' || scenario === 'waiting' ? ['lantern', 'river', 'oat', 'velvet'] : null,
      iConfirmed: scenario === 'waiting',
    };
  }

  #tell(change: C.Change): void {
    for (const listener of this.#listeners) listener(change);
  }

  #stand(more: Partial<C.Standing>): void {
    this.#standing = { ...this.#standing, ...more };
    this.#tell('standing');
  }

  #now(): C.Joining {
    if (!this.#joining) throw new SeenError('not_found');
    return this.#joining;
  }

  standing = async (): Promise<C.Standing> => this.#standing;
  begin = async (name: string | null): Promise<void> =>
    this.#stand({ stage: 'ready', name, phraseHere: true });
  restore = async (words: string[]): Promise<void> => {
    if (words.join(' ') !== phrase.join(' ')) throw new SeenError('phrase_wrong');
    this.#stand({ stage: 'ready', name: 'Ines', phraseChecked: true });
  };
  setName = async (name: string): Promise<void> => this.#stand({ name });
  phrase = async (): Promise<string[] | null> => (this.#standing.phraseHere ? phrase : null);
  checkPhrase = async (words: string[]): Promise<boolean> => {
    const right = words.join(' ') === phrase.join(' ');
    if (right) this.#stand({ phraseChecked: true, phraseHere: false });
    return right;
  };
  invite = async (): Promise<C.Joining> => {
    this.#join('invite');
    return this.#now();
  };
  accept = async (secret: string): Promise<C.Joining> => {
    if (secret.startsWith('used')) throw new SeenError('invite_used');
    this.#join('compare');
    this.#joining = { ...this.#now(), role: 'invitee', link: null, code: null };
    return this.#now();
  };
  inviteDevice = async (): Promise<C.Joining> => {
    this.#join('invite', 'device');
    return this.#now();
  };
  enterAsDevice = async (secret: string): Promise<C.Joining> => {
    if (secret.startsWith('used')) throw new SeenError('invite_used');
    this.#join('compare', 'device');
    this.#joining = { ...this.#now(), role: 'invitee', link: null, code: null };
    return this.#now();
  };
  devices = async (): Promise<C.DeviceShown[]> => this.#devices;
  nameDevice = async (id: string, name: string): Promise<void> => {
    this.#devices = this.#devices.map((device) => (device.id === id ? { ...device, name } : device));
  };
  removeDevice = async (id: string, words: string[] | null): Promise<void> => {
    if (!this.#standing.phraseHere && words?.join(' ') !== phrase.join(' '))
      throw new SeenError('phrase_wrong');
    this.#devices = this.#devices.map((device) => (device.id === id ? { ...device, removed: true } : device));
  };
  agreement = async (): Promise<C.Agreement | null> => (this.#standing.partner ? this.#agreement : null);
  agree = async (tell: boolean): Promise<void> => {
    this.#agreement = { ...this.#agreement, mine: tell };
    this.#tell('today');
  };
  leaveSpace = async (_erase: boolean): Promise<void> => {
    this.#exchange = null;
    this.#stand({ over: 'i_left' });
  };
  deleteAccount = async (_words: string[] | null, _erase: boolean): Promise<void> =>
    this.#stand({ stage: 'none', partner: null });
  joining = async (): Promise<C.Joining | null> => this.#joining;
  confirmWords = async (same: boolean): Promise<C.Joining> => {
    const stage = !same ? 'ended' : this.#now().kind === 'device' ? 'joined' : 'revealed';
    this.#joining = { ...this.#now(), stage, iConfirmed: same };
    this.#tell('joining');
    return this.#now();
  };
  leaveJoining = async (): Promise<void> => {
    this.#joining = null;
  };

  today = async (): Promise<C.Today> => ({
    exchange: this.#exchange,
    toReceive: this.#pairs.find((pair) => !pair.theirs.response && !pair.theirs.withdrawn) ?? null,
  });
  between = async (before: number | null, limit: number): Promise<C.Page<C.Opened>> => {
    const items = this.#pairs.filter((pair) => before === null || pair.counter < before);
    return { items: items.slice(0, limit), more: items.length > limit };
  };
  opened = async (counter: number): Promise<C.Opened | null> =>
    this.#pairs.find((pair) => pair.counter === counter) ?? null;
  room = async (before: number | null, limit: number): Promise<C.Page<C.Note>> => {
    const waiting = before === null ? this.#notes.filter((note) => note.seq === null) : [];
    const kept = this.#notes.filter(({ seq }) => seq !== null && (before === null || seq < before));
    return { items: [...waiting, ...kept.slice(0, limit)], more: kept.length > limit };
  };
  note = async (id: string): Promise<C.Note | null> => this.#notes.find((note) => note.id === id) ?? null;

  give = async (text: string, _letKnow: boolean): Promise<void> => {
    const mine = { id: `g${++this.#ids}`, text, at: evening, lapsed: false };
    const now = this.#exchange;
    if (!now) throw new SeenError('not_found');
    if (now.theirsWaits) {
      this.#pairs = [
        { counter: now.counter, stamp: evening, mine: given(mine.id, text), theirs: given('t3', theirWords) },
        ...this.#pairs,
      ];
      this.#exchange = {
        counter: now.counter + 1,
        state: 'nothing',
        mine: null,
        theirsWaits: false,
        mayTell: now.mayTell,
      };
    } else this.#exchange = { ...now, state: 'mine', mine };
    this.#tell('today');
  };
  takeBack = async (id: string): Promise<void> => {
    const now = this.#exchange;
    if (now?.mine?.id === id) this.#exchange = { ...now, state: 'nothing', mine: null };
    this.#pairs = this.#pairs.map((pair) =>
      pair.mine.id === id ? { ...pair, mine: { ...pair.mine, text: null, withdrawn: true } } : pair,
    );
    this.#tell('today');
    this.#tell('between');
  };
  respond = async (target: string, kind: 'thanks' | 'words', text: string | null): Promise<void> => {
    const response = { id: `a${++this.#ids}`, kind, text, at: evening };
    this.#pairs = this.#pairs.map((pair) =>
      pair.theirs.id === target ? { ...pair, theirs: { ...pair.theirs, response } } : pair,
    );
    this.#tell('today');
    this.#tell('between');
  };
  keepNote = async (text: string): Promise<void> => {
    this.#notes = [
      { id: `k${++this.#ids}`, seq: 10 + this.#ids, text, at: evening, changedAt: null, pending: false },
      ...this.#notes,
    ];
    this.#tell('room');
  };
  changeNote = async (id: string, text: string): Promise<void> => {
    this.#notes = this.#notes.map((note) => (note.id === id ? { ...note, text, changedAt: evening } : note));
    this.#tell('room');
  };
  removeNote = async (id: string): Promise<void> => {
    this.#notes = this.#notes.filter((note) => note.id !== id);
    this.#tell('room');
  };
  draft = async (place: C.DraftPlace): Promise<string> => this.#drafts.get(place) ?? '';
  saveDraft = async (place: C.DraftPlace, text: string): Promise<void> => {
    this.#drafts.set(place, text);
  };
  lockState = async (): Promise<C.LockState> => ({ kind: this.#standing.lock, ...this.#lock });
  setLock = async (secret: string, kind: 'pin' | 'passphrase'): Promise<void> => {
    this.#secret = secret;
    this.#stand({ lock: kind });
  };
  removeLock = async (secret: string): Promise<void> => {
    if (secret !== this.#secret) throw new SeenError('lock_wrong');
    this.#stand({ lock: 'none' });
  };
  unlock = async (secret: string): Promise<boolean> => {
    const right = secret === this.#secret;
    this.#wrong = right ? 0 : this.#wrong + 1;
    this.#lock.waitsMs = right ? 0 : 1000 * 2 ** (this.#wrong - 1);
    if (right) this.#stand({ stage: 'ready' });
    return right;
  };
  lockNow = async (): Promise<void> => {
    if (this.#standing.lock !== 'none') this.#stand({ stage: 'locked' });
  };
  setLocksAfter = async (ms: C.LocksAfter): Promise<void> => {
    this.#lock.locksAfterMs = ms;
  };
  clearDevice = async (): Promise<void> => this.#stand({ stage: 'none', lock: 'none' });
  setClock = async (): Promise<void> => undefined;
  onChange = (listener: (change: C.Change) => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}
