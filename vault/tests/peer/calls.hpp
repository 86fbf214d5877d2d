#pragma once
/// The calls of the peer. Each takes one JSON object and answers one: its result, or the name of
/// the fault. Where it says "again", the peer opens what it was given and seals anew what it
/// understood, so that the other side finds out whether both understand the same.

#include "seen/vault/json.hpp"

namespace seen::vault::tests {

[[nodiscard]] OrderedJson answer(const Json& call);

}  // namespace seen::vault::tests
