#include "schema.hpp"

#include <array>

namespace seen::server {

namespace {

// A record's `place` is (number of its space << 32 | seq): one B-tree in which each space lies
// together, in order.
constexpr const char* first_tables = R"sql(
CREATE TABLE accounts(
    account BLOB PRIMARY KEY, root_sign BLOB NOT NULL, root_box BLOB NOT NULL, created INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE devices(
    account BLOB NOT NULL, n INTEGER NOT NULL, prev BLOB, sign BLOB NOT NULL, box BLOB NOT NULL,
    signature BLOB NOT NULL, PRIMARY KEY(account, n)
) WITHOUT ROWID;
CREATE TABLE spaces(
    number INTEGER PRIMARY KEY, space BLOB NOT NULL UNIQUE, kind INTEGER NOT NULL,
    head INTEGER NOT NULL DEFAULT 0, bytes INTEGER NOT NULL DEFAULT 0, epoch INTEGER NOT NULL
);
CREATE TABLE members(
    space INTEGER NOT NULL, account BLOB NOT NULL, place INTEGER NOT NULL, PRIMARY KEY(space, account)
) WITHOUT ROWID;
CREATE INDEX members_by_account ON members(account, space);
CREATE TABLE epochs(
    space INTEGER NOT NULL, n INTEGER NOT NULL, device BLOB NOT NULL, head BLOB NOT NULL,
    sealed BLOB NOT NULL, signature BLOB NOT NULL, PRIMARY KEY(space, n)
) WITHOUT ROWID;
CREATE TABLE records(
    place INTEGER PRIMARY KEY, stamp INTEGER NOT NULL, id BLOB NOT NULL, author BLOB NOT NULL,
    device BLOB NOT NULL, epoch INTEGER NOT NULL, class INTEGER NOT NULL, hold BLOB, prev BLOB, sealed BLOB
);
CREATE TABLE known(
    space INTEGER NOT NULL, id BLOB NOT NULL, author BLOB NOT NULL, digest BLOB NOT NULL,
    class INTEGER NOT NULL, seq INTEGER NOT NULL, stamp INTEGER NOT NULL, PRIMARY KEY(space, id)
) WITHOUT ROWID;
CREATE TABLE held(
    number INTEGER PRIMARY KEY, space INTEGER NOT NULL, hold BLOB NOT NULL, author BLOB NOT NULL,
    id BLOB NOT NULL, stamp INTEGER NOT NULL, device BLOB NOT NULL, epoch INTEGER NOT NULL,
    sealed BLOB NOT NULL, UNIQUE(space, hold, author)
);
CREATE TABLE holds(
    space INTEGER NOT NULL, hold BLOB NOT NULL, members BLOB NOT NULL, released INTEGER NOT NULL,
    PRIMARY KEY(space, hold)
) WITHOUT ROWID;
CREATE TABLE invitations(
    lookup BLOB PRIMARY KEY, inviter BLOB NOT NULL, invitee BLOB, stage INTEGER NOT NULL,
    expires INTEGER NOT NULL, blob BLOB NOT NULL, answer BLOB, reveal BLOB,
    inviter_confirm BLOB, invitee_confirm BLOB, space BLOB, epoch BLOB
);
CREATE INDEX invitations_by_inviter ON invitations(inviter, stage, expires);
CREATE INDEX invitations_by_expiry ON invitations(expires);
)sql";

// Devices that are removed, epochs with the heads of all members, leaving, lapsing, invitations of
// devices. In version 1 every epoch was begun by a device of the first member. A proposed epoch of
// version 1 was signed over other bytes, so what is still unfinished with one has ended.
constexpr const char* devices_and_leaving = R"sql(
ALTER TABLE devices ADD COLUMN kind INTEGER NOT NULL DEFAULT 1;
ALTER TABLE devices ADD COLUMN by BLOB;
ALTER TABLE epochs ADD COLUMN heads BLOB NOT NULL DEFAULT x'';
UPDATE epochs SET heads = coalesce(CAST((SELECT m.account FROM members m
    WHERE m.space = epochs.space AND m.place = 1) || head AS BLOB), x'');
ALTER TABLE epochs DROP COLUMN head;
ALTER TABLE members ADD COLUMN left_at INTEGER;
ALTER TABLE members ADD COLUMN root_sign BLOB;
ALTER TABLE members ADD COLUMN root_box BLOB;
CREATE TABLE devices_at_leaving(
    space INTEGER NOT NULL, account BLOB NOT NULL, n INTEGER NOT NULL, prev BLOB,
    kind INTEGER NOT NULL, by BLOB, sign BLOB NOT NULL, box BLOB NOT NULL, signature BLOB NOT NULL,
    PRIMARY KEY(space, account, n)
) WITHOUT ROWID;
ALTER TABLE held ADD COLUMN lapsed INTEGER NOT NULL DEFAULT 0;
CREATE INDEX held_not_lapsed ON held(stamp) WHERE lapsed = 0;
ALTER TABLE invitations ADD COLUMN kind INTEGER NOT NULL DEFAULT 1;
ALTER TABLE invitations ADD COLUMN code BLOB;
ALTER TABLE invitations ADD COLUMN code_sealed BLOB;
ALTER TABLE invitations ADD COLUMN ticket BLOB;
ALTER TABLE invitations ADD COLUMN entry BLOB;
ALTER TABLE invitations ADD COLUMN handover BLOB;
CREATE INDEX invitations_by_code ON invitations(code) WHERE code IS NOT NULL;
UPDATE invitations SET stage = 6 WHERE epoch IS NOT NULL AND stage < 5;
UPDATE invitations SET epoch = NULL;
)sql";

// New ids, one after the other; known_records.hpp says why.
constexpr const char* known_lately = R"sql(
CREATE TABLE known_lately(
    n INTEGER PRIMARY KEY, space INTEGER NOT NULL, id BLOB NOT NULL, author BLOB NOT NULL,
    digest BLOB NOT NULL, class INTEGER NOT NULL, seq INTEGER NOT NULL, stamp INTEGER NOT NULL
);
)sql";

// A new version is one more entry at the end; those before it never change again.
constexpr std::array migrations{first_tables, devices_and_leaving, known_lately};

}  // namespace

Migrations schema() {
    return migrations;
}

}  // namespace seen::server
