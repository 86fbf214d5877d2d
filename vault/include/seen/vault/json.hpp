#pragma once
/// JSON from strangers. `parse_json` is total: what is not JSON in UTF-8, or is nested deeper than
/// 64, is nothing; no call throws. Lists, epochs and blobs are then read through `Reader`, which
/// checks every type and length and remembers the first thing that was wrong.

#include "seen/vault/bytes.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <string_view>

namespace seen::vault {

/// For what is read.
using Json = nlohmann::json;
/// For what is written: fields in the order of the specification.
using OrderedJson = nlohmann::ordered_json;

/// 2⁵³ − 1: what every client can count to.
inline constexpr std::int64_t largest_whole = 9007199254740991;

[[nodiscard]] std::optional<Json> parse_json(View text);

/// A whole number from −(2⁵³ − 1) to 2⁵³ − 1, also where it is written as 1.0.
[[nodiscard]] std::optional<std::int64_t> whole_number(const Json& value);

/// Fields of one object. After any miss `ok` is false for good and values are empty.
class Reader {
  public:
    /// Borrows `json` for its own lifetime.
    explicit Reader(const Json& json) : json_(json), ok_(json.is_object()) {}

    [[nodiscard]] bool ok() const { return ok_; }
    void fail() { ok_ = false; }

    /// Null where it is absent.
    [[nodiscard]] const Json& child(const char* name) const;
    [[nodiscard]] bool has(const char* name) const;
    [[nodiscard]] std::uint64_t count(const char* name);
    [[nodiscard]] std::string text(const char* name);
    [[nodiscard]] const Json& list(const char* name);
    [[nodiscard]] Bytes bytes(const char* name);

    template <std::size_t Size>
    [[nodiscard]] Fixed<Size> fixed(const char* name) {
        Fixed<Size> value{};
        read_exactly(name, value);
        return value;
    }

    /// Null stands for nothing; where `must_be_there`, an absent field is a miss.
    template <std::size_t Size>
    [[nodiscard]] std::optional<Fixed<Size>> fixed_or_null(const char* name, bool must_be_there) {
        if (must_be_there && !has(name)) ok_ = false;
        if (child(name).is_null()) return std::nullopt;
        return fixed<Size>(name);
    }

  private:
    void read_exactly(const char* name, std::span<Byte> into);

    const Json& json_;
    bool ok_;
};

}  // namespace seen::vault
