/** @file The shapes of the core's views, as wasm/boundary.md lists them. */

export interface MeView {
  name: string | null;
  phrase_checked: boolean;
  joined: null | {
    space: string;
    role: 'opener' | 'joiner';
    partner: { account: string; name: string | null };
  };
  /** About the joined one. */
  over: 'none' | 'they_left' | 'i_left';
}

export interface GivenView {
  id: string;
  by: string;
  at: number;
  text: string | null;
  withdrawn: boolean;
  response: null | { id: string; by: string; kind: 'thanks' | 'words'; text: string | null; at: number };
}

export interface OpenedView {
  counter: number;
  stamp: number;
  mine: GivenView;
  theirs: GivenView;
}

export interface ExchangeView {
  counter: number;
  state: 'nothing' | 'mine' | 'theirs' | 'both';
  mine: null | { id: string; text: string; at: number; lapsed: boolean };
  theirs_waits: boolean;
  may_tell: boolean;
}

export interface AgreementView {
  mine: boolean | null;
  theirs: boolean | null;
}

export interface DevicesView {
  /** By device id. */
  names: Record<string, string>;
}

export interface TodayView {
  me: MeView;
  exchange: ExchangeView | null;
  to_receive: OpenedView | null;
}

export interface NoteView {
  id: string;
  seq: number | null;
  text: string;
  at: number;
  changed_at: number | null;
  pending: boolean;
}

export interface PageView<T> {
  items: T[];
  more: boolean;
}
