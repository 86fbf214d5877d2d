#include "epoch_blob.hpp"
#include "storage.hpp"

namespace seen::server {

std::optional<Invitation> SqliteStorage::invitation(const Lookup& lookup) {
    Rows rows = db_.query(
        "SELECT inviter, invitee, stage, expires, blob, answer, reveal, inviter_confirm, "
        "invitee_confirm, space, epoch FROM invitations WHERE lookup = ?",
        lookup);
    if (!rows.next()) return std::nullopt;
    Invitation invitation{.lookup = lookup,
                          .inviter = rows.id<AccountId>(0),
                          .invitee = rows.id_if<AccountId>(1),
                          .stage = static_cast<Stage>(rows.i64(2)),
                          .expires = rows.i64(3),
                          .blob = rows.bytes(4),
                          .answer = rows.bytes_if(5),
                          .reveal = rows.bytes_if(6),
                          .inviter_confirm = rows.bytes_if(7),
                          .invitee_confirm = rows.bytes_if(8),
                          .space = rows.id_if<SpaceId>(9),
                          .epoch = std::nullopt};
    if (!rows.null(10)) invitation.epoch = epoch_from_blob(rows.bytes(10));
    return invitation;
}

void SqliteStorage::put_invitation(const Invitation& invitation) {
    std::optional<Bytes> epoch;
    if (invitation.epoch) epoch = epoch_to_blob(*invitation.epoch);
    db_.run(
        "INSERT OR REPLACE INTO invitations(lookup, inviter, invitee, stage, expires, blob, "
        "answer, "
        "reveal, inviter_confirm, invitee_confirm, space, epoch) "
        "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        invitation.lookup, invitation.inviter, invitation.invitee,
        static_cast<std::int64_t>(invitation.stage), invitation.expires, View{invitation.blob},
        invitation.answer, invitation.reveal, invitation.inviter_confirm,
        invitation.invitee_confirm, invitation.space, epoch);
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
}

}  // namespace seen::server
