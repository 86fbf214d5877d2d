#pragma once
/// A record on its way in: what the vault opened, before the journal has decided about it.
///
/// `read_record` refuses (`BadArgument`) what does not even say whose and which it is. An event of
/// a wrong shape is not lost: the record is kept as `Unreadable` for its place in a release, and
/// `wrong` says what is the matter with it.

#include "seen/core/journal/record.hpp"

#include <optional>
#include <string>

namespace seen::core {

struct Incoming {
    std::string space;
    Record record;
    std::optional<Error> wrong;
};

[[nodiscard]] Result<Incoming> read_record(const Json& json);

}  // namespace seen::core
