#pragma once
/// Joining two people over a server that neither trusts.
///
///     inviter                     server                     invitee
///     blob (keys, commit) ──────▶ ······ ──────────────────▶ opens with the secret of the link
///     opens ◀──────────────────── ······ ◀────────────────── answer (keys, nonce), sealed to box
///     reveal (nonce) ───────────▶ ······ ──────────────────▶ commit holds?
///            both: T = H(roots, nonces) → four words → "the same" → confirm
///
/// The secret of 16 bytes travels only in the fragment of a link. The inviter's nonce is committed
/// before the invitee's is known, and the invitee's is fixed before the inviter's is shown, so no
/// side, and no server, can search for a match: whoever swaps a key has one chance in 2⁴⁴.
/// Joining is complete when both confirms hold. Source: spec/envelope.md §7.

#include "seen/vault/device_list.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace seen::vault {

using InviteSecret = Secret<16>;
using Nonce = Fixed<32>;

enum class InviteSeal : std::uint8_t { Blob, Answer, Reveal };
enum class Role : std::uint8_t { Inviter, Invitee };
/// `#join=` for a person, `#device=` for a further device of one's own.
enum class InviteKind : std::uint8_t { Person, Device };

/// What each tells of oneself; the account id is not sent, it follows from the root.
struct Introduction {
    PublicKeys root;
    std::vector<DeviceEntry> devices;
    Id device{};
    std::optional<std::string> name;
};

struct InviterTells {
    Introduction self;
    Hash commit{};
    /// Public half of a pair made for this invitation alone.
    PublicKey box{};
};

struct InviteeTells {
    Introduction self;
    Nonce nonce{};
};

[[nodiscard]] Id lookup_of(const InviteSecret& secret);

/// seal(key, label, x) of the specification, for all three seals. `CannotOpen` when it does not.
[[nodiscard]] Bytes invite_seal(const InviteSecret& secret, InviteSeal what, View x,
                                const Random& random);
[[nodiscard]] Result<SecretBytes> invite_open(const InviteSecret& secret, InviteSeal what,
                                              View sealed);

/// The box is of the kind `crypto_box_seal`, inside of the seal: the root may be gone by then.
[[nodiscard]] Result<Bytes> seal_answer_to(const InviteSecret& secret, const PublicKey& box,
                                           View told, const Random& random);
[[nodiscard]] Result<SecretBytes> open_answer_with(const InviteSecret& secret, const BoxPair& box,
                                                   View answer);

[[nodiscard]] Bytes seal_blob(const InviteSecret& secret, const InviterTells& tells,
                              const Random& random);
/// `CannotOpen`, or `Shape` for what is inside. Its keys are still to be checked.
[[nodiscard]] Result<InviterTells> open_blob(const InviteSecret& secret, View blob);
[[nodiscard]] Result<Bytes> seal_answer(const InviteSecret& secret, const PublicKey& box,
                                        const InviteeTells& tells, const Random& random);
[[nodiscard]] Result<InviteeTells> open_answer(const InviteSecret& secret, const BoxPair& box,
                                               View answer);

/// The list behind an introduction, checked; its device must be live on it (`UnknownDevice`).
[[nodiscard]] Result<DeviceList> check_introduction(const Introduction& told);

[[nodiscard]] Hash commit_to(const Nonce& inviter_nonce);
[[nodiscard]] bool commit_holds(const Hash& commit, View inviter_nonce);
[[nodiscard]] Hash transcript_of(const PublicKeys& inviter, const PublicKeys& invitee,
                                 const Nonce& inviter_nonce, const Nonce& invitee_nonce);
[[nodiscard]] Hash confirm_of(const InviteSecret& secret, const Hash& transcript, Role side);
[[nodiscard]] bool confirm_holds(const InviteSecret& secret, const Hash& transcript, Role side,
                                 View told);

/// `<origin>/#join=<secret>`. The text is as secret as what it carries.
[[nodiscard]] std::string link_of(std::string_view origin, const InviteSecret& secret,
                                  InviteKind kind);
/// The secret of such a link; `Shape` for anything else.
[[nodiscard]] Result<InviteSecret> secret_from_link(std::string_view link, InviteKind kind);

}  // namespace seen::vault
