/** @file The invitations of the server in memory: of persons and of devices, with links and typed codes. */
import { createHash } from 'node:crypto';
import type { InvitationStage } from '../../src/sync/wire';
import type { DeviceEntry } from '../../src/vault/device_list';
import type { Epoch } from '../../src/vault/epoch';
import { Refusal, text } from './refusal';

export interface MemoryInvitation {
  kind: 'person' | 'device';
  stage: InvitationStage;
  expires: number;
  inviter: string;
  invitee?: string;
  blob: string;
  code?: { lookup: string; sealed: string };
  answer?: string;
  reveal?: string;
  confirms: { inviter?: string; invitee?: string };
  space?: string;
  epoch?: Epoch;
  handover?: string;
}

/** Who asks: an account, or a device without one that has a ticket. */
export interface Asker {
  account: string;
  device: string | null;
}

export type Body = Record<string, unknown>;

export function ticketHolder(ticket: string): Asker {
  const id = `ticket/${createHash('sha256').update(ticket).digest('base64url')}`;
  return { account: id, device: null };
}

export interface Joins {
  space(id: string, members: string[], epoch: Epoch): void;
  /** 409 `stale_head` when the list has moved on. */
  device(account: string, entry: DeviceEntry): void;
  /** Something of this invitation has changed. */
  changed(lookup: string): void;
}

export class MemoryInvitations extends Map<string, MemoryInvitation> {
  constructor(
    private readonly joins: Joins,
    /** What is told of an invitation, true or not. */
    private readonly forge: (told: Body, account: string) => Body,
  ) {
    super();
  }

  post(body: Body, by: string): unknown {
    const lookup = text(body['lookup']);
    const code = body['code'] as MemoryInvitation['code'] | null | undefined;
    const there = this.get(lookup);
    const taken = [...this].some(
      ([other, one]) => other !== lookup && code && one.code?.lookup === code.lookup && !over(one),
    );
    if (taken) throw new Refusal(409, 'used');
    const made: MemoryInvitation = {
      kind: body['kind'] === 'device' ? 'device' : 'person',
      stage: 'open',
      expires: Date.now() + 86_400_000,
      inviter: by,
      blob: text(body['blob']),
      confirms: {},
      ...(code ? { code } : {}),
    };
    this.set(lookup, there ?? made);
    return { expires: (there ?? made).expires };
  }

  code(lookup: string): unknown {
    const found = [...this.values()].find((one) => one.code?.lookup === lookup && one.stage === 'open');
    if (!found?.code) throw new Refusal(404, 'not_found');
    return { sealed: found.code.sealed };
  }

  show(lookup: string, { account }: Asker): unknown {
    const invitation = this.get(lookup);
    if (!invitation || (account !== invitation.inviter && account !== invitation.invitee)) {
      throw new Refusal(404, 'not_found');
    }
    const { stage, expires, kind, inviter, blob, answer, reveal, confirms, space, handover } = invitation;
    const role = account === inviter ? 'inviter' : 'invitee';
    return this.forge(
      { lookup, role, stage, expires, kind, blob, answer, reveal, confirms, space, handover },
      account,
    );
  }

  step(lookup: string, step: string, body: Body, by: Asker): unknown {
    const invitation = this.get(lookup);
    if (!invitation) throw new Refusal(404, 'not_found');
    if (invitation.stage === 'ended' || invitation.stage === 'expired')
      throw new Refusal(410, invitation.stage);
    const told =
      step === 'claim' ? this.claim(invitation, by) : this.take(lookup, invitation, step, body, by);
    this.joins.changed(lookup);
    return told;
  }

  private claim(invitation: MemoryInvitation, { account }: Asker): unknown {
    const byTicket = account.startsWith('ticket/');
    if (account === invitation.inviter || byTicket !== (invitation.kind === 'device'))
      throw new Refusal(409, 'out_of_turn');
    if (invitation.invitee && invitation.invitee !== account) throw new Refusal(409, 'used');
    invitation.invitee = account;
    if (invitation.stage === 'open') invitation.stage = 'claimed';
    return this.forge({ blob: invitation.blob, expires: invitation.expires }, account);
  }

  private take(lookup: string, invitation: MemoryInvitation, step: string, body: Body, by: Asker): unknown {
    if (by.account !== invitation.inviter && by.account !== invitation.invitee)
      throw new Refusal(404, 'not_found');
    if (step === 'answer') once(invitation, 'answer', text(body['answer']), 'answered');
    if (step === 'reveal') once(invitation, 'reveal', text(body['reveal']), 'revealed');
    if (step === 'end' && invitation.stage !== 'joined') invitation.stage = 'ended';
    if (step === 'confirm') this.confirm(invitation, body, by);
    return this.show(lookup, by);
  }

  private confirm(invitation: MemoryInvitation, body: Body, by: Asker): void {
    const { confirms, inviter } = invitation;
    if (invitation.stage === 'joined') return;
    const side = by.account === inviter ? 'inviter' : 'invitee';
    if (side === 'inviter' && invitation.kind === 'device') {
      if (!confirms.invitee) throw new Refusal(409, 'out_of_turn');
      this.joins.device(inviter, body['entry'] as DeviceEntry);
      invitation.handover = text(body['handover']);
    }
    confirms[side] = text(body['confirm']);
    if (side === 'inviter' && invitation.kind === 'person') {
      invitation.space = text(body['space']);
      invitation.epoch = body['epoch'] as Epoch;
    }
    const { space, epoch, invitee } = invitation;
    if (!confirms.inviter || !confirms.invitee || !invitee) return;
    if (invitation.kind === 'person' && space && epoch) this.joins.space(space, [inviter, invitee], epoch);
    invitation.stage = 'joined';
  }
}

function over({ stage }: MemoryInvitation): boolean {
  return stage === 'joined' || stage === 'ended' || stage === 'expired';
}

function once(
  invitation: MemoryInvitation,
  part: 'answer' | 'reveal',
  value: string,
  stage: InvitationStage,
): void {
  if (invitation[part] === undefined) Object.assign(invitation, { [part]: value, stage });
  else if (invitation[part] !== value) throw new Refusal(409, 'different');
}
