#include "epoch_blob.hpp"
#include "storage.hpp"

namespace seen::server {

namespace {

constexpr const char* one_by_lookup =
    "SELECT lookup, kind, inviter, invitee, ticket, stage, expires, blob, code, code_sealed, "
    "answer, reveal, inviter_confirm, invitee_confirm, space, epoch, entry, handover "
    "FROM invitations WHERE lookup = ?";
constexpr const char* one_by_code =
    "SELECT lookup, kind, inviter, invitee, ticket, stage, expires, blob, code, code_sealed, "
    "answer, reveal, inviter_confirm, invitee_confirm, space, epoch, entry, handover "
    "FROM invitations WHERE code = ? AND stage < ? AND expires > ?";
constexpr const char* all_by_account =
    "SELECT lookup, kind, inviter, invitee, ticket, stage, expires, blob, code, code_sealed, "
    "answer, reveal, inviter_confirm, invitee_confirm, space, epoch, entry, handover "
    "FROM invitations WHERE inviter = ? OR invitee = ?";

template <std::size_t N>
std::optional<Fixed<N>> fixed_if(const Rows& rows, int column) {
    if (rows.null(column)) return std::nullopt;
    return rows.fixed<N>(column);
}

template <std::size_t N>
std::optional<View> view_of(const std::optional<Fixed<N>>& bytes) {
    if (!bytes) return std::nullopt;
    return View{*bytes};
}

Invitation invitation_in(const Rows& rows) {
    Invitation invitation{.lookup = rows.id<Lookup>(0),
                          .kind = static_cast<InvitationKind>(rows.i64(1)),
                          .inviter = rows.id<AccountId>(2),
                          .invitee = rows.id_if<AccountId>(3),
                          .ticket = fixed_if<32>(rows, 4),
                          .stage = static_cast<Stage>(rows.i64(5)),
                          .expires = rows.i64(6),
                          .blob = rows.bytes(7),
                          .code = rows.id_if<Lookup>(8),
                          .code_sealed = rows.bytes_if(9),
                          .answer = rows.bytes_if(10),
                          .reveal = rows.bytes_if(11),
                          .inviter_confirm = rows.bytes_if(12),
                          .invitee_confirm = rows.bytes_if(13),
                          .space = rows.id_if<SpaceId>(14),
                          .epoch = std::nullopt,
                          .entry = fixed_if<32>(rows, 16),
                          .handover = rows.bytes_if(17)};
    if (!rows.null(15)) invitation.epoch = epoch_from_blob(rows.bytes(15));
    return invitation;
}

}  // namespace

std::optional<Invitation> SqliteStorage::invitation(const Lookup& lookup) {
    Rows rows = db_.query(one_by_lookup, lookup);
    if (!rows.next()) return std::nullopt;
    return invitation_in(rows);
}

std::optional<Invitation> SqliteStorage::invitation_with_code(const Lookup& code, Moment now) {
    Rows rows = db_.query(one_by_code, code, static_cast<std::int64_t>(Stage::Joined), now);
    if (!rows.next()) return std::nullopt;
    return invitation_in(rows);
}

std::vector<Invitation> SqliteStorage::invitations_of(const AccountId& account) {
    std::vector<Invitation> all;
    Rows rows = db_.query(all_by_account, account, account);
    while (rows.next()) all.push_back(invitation_in(rows));
    return all;
}

void SqliteStorage::put_invitation(const Invitation& invitation) {
    std::optional<Bytes> epoch;
    if (invitation.epoch) epoch = epoch_to_blob(*invitation.epoch);
    db_.run(
        "INSERT OR REPLACE INTO invitations(lookup, kind, inviter, invitee, ticket, stage, "
        "expires, blob, code, code_sealed, answer, reveal, inviter_confirm, invitee_confirm, "
        "space, epoch, entry, handover) "
        "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        invitation.lookup, static_cast<std::int64_t>(invitation.kind), invitation.inviter,
        invitation.invitee, view_of(invitation.ticket), static_cast<std::int64_t>(invitation.stage),
        invitation.expires, View{invitation.blob}, invitation.code, invitation.code_sealed,
        invitation.answer, invitation.reveal, invitation.inviter_confirm,
        invitation.invitee_confirm, invitation.space, epoch, view_of(invitation.entry),
        invitation.handover);
    // What a code opened, or an invitation held, may have gone with this.
    erased_ = true;
}

std::vector<Moment> SqliteStorage::open_invitations(const AccountId& inviter, Moment now) {
    std::vector<Moment> expiries;
    Rows rows = db_.query(
        "SELECT expires FROM invitations WHERE inviter = ? AND stage < ? AND expires > ? "
        "ORDER BY expires",
        inviter, static_cast<std::int64_t>(Stage::Joined), now);
    while (rows.next()) expiries.push_back(rows.i64(0));
    return expiries;
}

void SqliteStorage::forget_invitations(Moment moment) {
    db_.run("DELETE FROM invitations WHERE expires < ?", moment);
    if (db_.changes() > 0) erased_ = true;
}

}  // namespace seen::server
