#pragma once
/// The one total reader: fields of a JSON object, taken by name and kind.
///
/// A missing or wrong field gives an empty value and is remembered; after all fields have been
/// taken `failure()` says which was the first. Nothing here stops the program, whatever the value.
///
///     Fields fields(json, Code::BadEvent);
///     NoteChanged act{fields.id("target"), fields.string("text")};
///     if (fields.failure()) …                        // {BadEvent, "target"}
///
/// Borrows the value: it must outlive the reader. Whole numbers are 0 to 2^53 − 1, as JavaScript
/// can hold them exactly.

#include "seen/core/error/error.hpp"
#include "seen/core/journal/json.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace seen::core {

inline constexpr std::uint64_t whole_limit = (std::uint64_t{1} << 53U) - 1;

class Fields {
  public:
    /// `code` is what a wrong field is called: `BadArgument` in a call, `BadEvent` in an event.
    Fields(const Json& value, Code code);

    [[nodiscard]] std::string string(std::string_view name);
    [[nodiscard]] std::string id(std::string_view name);
    [[nodiscard]] std::uint64_t whole(std::string_view name);
    [[nodiscard]] std::int64_t instant(std::string_view name);
    /// true or false, nothing else.
    [[nodiscard]] bool truth(std::string_view name);

    /// Absent and null are the same: nothing.
    [[nodiscard]] std::optional<std::string> string_or_none(std::string_view name);
    [[nodiscard]] std::optional<std::string> id_or_none(std::string_view name);
    [[nodiscard]] std::optional<std::uint64_t> whole_or_none(std::string_view name);
    [[nodiscard]] std::optional<std::int64_t> instant_or_none(std::string_view name);
    [[nodiscard]] std::optional<bool> truth_or_none(std::string_view name);

    /// The value of whatever kind; null where there is none.
    [[nodiscard]] const Json& any(std::string_view name) const;
    /// An array; an empty one, remembered as wrong, where it is not.
    [[nodiscard]] const Json& array(std::string_view name);

    /// For what the caller finds wrong with a value that it was given.
    void refuse(std::string_view name);

    [[nodiscard]] const std::optional<Error>& failure() const { return failure_; }

  private:
    [[nodiscard]] bool has(std::string_view name) const;

    const Json* value_;
    Code code_;
    std::optional<Error> failure_;
};

}  // namespace seen::core
