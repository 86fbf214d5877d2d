#pragma once

/// How much is too much (spec/protocol.md §5). Bytes, milliseconds or counts, as the names say.

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace seen::server::limits {

inline constexpr std::size_t head_bytes = 8UL * 1024;
inline constexpr std::size_t body_bytes = 256UL * 1024;
inline constexpr std::size_t sealed_bytes = 160UL * 1024;
inline constexpr std::size_t blob_bytes = 64UL * 1024;
inline constexpr std::size_t code_sealed_bytes = 256;
/// A body of someone who has no account (yet): a claim, a code, the steps of a new device.
inline constexpr std::size_t unknown_claim_bytes = 1024;
inline constexpr std::size_t unknown_step_bytes = 8UL * 1024;
inline constexpr std::uint64_t space_bytes = 512ULL * 1024 * 1024;

/// A page ends at the first record that takes it past this.
inline constexpr std::size_t page_bytes = 512UL * 1024;
inline constexpr std::size_t page_records = 500;

inline constexpr std::chrono::seconds hands_are_shaken{10};  ///< TLS, before the first request.
inline constexpr std::chrono::seconds request_arrives{15};
inline constexpr std::chrono::seconds answer_is_taken{15};
inline constexpr std::chrono::seconds first_frame{5};
inline constexpr std::chrono::seconds beat{10};
/// Longer than any commit should take. The connection closes without an answer: nobody knows
/// whether it was kept.
inline constexpr std::chrono::seconds work_is_done{60};
/// How long what was accepted may take to finish after a request to stop.
inline constexpr std::chrono::seconds farewell{10};

inline constexpr std::size_t frame_bytes = 64UL * 1024;
inline constexpr std::size_t queued_bytes = 1024UL * 1024;
inline constexpr std::size_t follows_per_account = 16;
inline constexpr std::size_t spaces_per_follow = 64;

/// Brief records: how many and how old in one space, and how much of them in all (spec §3b).
inline constexpr std::size_t brief_records = 500;
inline constexpr std::int64_t brief_life_ms = 30LL * 60 * 1000;
inline constexpr std::size_t brief_sealed_bytes = 16'384 + 40;
inline constexpr std::size_t brief_ring_bytes = 2UL * 1024 * 1024;
inline constexpr std::size_t brief_bytes = 128UL * 1024 * 1024;
inline constexpr std::size_t briefs_per_minute = 600;

inline constexpr std::size_t appends_per_minute = 600;
inline constexpr std::size_t sign_ins_per_minute = 60;
inline constexpr std::size_t accounts_per_hour = 30;
inline constexpr std::size_t failed_claims_per_hour = 10;

/// Added ever; each may be removed as well.
inline constexpr std::size_t devices_per_account = 64;
inline constexpr std::size_t members_per_space = 2;
inline constexpr std::size_t spaces_per_removal = 1024;  ///< The body is bounded as well.
inline constexpr std::size_t sealed_keys_per_epoch = members_per_space * devices_per_account + 1;
inline constexpr std::size_t sessions_per_account = 64;

/// Connections that are in the middle of a request, and all together with those that follow.
inline constexpr std::size_t requests_at_once = 2048;
inline constexpr std::size_t connections_at_once = 20'000;
inline constexpr std::size_t queued_works = 4096;

}  // namespace seen::server::limits
