#pragma once
/// The boundary of the core: JSON in, JSON out. It reads arguments, calls the core, writes answers,
/// and decides nothing.
///
/// Invariant: every input, of whatever bytes, gets an answer that is JSON: {"ok":…} or
/// {"error":{"code","name","message"}}. One instance is one journal. Pure but for that journal.
/// Worked values: `{"call":"version"}` → `{"ok":{"events":1,"version":"0.1.0"}}`;
/// `nonsense` → `{"error":{"code":101,…}}`. Source: wasm/boundary.md.

#include "seen/core/journal/journal.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace seen::boundary {

class Boundary {
  public:
    /// Arguments stand beside "call" in one object. The answer is owned by the caller.
    [[nodiscard]] std::string call(std::string_view json);

  private:
    friend struct Calls;
    std::optional<core::Journal> journal_;
};

}  // namespace seen::boundary
