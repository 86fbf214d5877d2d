#pragma once
/// What is told inside the seals of an invitation, as JSON.

#include "seen/vault/invitation.hpp"

namespace seen::vault {

/// Fails the reader where a field is missing or wrong.
[[nodiscard]] Introduction read_introduction(Reader& reader);
[[nodiscard]] OrderedJson write_introduction(const Introduction& told);
[[nodiscard]] std::string text_of(const OrderedJson& json);

}  // namespace seen::vault
